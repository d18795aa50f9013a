// Expressions as parameters: where(status >= 500), set(total = price * count). flux
// reads them, checks their types and works them out; the agent meets one value per
// event, by the parameter that stands for it.
//
//   struct Config { flux::Expr<bool> condition; };
//   bool invoke(const flux::Values& values) const { return values[condition_].value_or(false); }
//
// Expr is a plain value; Values lives for one invoke().
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "column.hpp"
#include "flux_plugin.h"
#include "param.hpp"
#include "row.hpp"

namespace flux {

// An expression whose values are T: a std::int64_t, double, bool, std::string_view, or
// flux::Json for any value. A parameter's type, alone or in a std::vector, as any other.
template <class T>
struct Expr {
  static_assert(detail::Plain<T> && !std::is_same_v<T, JsonText>,
                "flux: an expression gives std::int64_t, double, bool, std::string_view or flux::Json");
  std::uint32_t column = 0;
};

// What the expressions came to for one event.
class Values {
 public:
  Values(const flux_batch& in, std::size_t row) : in_(in), row_(row) {}
  // Nothing where the expression is null; but flux::Json then has the text null.
  template <class T>
  std::optional<T> operator[](Expr<T> expression) const {
    return detail::ColumnReader<std::optional<T>>(in_.columns[expression.column])[row_];
  }

 private:
  const flux_batch& in_;
  std::size_t row_;
};

namespace detail {

template <class T>
struct ParamType<Expr<T>> {
  static constexpr flux_kind kind = FLUX_EXPR;
  static constexpr flux_kind expr_kind = Cell<T>::kind;
  static constexpr std::uint32_t flags = 0;
  static constexpr bool has_default = false;
  static Expr<T> from(const flux_value& value) { return {value.as.column}; }
};

template <>
struct TypeOf<Values> : TypeOf<Any> {};

template <>
class Input<Values> {
 public:
  explicit Input(const flux_batch& in) : in_(in) {}
  Values operator[](std::size_t row) const { return {in_, row}; }

 private:
  const flux_batch& in_;
};

}  // namespace detail
}  // namespace flux
