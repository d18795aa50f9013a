#include <cmath>

#include "expr/compare.hpp"
#include "expr/row_functions.hpp"

namespace flux::expr {
namespace {

// The first of those that all others lose against.
Cell winner(Operands of, Order wins) {
  Cell best = of[0];
  for (const Cell& operand : of.subspan(1))
    if (order_of(operand, best) == wins) best = operand;
  return best;
}

}  // namespace

Cell least(const Context&, Operands of) { return winner(of, Order::less); }
Cell greatest(const Context&, Operands of) { return winner(of, Order::greater); }

Cell absolute(const Context& at, Operands of) {
  if (of[0].tag == Tag::float64) return cell_of(std::fabs(of[0].float64));
  return of[0].int64 < 0 ? negate(at, of[0]) : of[0];
}

Cell rounded(const Context&, Operands of) {
  return of[0].tag == Tag::float64 ? cell_of(std::round(of[0].float64)) : of[0];
}

Cell rounded_down(const Context&, Operands of) {
  return of[0].tag == Tag::float64 ? cell_of(std::floor(of[0].float64)) : of[0];
}

Cell rounded_up(const Context&, Operands of) {
  return of[0].tag == Tag::float64 ? cell_of(std::ceil(of[0].float64)) : of[0];
}

}  // namespace flux::expr
