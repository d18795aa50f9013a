// Steps at work on one batch. Each operation is one loop over the rows.
//
// Thread safety: none; it belongs to one call of evaluate().
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/arena.hpp"
#include "expr/step.hpp"
#include "expr/values.hpp"

namespace flux::expr {

class Evaluation {
 public:
  Evaluation(std::span<const std::span<const Cell>> inputs, std::uint32_t rows, Arena& arena)
      : inputs_(inputs), rows_(rows), arena_(arena) {}

  Values run(const Step& step);

 private:
  Values operation(const Step& step);
  Values logic(const Step& step);
  Values choose(const Step& step);
  Values list(const Step& step);
  Values in(const Step& step);
  Values in_list(const Step& step);
  Values member(const Step& step);
  Values index(const Step& step);
  Values call(const Step& step);

  template <class Function>
  Values map(Values of, Function function);
  template <class Function>
  Values map(Values a, Values b, Function function);
  template <class Op>
  Values arithmetic_of(const Step& step);
  template <Operator kOp>
  Values order(const Step& step);
  Values equality(const Step& step, bool wanted);

  // Room for the result of a step: in the place of an operand that nobody needs any
  // more, and one cell only where all operands are constant.
  Values result_of(std::span<const Values> operands);
  Values result_of(Values a) { return result_of(std::span(&a, 1)); }
  // `stride` 0: one cell.
  Values fresh(std::size_t stride) {
    Cell* const cells = arena_.array<Cell>(stride == 0 ? 1 : rows_).data();
    return {cells, cells, stride};
  }
  std::size_t rows_of(const Values& values) const { return values.is_constant() ? 1 : rows_; }

  std::span<const std::span<const Cell>> inputs_;
  std::uint32_t rows_;
  Arena& arena_;
};

template <class Function>
Values Evaluation::map(Values of, Function function) {
  const Values result = result_of(of);
  for (std::size_t row = 0, rows = rows_of(result); row < rows; ++row)
    result.scratch[row] = function(of.cells[row]);
  return result;
}

template <class Function>
Values Evaluation::map(Values a, Values b, Function function) {
  const Values operands[] = {a, b};
  const Values result = result_of(operands);
  const std::size_t rows = rows_of(result);
  Cell* const out = result.scratch;
  // Loops of their own, so that the compiler takes the look at a constant out of them.
  if (b.is_constant()) {
    const Cell right = b.cells[0];
    for (std::size_t row = 0; row < rows; ++row) out[row] = function(a.cells[row], right);
  } else if (a.is_constant()) {
    const Cell left = a.cells[0];
    for (std::size_t row = 0; row < rows; ++row) out[row] = function(left, b.cells[row]);
  } else {
    for (std::size_t row = 0; row < rows; ++row) out[row] = function(a.cells[row], b.cells[row]);
  }
  return result;
}

}  // namespace flux::expr
