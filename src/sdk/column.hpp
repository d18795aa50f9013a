// Columns of a batch, one C++ type at a time: how a value of it is read from its
// column and written to one.
//
// Readers and writers hold the columns' addresses by value, so that a loop over
// rows keeps them in registers. They live no longer than one call.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "flux_plugin.h"
#include "record.hpp"
#include "value.hpp"

namespace flux::detail {

template <class T>
inline constexpr bool never = false;

// Where a value stands in its event, for messages: members and elements on the way to
// it, innermost first. The event itself has no `outer`.
struct Place {
  const Place* outer = nullptr;
  std::string_view name;  // of a member
  std::size_t index = 0;  // of an element, which has no name
};

// A T in a column: how it is stored there, loaded, and stored (false: no room). One
// that `may_misfit` is loaded with its Place, and throws Refused about it.
template <class T>
struct Cell {
  static constexpr bool known = false;
  static constexpr bool is_plain = false;
};

template <class T, class S, flux_kind K>
struct PlainCell {
  using Stored = S;
  static constexpr bool known = true;
  static constexpr bool is_plain = true;
  static constexpr bool may_misfit = false;
  static constexpr flux_kind kind = K;
  static constexpr bool is_text = false;
  static constexpr bool owns_text = true;
  static T load(Stored from) { return static_cast<T>(from); }
  static bool store(flux_out&, Stored& to, T value) {
    to = static_cast<Stored>(value);
    return true;
  }
};

template <>
struct Cell<std::int64_t> : PlainCell<std::int64_t, std::int64_t, FLUX_INT64> {};
template <>
struct Cell<bool> : PlainCell<bool, std::uint8_t, FLUX_BOOL> {};
template <>
struct Cell<double> : PlainCell<double, double, FLUX_DOUBLE> {
  static bool store(flux_out&, double& to, double value) {
    if (!std::isfinite(value)) throw_not_finite();
    to = value;
    return true;
  }
};

// Text is copied into flux's memory: what the agent has lives on its own terms.
inline bool store_text(flux_out& out, flux_str& to, std::string_view text) {
  char* bytes = out.text(&out, text.size());
  if (bytes == nullptr) return false;
  if (!text.empty()) std::memcpy(bytes, text.data(), text.size());
  to = {bytes, text.size()};
  return true;
}

template <class T, flux_kind K, bool Owns>
struct TextCell {
  using Stored = flux_str;
  static constexpr bool known = true;
  static constexpr bool is_plain = true;
  static constexpr bool may_misfit = false;
  static constexpr flux_kind kind = K;
  static constexpr bool is_text = true;
  static constexpr bool owns_text = Owns;
  static T load(flux_str from) { return T{view(from)}; }
  static bool store(flux_out& out, flux_str& to, const T& value) { return store_text(out, to, text(value)); }

 private:
  static std::string_view text(std::string_view value) { return value; }
  static std::string_view text(const Json& value) { return value.text; }
};

template <>
struct Cell<std::string_view> : TextCell<std::string_view, FLUX_STRING, false> {};
template <>
struct Cell<std::string> : TextCell<std::string, FLUX_STRING, true> {};
template <>
struct Cell<Json> : TextCell<Json, FLUX_JSON, false> {};
template <>
struct Cell<JsonText> : TextCell<JsonText, FLUX_JSON, true> {
  static JsonText load(flux_str from) { return {std::string(view(from))}; }
  static bool store(flux_out& out, flux_str& to, const JsonText& value) {
    return store_text(out, to, value.text);
  }
};

template <class T>
concept InColumn = Cell<T>::known;

// An event that is one column. A record is one column only within another.
template <class T>
concept Bare = InColumn<T> && !Record<T>;

// What needs no taking apart: a kind of flux_plugin.h as it is.
template <class T>
concept Plain = InColumn<T> && requires {
  requires Cell<T>::is_plain;
};

// What stands in one column: a value, or none of it.
template <class T>
struct Contents {
  using Value = T;
  static constexpr bool optional = false;
};
template <class T>
struct Contents<std::optional<T>> {
  using Value = T;
  static constexpr bool optional = true;
};

template <class T>
struct Slot : Contents<T> {
  static_assert(
      InColumn<typename Contents<T>::Value>,
      "flux: a member of a record is a std::int64_t, double, bool, std::string_view, std::string, "
      "flux::Json, flux::JsonText, an enum listed by FLUX_ENUM, a struct listed by FLUX_RECORD, a "
      "std::vector or a std::optional of one, or with <flux/nlohmann.hpp> what nlohmann serialises");
};

template <class T>
class ColumnReader {
 public:
  explicit ColumnReader(const flux_column& column)
      : data_(static_cast<const Stored*>(column.data)), present_(column.present) {}

  bool has(std::size_t row) const { return present_ == nullptr || present_[row] != FLUX_ABSENT; }

  T operator[](std::size_t row) const { return at(row, {}); }

  // The same; `place` is what a message about it says.
  T at(std::size_t row, [[maybe_unused]] const Place& place) const {
    if constexpr (Slot<T>::optional) {
      if (!has(row)) return std::nullopt;
    }
    if constexpr (Cell<Value>::may_misfit) {
      return Cell<Value>::load(data_[row], place);
    } else {
      return Cell<Value>::load(data_[row]);
    }
  }

 private:
  using Value = typename Slot<T>::Value;
  using Stored = typename Cell<Value>::Stored;
  const Stored* data_;
  const std::uint8_t* present_;
};

template <class T>
class ColumnWriter {
 public:
  ColumnWriter(flux_out& out, const flux_out_column& column)
      : out_(out), data_(static_cast<Stored*>(column.data)), present_(column.present) {}

  // False: flux has no room for its text just now.
  bool write(std::size_t row, const T& value) const {
    if constexpr (Slot<T>::optional) {
      present_[row] = value.has_value() ? FLUX_PRESENT : FLUX_ABSENT;
      return !value.has_value() || Cell<Value>::store(out_, data_[row], *value);
    } else {
      return Cell<Value>::store(out_, data_[row], value);
    }
  }

  // Rows 0..rows-1 have been written. What always has a value says so here, once,
  // and not in the loop.
  void close(std::size_t rows) const {
    if (!Slot<T>::optional && present_ != nullptr) std::memset(present_, FLUX_PRESENT, rows);
  }

 private:
  using Value = typename Slot<T>::Value;
  using Stored = typename Cell<Value>::Stored;
  flux_out& out_;
  Stored* data_;
  std::uint8_t* present_;
};

}  // namespace flux::detail
