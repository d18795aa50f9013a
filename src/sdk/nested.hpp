// Values within values: enums, records within records, vectors and variants.
//
//   struct Address { std::string city; std::optional<std::string> zip; };
//   FLUX_RECORD(Address, city, zip)
//   struct User { std::string name; Address home; std::vector<std::string> tags; Level level; };
//   FLUX_RECORD(User, name, home, tags, level)
//
//   std::optional of any      may be missing or null; as an element, null
//   std::vector<T>            an array; what invoke() returns as one is several results
//   std::variant<A, B>        of results alone: the event is an A or a B
//
// To flux an enum is a string and the others are json: flux finds the member, and this
// takes it apart, as strictly and with the same messages (decode.hpp). Text in there is
// a std::string, flux::Json or flux::JsonText. An agent that wants no more than a few
// members of a large object is faster with those named in describe(flux::Ports&).
//
// Pure functions, safe from any thread.
#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "column.hpp"
#include "decode.hpp"
#include "enum.hpp"
#include "json_writer.hpp"
#include "record.hpp"

namespace flux::detail {

template <Enum E>
struct Cell<E> {
  using Stored = flux_str;
  static constexpr bool known = true;
  static constexpr bool may_misfit = true;
  static constexpr flux_kind kind = FLUX_STRING;
  static constexpr bool is_text = true;
  static constexpr bool owns_text = true;
  static E load(flux_str from, const Place& place) { return decode_enum<E>(view(from), place); }
  static bool store(flux_out& out, flux_str& to, E value) { return store_text(out, to, enum_name(value)); }
  static void write(JsonWriter& to, E value) { to.value(enum_name(value)); }
};

// What stands in its column as JSON text.
template <class T>
struct JsonCell {
  using Stored = flux_str;
  static constexpr bool known = true;
  static constexpr bool may_misfit = true;
  static constexpr flux_kind kind = FLUX_JSON;
  static constexpr bool is_text = true;
  static constexpr bool owns_text = true;
  static T load(flux_str from, const Place& place) { return decode<T>(Json{view(from)}, place); }
  static bool store(flux_out& out, flux_str& to, const T& value) {
    thread_local JsonWriter json;  // keeps its memory; agents may be shared by threads
    json.clear();
    json.value(value);
    return store_text(out, to, json.text());
  }
};

template <class T>
inline constexpr bool owns_its_text = Cell<typename Contents<T>::Value>::owns_text;

template <Record R>
struct Cell<R> : JsonCell<R> {
  template <class... M>
  static consteval bool all_own_text(const std::tuple<M...>*) {
    return (owns_its_text<typename M::Value> && ...);
  }
  static constexpr bool owns_text = all_own_text(&record_members<R>);
};

template <class T>
struct Cell<std::vector<T>> : JsonCell<std::vector<T>> {
  static_assert(
      InColumn<typename Contents<T>::Value>,
      "flux: the elements of a std::vector are std::int64_t, double, bool, std::string, flux::Json, an "
      "enum listed by FLUX_ENUM, a struct listed by FLUX_RECORD, a std::vector of them, or a "
      "std::optional of one");
  static constexpr bool is_list = true;
  static constexpr bool owns_text = owns_its_text<T>;
  static void write(JsonWriter& to, const std::vector<T>& elements) {
    to.begin_array();
    for (const T& element : elements) to.value(element);
    to.end_array();
  }
};

template <class... T>
struct Cell<std::variant<T...>> : JsonCell<std::variant<T...>> {
  static_assert(
      (InColumn<T> && ...),
      "flux: each alternative of a std::variant is what an agent may give: a std::int64_t, double, bool, "
      "std::string_view, std::string, flux::JsonText, an enum listed by FLUX_ENUM, a struct listed by "
      "FLUX_RECORD, or a std::vector of one");
  static constexpr bool owns_text = (Cell<T>::owns_text && ...);
  static std::variant<T...> load(flux_str, const Place&) {
    static_assert(never<std::variant<T...>>,
                  "flux: a std::variant is a result: what an agent takes has one type, or is flux::Json");
  }
  static void write(JsonWriter& to, const std::variant<T...>& value) {
    std::visit([&to](const auto& alternative) { to.value(alternative); }, value);
  }
};

}  // namespace flux::detail
