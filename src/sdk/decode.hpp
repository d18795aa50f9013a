// JSON text to C++ values, as strictly as flux takes members from a line: an int is
// written as one and fits in 64 bits, a float loses no digit of an integer, of several
// members of a name the last one counts, and what is not asked for does not disturb.
//
// Pure functions, safe from any thread. REQUIRES: valid JSON, as flux hands it out.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "column.hpp"
#include "enum.hpp"
#include "json_reader.hpp"
#include "json_writer.hpp"
#include "message.hpp"
#include "record.hpp"
#include "value.hpp"

namespace flux::detail {

// "user.tags[2]"; empty for the event itself.
inline std::string to_string(const Place& place) {
  if (place.outer == nullptr) return {};
  std::string text = to_string(*place.outer);
  if (place.name.data() == nullptr) return text + "[" + std::to_string(place.index) + "]";
  if (!text.empty()) text += '.';
  return text.append(place.name);
}

// Begins a message about it.
inline std::string about(const Place& place) {
  const std::string text = to_string(place);
  return text.empty() ? text : "member '" + text + "': ";
}

[[noreturn, gnu::cold]] inline void throw_misfit(const Place& place, std::string_view wanted,
                                                 std::string_view found) {
  throw Refused(about(place) + "wants " + std::string(wanted) + ", found " + std::string(found));
}

template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;

// What a T is called in messages.
template <class T>
std::string wanted_name() {
  if constexpr (std::is_same_v<T, std::int64_t>) return "int";
  if constexpr (std::is_same_v<T, double>) return "float";
  if constexpr (std::is_same_v<T, bool>) return "bool";
  if constexpr (std::is_same_v<T, std::string>) return "string";
  if constexpr (Enum<T>) return enum_choices<T>();
  if constexpr (Record<T>) return "an object";
  if constexpr (is_vector<T>) return "an array";
  return "json";
}

// ---- numbers -----------------------------------------------------------------------

inline bool is_number(Json json) {
  return json.text.front() == '-' || (json.text.front() >= '0' && json.text.front() <= '9');
}

inline bool is_integer(Json json) {
  return is_number(json) && json.text.find_first_of(".eE") == std::string_view::npos;
}

inline std::int64_t decode_int(Json json, const Place& place) {
  std::int64_t number = 0;
  const char* const end = json.text.data() + json.text.size();
  if (!is_integer(json)) throw_misfit(place, "int", shown(json));
  if (std::from_chars(json.text.data(), end, number).ec != std::errc{}) {
    throw_misfit(place, "int", shown(json) + ", which is beyond 64 bits");
  }
  return number;
}

// Whether a number that std::from_chars calls out of range is so because it is too
// small: then its first digit that is not 0 stands far behind the point.
inline bool is_tiny(std::string_view number) {
  const std::size_t mark = std::min(number.find_first_of("eE"), number.size());
  const std::string_view mantissa = number.substr(0, mark);
  const auto point = static_cast<std::int64_t>(std::min(mantissa.find('.'), mantissa.size()));
  const auto first = static_cast<std::int64_t>(mantissa.find_first_of("123456789"));
  if (mark == number.size()) return first > point;
  std::string_view exponent = number.substr(mark + 1);
  if (exponent.front() == '+') exponent.remove_prefix(1);
  std::int64_t shift = 0;
  const auto read = std::from_chars(exponent.data(), exponent.data() + exponent.size(), shift);
  // An exponent of more digits than an int64 outweighs any mantissa there is room for.
  return read.ec != std::errc{} ? exponent.front() == '-' : shift < first - point;
}

inline double decode_float(Json json, const Place& place) {
  const std::string_view text = json.text;
  double number = 0;
  if (!is_number(json)) throw_misfit(place, "float", shown(json));
  if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc{}) {
    if (!is_tiny(text)) throw_misfit(place, "float", shown(json) + ", which is beyond the range of a float");
    return text.front() == '-' ? -0.0 : 0.0;
  }
  constexpr std::size_t kAlwaysExact = 15;  // digits: 10^15 < 2^53
  if (text.size() > kAlwaysExact && is_integer(json)) {
    char digits[320];  // the largest double has 309
    const auto end = std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed, 0).ptr;
    const std::string_view exact(digits, static_cast<std::size_t>(end - digits));
    if (exact != text) throw_misfit(place, "float", shown(json) + ", which no float equals");
  }
  return number;
}

