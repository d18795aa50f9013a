// Events in a batch: a bare value is one column, a record one column per member.
// TypeOf<T> is the type as flux reads it, Input<T> and Output<T> go over the rows.
#pragma once

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

#include "column.hpp"
#include "flux_plugin.h"
#include "nested.hpp"
#include "record.hpp"
#include "value.hpp"

namespace flux::detail {

template <class T>
concept Value = Bare<T> || Record<T>;

inline constexpr flux_path kTheEvent{nullptr, 0};
inline constexpr flux_type kNothing{sizeof(flux_type), 0, nullptr, nullptr};

// ---- types: constants, as the descriptors of a plugin must be ------------------

template <class T>
struct TypeOf;

template <Bare T>
struct TypeOf<T> {
  static constexpr flux_field field{sizeof(flux_field), Cell<T>::kind, 0, kTheEvent, kTheEvent};
  static constexpr const flux_field* fields[] = {&field};
  static constexpr flux_type type{sizeof(flux_type), 1, fields, nullptr};
  static constexpr bool has_text = Cell<T>::is_text;
  static constexpr bool owns_text = Cell<T>::owns_text;
};

template <Record R, class Indices = std::make_index_sequence<record_size<R>>>
struct RecordType;

template <Record R, std::size_t... I>
struct RecordType<R, std::index_sequence<I...>> {
  template <std::size_t At>
  using Type = typename std::tuple_element_t<At, std::remove_cvref_t<decltype(record_members<R>)>>::Value;

  template <std::size_t At>
  static constexpr flux_field field_at() {
    using Here = Slot<Type<At>>;
    return {sizeof(flux_field), Cell<typename Here::Value>::kind,
            std::uint32_t{Here::optional ? FLUX_FIELD_OPTIONAL : 0}, flux_path{&names[At], 1}, kTheEvent};
  }

  static constexpr std::array<flux_str, sizeof...(I)> names{std::get<I>(record_members<R>).name...};
  static constexpr std::array<flux_field, sizeof...(I)> each{field_at<I>()...};
  static constexpr std::array<const flux_field*, sizeof...(I)> fields{&each[I]...};
  static constexpr flux_type type{sizeof(flux_type), sizeof...(I), fields.data(),
                                  flux_record_name(static_cast<const R*>(nullptr))};
  static constexpr bool has_text = (Cell<typename Slot<Type<I>>::Value>::is_text || ...);
  static constexpr bool owns_text = (Cell<typename Slot<Type<I>>::Value>::owns_text && ...);

  using Readers = std::tuple<ColumnReader<Type<I>>...>;
  using Writers = std::tuple<ColumnWriter<Type<I>>...>;

  static Readers readers(const flux_batch& in) { return {ColumnReader<Type<I>>(in.columns[I])...}; }
  static Writers writers(flux_out& out) { return {ColumnWriter<Type<I>>(out, out.columns[I])...}; }

  static R read(const Readers& columns, std::size_t row) {
    static_assert(std::is_default_constructible_v<R>,
                  "flux: a struct listed by FLUX_RECORD that an agent takes has a default constructor: flux "
                  "makes one and sets its members");
    R record{};
    static constexpr Place kEvent;
    ((record.*std::get<I>(record_members<R>).pointer =
          std::get<I>(columns).at(row, {&kEvent, view(std::get<I>(record_members<R>).name)})),
     ...);
    return record;
  }
  static bool write(const Writers& columns, std::size_t row, const R& record) {
    return (std::get<I>(columns).write(row, record.*std::get<I>(record_members<R>).pointer) && ...);
  }
  static void close(const Writers& columns, std::size_t rows) { (std::get<I>(columns).close(rows), ...); }
};

template <Record R>
struct TypeOf<R> : RecordType<R> {};

template <>
struct TypeOf<Any> {
  static constexpr flux_type type = kNothing;
};

// ---- rows ------------------------------------------------------------------------

// Event `row` of a batch is input[row].
template <class T>
class Input;

template <Bare T>
class Input<T> {
 public:
  explicit Input(const flux_batch& in) : column_(in.columns[0]) {}
  bool has(std::size_t row) const { return column_.has(row); }
  T operator[](std::size_t row) const { return column_[row]; }

 private:
  ColumnReader<T> column_;
};

template <Record R>
class Input<R> {
 public:
  explicit Input(const flux_batch& in) : columns_(TypeOf<R>::readers(in)) {}
  R operator[](std::size_t row) const { return TypeOf<R>::read(columns_, row); }

 private:
  typename TypeOf<R>::Readers columns_;
};

template <>
class Input<Any> {
 public:
  explicit Input(const flux_batch&) {}
  Any operator[](std::size_t) const { return {}; }
};

// Writes result `row` (false: flux has no room for its text just now), and says in
// the end how many there are.
template <class T>
class Output;

template <Bare T>
class Output<T> {
 public:
  explicit Output(flux_out& out) : column_(out, out.columns[0]) {}
  bool write(std::size_t row, const T& value) const { return column_.write(row, value); }
  void close(std::size_t rows) const { column_.close(rows); }

 private:
  ColumnWriter<T> column_;
};

template <Record R>
class Output<R> {
 public:
  explicit Output(flux_out& out) : columns_(TypeOf<R>::writers(out)) {}
  bool write(std::size_t row, const R& record) const { return TypeOf<R>::write(columns_, row, record); }
  void close(std::size_t rows) const { TypeOf<R>::close(columns_, rows); }

 private:
  typename TypeOf<R>::Writers columns_;
};

}  // namespace flux::detail
