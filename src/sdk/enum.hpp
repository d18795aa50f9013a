// Enums as strings: FLUX_ENUM lists the enumerators that events name.
//
//   enum class Level { debug, info, error };
//   FLUX_ENUM(Level, debug, info, error)       // "debug", "info", "error"
//
// Such an enum is an event, a member of a FLUX_RECORD, an element of a std::vector, or
// a parameter. A text that is no name fails its event, with the names in the message.
//
// Pure functions, safe from any thread.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "record.hpp"
#include "value.hpp"

namespace flux::detail {

template <class E>
struct EnumName {
  std::string_view name;
  E value;
};

// FLUX_ENUM defines flux_enum_names(const E*), found in E's own namespace.
template <class E>
concept Enum = std::is_enum_v<E> && requires(const E* type) {
  flux_enum_names(type);
};

template <Enum E>
inline constexpr auto enum_names = flux_enum_names(static_cast<const E*>(nullptr));

// The value of that name, or NULL.
template <Enum E>
constexpr const E* enum_value(std::string_view name) {
  for (const auto& each : enum_names<E>) {
    if (each.name == name) return &each.value;
  }
  return nullptr;
}

// The first name of a value; a value without one fails its event.
template <Enum E>
std::string_view enum_name(E value) {
  for (const auto& each : enum_names<E>) {
    if (each.value == value) return each.name;
  }
  throw Refused("the enum has no name for its value " +
                std::to_string(static_cast<std::underlying_type_t<E>>(value)));
}

// "debug, info or error"
template <Enum E>
std::string enum_choices() {
  std::string text;
  for (std::size_t i = 0; i < enum_names<E>.size(); ++i) {
    if (i != 0) text += i + 1 == enum_names<E>.size() ? " or " : ", ";
    text += enum_names<E>[i].name;
  }
  return text;
}

// How many letters to change, add, leave out or swap with their neighbour to make one
// word the other.
inline std::size_t letters_apart(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
      const bool is_swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (is_swap) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[b.size()];
}

// The name that was meant, if one is near; else empty.
template <Enum E>
std::string_view enum_name_near(std::string_view word) {
  constexpr std::size_t kLongest = 64;  // longer words are no slips, and would take long
  std::string_view best;
  std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
  if (word.size() > kLongest) return best;
  for (const auto& each : enum_names<E>) {
    const std::size_t apart = letters_apart(word, each.name);
    if (apart < least) {
      least = apart;
      best = each.name;
    }
  }
  return best;
}

}  // namespace flux::detail

// Stands after the enum, in the same namespace; of an enum within a class after the class.
#define FLUX_ENUM(Type, ...)                                                                        \
  static_assert(                                                                                    \
      std::is_enum_v<Type>,                                                                         \
      "flux: FLUX_ENUM lists the names of an enum; members of a struct are listed by FLUX_RECORD"); \
  [[maybe_unused]] constexpr auto flux_enum_names(const Type*) {                                    \
    return std::array{FLUX_DETAIL_EXPAND(FLUX_DETAIL_ENUMERATORS(Type, __VA_ARGS__))};              \
  }

#define FLUX_DETAIL_ENUMERATORS(Type, value, ...) \
  ::flux::detail::EnumName<Type>{                 \
      #value, Type::value} __VA_OPT__(, FLUX_DETAIL_ENUMERATORS_AGAIN FLUX_DETAIL_PARENS(Type, __VA_ARGS__))
#define FLUX_DETAIL_ENUMERATORS_AGAIN() FLUX_DETAIL_ENUMERATORS