// ---- everything else ---------------------------------------------------------------

// The enumerator of that name. `text` has its escapes undone.
template <Enum E>
E decode_enum(std::string_view text, const Place& place) {
  if (const E* value = enum_value<E>(text)) return *value;
  JsonWriter quoted;
  quoted.value(text);
  std::string found = shown(Json{quoted.text()});
  const std::string_view near = enum_name_near<E>(text);
  if (!near.empty()) found.append("; did you mean '").append(near).append("'?");
  throw_misfit(place, wanted_name<E>(), found);
}

template <class T>
T decode(Json json, const Place& place);

// A member that may not be there: then its text is empty.
template <class T>
T decode_member(Json json, const Place& place) {
  if constexpr (Slot<T>::optional) {
    if (json.text.empty()) return std::nullopt;
  } else if (json.text.empty()) {
    throw Refused("member '" + to_string(place) + "' is missing, and " + wanted_name<T>() + " is wanted");
  }
  return decode<T>(json, place);
}

template <Record R>
R decode_record(Json json, const Place& place) {
  static_assert(
      std::is_default_constructible_v<R>,
      "flux: a struct listed by FLUX_RECORD that an agent takes has a default constructor: flux makes "
      "one and sets its members");
  if (!is_object(json)) throw_misfit(place, "an object", shown(json));
  std::array<Json, record_size<R>> found{};
  std::string unescaped;
  each_member(json, [&](Json key, Json value) {
    std::string_view name = key.text.substr(1, key.text.size() - 2);
    if (name.find('\\') != std::string_view::npos) {
      unescaped.clear();
      append_text(key, unescaped);
      name = unescaped;
    }
    std::size_t at = 0;
    const auto keep = [&](const auto& member) {
      if (view(member.name) == name) found[at] = value;
      ++at;
    };
    std::apply([&keep](const auto&... members) { (keep(members), ...); }, record_members<R>);
  });
  R record{};
  std::size_t at = 0;
  const auto set = [&](const auto& member) {
    using Value = typename std::remove_cvref_t<decltype(member)>::Value;
    record.*member.pointer = decode_member<Value>(found[at++], {&place, view(member.name)});
  };
  std::apply([&set](const auto&... members) { (set(members), ...); }, record_members<R>);
  return record;
}

template <class T>
std::vector<T> decode_elements(Json json, const Place& place) {
  if (!is_array(json)) throw_misfit(place, "an array", shown(json));
  std::vector<T> elements;
  each_element(json, [&](Json value) {
    elements.push_back(decode<T>(value, {&place, {}, elements.size()}));
  });
  return elements;
}

template <class T>
T decode(Json json, const Place& place) {
  static_assert(
      !std::is_same_v<T, std::string_view>,
      "flux: text within an array or a nested record is a std::string: its escapes need memory of their own");
  if constexpr (Slot<T>::optional) {
    if (json.text == "null") return std::nullopt;
    return decode<typename Slot<T>::Value>(json, place);
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return decode_int(json, place);
  } else if constexpr (std::is_same_v<T, double>) {
    return decode_float(json, place);
  } else if constexpr (std::is_same_v<T, bool>) {
    if (json.text != "true" && json.text != "false") throw_misfit(place, "bool", shown(json));
    return json.text == "true";
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!is_string(json)) throw_misfit(place, "string", shown(json));
    return text_of(json);
  } else if constexpr (Enum<T>) {
    if (!is_string(json)) throw_misfit(place, wanted_name<T>(), shown(json));
    return decode_enum<T>(text_of(json), place);
  } else if constexpr (Record<T>) {
    return decode_record<T>(json, place);
  } else if constexpr (is_vector<T>) {
    return decode_elements<typename T::value_type>(json, place);
  } else if constexpr (Cell<T>::may_misfit) {
    return Cell<T>::load(str(json.text), place);
  } else {
    return Cell<T>::load(str(json.text));
  }
}

}  // namespace flux::detail
