// Types that nlohmann/json can serialise as events, members and elements: those with
// to_json() and from_json(), NLOHMANN_DEFINE_TYPE_…, maps and sets, nlohmann::json itself.
//
//   #include <flux/nlohmann.hpp>
//
//   struct Point { int x; int y; };
//   NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Point, x, y)
//
//   struct Mirror {
//     Point invoke(const Point& point) const { return {point.y, point.x}; }
//   };
//   FLUX_AGENT(Mirror, "mirror", "Swaps x and y");
//
// What fails in nlohmann fails its event alone. Which member of the value it was is in
// the message if the whole plugin is compiled with JSON_DIAGNOSTICS=1.
//
// Numbers: nlohmann would make a float of an integer beyond 64 bits, and lose digits;
// such an event fails instead. Other numbers are as get<T>() gives them: to an int 3.7
// is 3, and 300 wraps in a std::uint8_t. A FLUX_RECORD is strict, and so is a member
// of it. NLOHMANN_JSON_SERIALIZE_ENUM makes its first value of a text it does not know;
// FLUX_ENUM fails the event. nlohmann::json sorts members, nlohmann::ordered_json does
// not. Results are written by flux: a float that is not finite fails its event.
//
// What has a size and an index is several results, as a std::vector is, unless it has a
// to_json() of its own.
//
// Needs nlohmann/json 3.11, which agent.hpp does not. Pure functions, safe from any thread.
#pragma once

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "agent.hpp"

namespace flux::detail {

template <class T>
inline constexpr bool is_nlohmann_json = nlohmann::detail::is_basic_json<T>::value;

// A to_json() in T's own namespace. Without one, nlohmann makes numbers of enums.
template <class T>
concept OwnToJson = requires(nlohmann::json& to, const T& from) {
  to_json(to, from);
};

template <class T>
inline constexpr bool is_variant = false;
template <class... T>
inline constexpr bool is_variant<std::variant<T...>> = true;

// What the SDK has no column for itself.
template <class T>
concept Foreign =
    !Record<T> && !Enum<T> && !is_vector<T> && !is_variant<T> &&
    (is_nlohmann_json<T> || ((std::is_class_v<T> || (std::is_enum_v<T> && OwnToJson<T>)) &&
                             (std::is_constructible_v<nlohmann::json, const T&> ||
                              requires(const nlohmann::json& from) { from.template get<T>(); })));

// Refuses integers of which nlohmann would keep a float.
inline void check_integers(std::string_view text, const Place& place) {
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '"') {
      for (++at; text[at] != '"'; ++at) at += text[at] == '\\';
      ++at;
    } else if (is_number(Json{text.substr(at)})) {
      const std::string_view number = text.substr(at, text.find_first_not_of("+-.eE0123456789", at) - at);
      at += number.size();
      std::int64_t negative = 0;
      std::uint64_t positive = 0;
      const auto is_beyond = [number](auto& value) {
        return std::from_chars(number.data(), number.data() + number.size(), value).ec != std::errc{};
      };
      const bool beyond = number.front() == '-' ? is_beyond(negative) : is_beyond(positive);
      if (is_integer(Json{number}) && beyond) {
        throw Refused(about(place) + "nlohmann::json has no room for the integer " + shown(Json{number}) +
                      ", which is beyond 64 bits");
      }
    } else {
      ++at;
    }
  }
}

// nlohmann's message without its number, and with the member's name in flux's manner:
// "[json.exception.type_error.302] (/user/tags/2) type must be …"
inline std::string explained(std::string_view what, const Place& place) {
  what.remove_prefix(std::min(what.find("] ") + 2, what.size()));
  std::string member = to_string(place);
  if (what.starts_with("(/")) {
    std::string_view pointer = what.substr(1, what.find(") ") - 1);
    what.remove_prefix(pointer.size() + 3);
    while (!pointer.empty()) {
      const std::string_view name = pointer.substr(1, pointer.find('/', 1) - 1);
      pointer.remove_prefix(name.size() + 1);
      if (name.find_first_not_of("0123456789") == std::string_view::npos) {
        member.append("[").append(name).append("]");
      } else {
        member.append(member.empty() ? "" : ".").append(name);
      }
    }
  }
  return member.empty() ? std::string(what) : "member '" + member + "': " + std::string(what);
}

template <class Any>
void write_nlohmann(JsonWriter& to, const Any& json) {
  using Type = nlohmann::json::value_t;
  switch (json.type()) {
    case Type::object:
      to.begin_object();
      for (const auto& [name, value] : json.items()) {
        to.key(name);
        write_nlohmann(to, value);
      }
      return to.end_object();
    case Type::array:
      to.begin_array();
      for (const auto& value : json) write_nlohmann(to, value);
      return to.end_array();
    case Type::null:
      return to.value(nullptr);
    case Type::string:
      return to.value(json.template get_ref<const typename Any::string_t&>());
    case Type::boolean:
      return to.value(json.template get<bool>());
    case Type::number_integer:
      return to.value(json.template get<typename Any::number_integer_t>());
    case Type::number_unsigned:
      return to.value(json.template get<typename Any::number_unsigned_t>());
    case Type::number_float:
      return to.value(json.template get<double>());
    case Type::binary:
    case Type::discarded:
      break;
  }
  throw Refused("the result is a nlohmann::json that is no JSON value: " + std::string(json.type_name()));
}

template <Foreign T>
struct Cell<T> : JsonCell<T> {
  static constexpr bool is_plain = false;
  static constexpr bool is_list = !is_nlohmann_json<T> && !OwnToJson<T>;
  static T load(flux_str from, const Place& place) {
    using Tree = std::conditional_t<is_nlohmann_json<T>, T, nlohmann::json>;
    static_assert(
        requires(const Tree& tree) { tree.template get<T>(); },
        "flux: an event that nlohmann takes apart has a default constructor and a from_json()");
    check_integers(view(from), place);
    try {
      Tree tree = Tree::parse(view(from));
      if constexpr (is_nlohmann_json<T>) {
        return tree;
      } else {
        return tree.template get<T>();
      }
    } catch (const nlohmann::json::exception& why) {
      throw Refused(explained(why.what(), place));
    }
  }
  static void write(JsonWriter& to, const T& value) {
    if constexpr (is_nlohmann_json<T>) {
      write_nlohmann(to, value);
    } else {
      static_assert(std::is_constructible_v<nlohmann::json, const T&>,
                    "flux: a result that nlohmann serialises has a to_json()");
      write_nlohmann(to, nlohmann::json(value));
    }
  }
};

}  // namespace flux::detail
