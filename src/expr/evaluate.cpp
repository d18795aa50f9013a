// Every branch is worked out for every row, and what does not count is left: a loop
// without jumps from row to row is cheaper than work avoided, and faults are values
// that cost nothing until somebody asks for them.
//
// A step writes over the values of its operand where it may, so that a long expression
// takes no more memory than it is deep.
#include "expr/evaluate.hpp"

#include <algorithm>
#include <array>

#include "expr/arithmetic.hpp"
#include "expr/compare.hpp"
#include "expr/evaluation.hpp"
#include "expr/fault.hpp"
#include "expr/functions.hpp"

namespace flux::expr {
namespace {

constexpr bool holds(Operator op, Order order) {
  switch (op) {
    case Operator::less:
      return order == Order::less;
    case Operator::less_equal:
      return order == Order::less || order == Order::equal;
    case Operator::greater:
      return order == Order::greater;
    default:
      return order == Order::greater || order == Order::equal;
  }
}

}  // namespace

Values Evaluation::result_of(std::span<const Values> operands) {
  const bool is_constant =
      std::all_of(operands.begin(), operands.end(), [](const Values& one) { return one.is_constant(); });
  for (const Values& operand : operands)
    if (operand.scratch != nullptr && operand.is_constant() == is_constant) return operand;
  return fresh(is_constant ? 0 : 1);
}

template <class Op>
Values Evaluation::arithmetic_of(const Step& step) {
  const Context at{step, arena_};
  const Values a = run(step.operands[0]);
  return map(a, run(step.operands[1]),
             [&](const Cell& left, const Cell& right) { return arithmetic<Op>(at, left, right); });
}

template <Operator kOp>
Values Evaluation::order(const Step& step) {
  const Context at{step, arena_};
  const auto in_order = [](auto a, auto b) {
    if constexpr (kOp == Operator::less) return a < b;
    if constexpr (kOp == Operator::less_equal) return a <= b;
    if constexpr (kOp == Operator::greater) return a > b;
    if constexpr (kOp == Operator::greater_equal) return a >= b;
  };
  const Values a = run(step.operands[0]);
  return map(a, run(step.operands[1]), [&](const Cell& left, const Cell& right) {
    if (left.tag == Tag::int64 && right.tag == Tag::int64) return cell_of(in_order(left.int64, right.int64));
    if (left.tag == Tag::float64 && right.tag == Tag::float64)
      return cell_of(in_order(left.float64, right.float64));
    if (left.tag == Tag::float64 && right.tag == Tag::int64 && is_exact(right.int64))
      return cell_of(in_order(left.float64, static_cast<double>(right.int64)));
    if (left.tag == Tag::fault) return left;
    if (right.tag == Tag::fault) return right;
    if (left.tag == Tag::null || right.tag == Tag::null) return cell_of(false);
    const Order found = order_of(left, right);
    return found == Order::none ? at.fault(Reason::mismatch, left, right) : cell_of(holds(kOp, found));
  });
}

Values Evaluation::equality(const Step& step, bool wanted) {
  const Values a = run(step.operands[0]);
  const Values b = run(step.operands[1]);
  if (b.is_constant() && b.cells[0].tag == Tag::string) {
    const char* const text = b.cells[0].text;
    const std::uint32_t size = b.cells[0].size;
    return map(a, [=](const Cell& cell) {
      return cell.tag == Tag::fault ? cell : cell_of(is_text(cell, text, size) == wanted);
    });
  }
  return map(a, b, [&](const Cell& left, const Cell& right) {
    const Cell is_equal = equal(left, right, arena_);
    return is_equal.tag == Tag::fault ? is_equal : cell_of(is_equal.boolean == wanted);
  });
}

// Of && the value that decides is false, of || it is true: whatever stands beside it,
// a fault as well, is of no account. What decides may stand on either side.
Values Evaluation::logic(const Step& step) {
  const Context at{step, arena_};
  const bool decides = step.op == Operator::logical_or;
  const auto checked = [&](const Cell& cell, std::size_t operand) {
    const bool is_of_use = cell.tag == Tag::boolean || cell.tag == Tag::fault;
    return is_of_use ? cell : at.fault(Reason::wrong_kind, cell, {}, static_cast<std::uint32_t>(operand));
  };
  const Values first = run(step.operands[0]);
  Values all = map(first, [&](const Cell& cell) { return checked(cell, 0); });
  for (std::size_t i = 1; i < step.operands.size(); ++i)
    all = map(all, run(step.operands[i]), [&](const Cell& left, const Cell& right) {
      if (left.tag == Tag::boolean && left.boolean == decides) return left;
      if (right.tag == Tag::boolean && right.boolean == decides) return right;
      if (left.tag == Tag::fault) return left;
      return checked(right, i);
    });
  return all;
}

Values Evaluation::choose(const Step& step) {
  const Context at{step, arena_};
  const std::array operands{run(step.operands[0]), run(step.operands[1]), run(step.operands[2])};
  const auto& [condition, yes, no] = operands;
  const Values result = result_of(operands);
  for (std::size_t row = 0, rows = rows_of(result); row < rows; ++row) {
    const Cell asked = condition[row];
    result.scratch[row] = asked.tag == Tag::boolean ? (asked.boolean ? yes[row] : no[row])
                          : asked.tag == Tag::fault ? asked
                                                    : at.fault(Reason::wrong_kind, asked);
  }
  return result;
}

Values Evaluation::call(const Step& step) {
  const std::span<Values> operands = arena_.array<Values>(step.operands.size());
  for (std::size_t i = 0; i < operands.size(); ++i) operands[i] = run(step.operands[i]);
  const Values result = result_of(operands);
  step.function->run({{step, arena_}, operands, static_cast<std::uint32_t>(rows_of(result))}, result.scratch);
  return result;
}

Values Evaluation::operation(const Step& step) {
  const Context at{step, arena_};
  switch (step.op) {
    case Operator::choose:
      return choose(step);
    case Operator::logical_or:
    case Operator::logical_and:
      return logic(step);
    case Operator::equal:
      return equality(step, true);
    case Operator::not_equal:
      return equality(step, false);
    case Operator::less:
      return order<Operator::less>(step);
    case Operator::less_equal:
      return order<Operator::less_equal>(step);
    case Operator::greater:
      return order<Operator::greater>(step);
    case Operator::greater_equal:
      return order<Operator::greater_equal>(step);
    case Operator::in:
      return in(step);
    case Operator::add:
      return arithmetic_of<Add>(step);
    case Operator::subtract:
      return arithmetic_of<Subtract>(step);
    case Operator::multiply:
      return arithmetic_of<Multiply>(step);
    case Operator::divide:
      return arithmetic_of<Divide>(step);
    case Operator::modulo:
      return arithmetic_of<Modulo>(step);
    case Operator::negate:
      return map(run(step.operands[0]), [&](const Cell& cell) { return negate(at, cell); });
    case Operator::logical_not:
      return map(run(step.operands[0]), [&](const Cell& cell) {
        if (cell.tag == Tag::boolean) return cell_of(!cell.boolean);
        return cell.tag == Tag::fault ? cell : at.fault(Reason::wrong_kind, cell);
      });
  }
  return {};
}

Values Evaluation::run(const Step& step) {
  switch (step.form) {
    case Step::Form::constant: {
      const Values one = fresh(0);
      one.scratch[0] = value_of(step);
      return one;
    }
    case Step::Form::input:
      return {inputs_[step.input].data(), nullptr, 1};
    case Step::Form::has:
      return map(run(step.operands[0]), [](const Cell& cell) {
        // A number that is too large is there all the same.
        const bool is_own_fault = cell.tag == Tag::fault && cell.fault->step != nullptr;
        return is_own_fault ? cell : cell_of(cell.tag != Tag::null);
      });
    case Step::Form::member:
      return member(step);
    case Step::Form::index:
      return index(step);
    case Step::Form::list:
      return list(step);
    case Step::Form::call:
      return call(step);
    case Step::Form::operation:
      return operation(step);
  }
  return {};
}

Values evaluate(const Step& step, std::span<const std::span<const Cell>> inputs, std::uint32_t rows,
                Arena& arena) {
  return Evaluation(inputs, rows, arena).run(step);
}

}  // namespace flux::expr
