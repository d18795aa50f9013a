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
#include "expr/expression.hpp"
#include "expr/fault.hpp"
#include "expr/functions.hpp"
#include "expr/nested.hpp"
#include "expr/text.hpp"

namespace flux::expr {
namespace {

// A member of what has none is null, as it is where the whole path is looked up at once.
Cell member_of(const Cell& whole, std::string_view name, Arena& arena) {
  if (whole.tag == Tag::fault) return whole;
  if (whole.tag != Tag::json || whole.text[0] != '{') return {};
  const auto value = find_member(whole.view(), name);
  return value ? cell_of_json(*value, arena) : Cell{};
}

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

Values Evaluation::result_of(std::span<const Values> operands) {
  const bool is_constant =
      std::all_of(operands.begin(), operands.end(), [](const Values& one) { return one.is_constant(); });
  for (const Values& operand : operands)
    if (operand.scratch != nullptr && operand.is_constant() == is_constant) return operand;
  return fresh(is_constant ? 0 : 1);
}

template <class Function>
Values Evaluation::map(Values of, Function function) {
  const Values result = result_of(of);
  for (std::size_t row = 0, rows = rows_of(result); row < rows; ++row)
    result.scratch[row] = function(of.cells[row]);
  return result;
}

template <class Function>
Values Evaluation::map(Values a, Values b, Function function) {
  const Values result = result_of(std::array{a, b});
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

template <class Op>
Values Evaluation::arithmetic_of(const Step& step) {
  const Context at{step, arena_};
  const Values a = run(step.operands[0]);
  return map(a, run(step.operands[1]),
             [&](const Cell& left, const Cell& right) { return arithmetic<Op>(at, left, right); });
}

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
    return cell.tag == Tag::boolean || cell.tag == Tag::fault
               ? cell
               : at.fault(Reason::wrong_kind, cell, {},
                          static_cast<std::uint8_t>(std::min<std::size_t>(operand, 255)));
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

// The JSON text of the list, anew for each row.
Values Evaluation::list(const Step& step) {
  const Context at{step, arena_};
  const std::span<Values> elements = arena_.array<Values>(step.operands.size());
  for (std::size_t i = 0; i < elements.size(); ++i) elements[i] = run(step.operands[i]);
  const std::span<std::string_view> texts = arena_.array<std::string_view>(elements.size());
  const auto list_of_row = [&](std::size_t row) {
    std::size_t size = 2;
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (elements[i][row].tag == Tag::fault) return elements[i][row];
      texts[i] = json_of(elements[i][row], arena_);
      size += texts[i].size() + 1;
    }
    if (size > kMaxText) return at.fault(Reason::too_long, {});
    char* const text = arena_.array<char>(size).data();
    char* out = text;
    *out++ = '[';
    for (const std::string_view& element : texts) {
      if (&element != texts.data()) *out++ = ',';
      out = std::copy(element.begin(), element.end(), out);
    }
    *out++ = ']';
    return cell_of(std::string_view(text, static_cast<std::size_t>(out - text)), Tag::json);
  };
  const Values result = result_of(elements);
  for (std::size_t row = 0, rows = rows_of(result); row < rows; ++row) result.scratch[row] = list_of_row(row);
  return result;
}

// Of a list that is written out, one element after the other is compared, and no list is
// ever made: x in [a, b] is x == a || x == b.
Values Evaluation::in_list(const Step& step) {
  const Values item = run(step.operands[0]);
  const std::vector<Step>& elements = step.operands[1].operands;
  Values found = fresh(item.stride);
  for (std::size_t row = 0, rows = rows_of(found); row < rows; ++row)
    found.scratch[row] = item[row].tag == Tag::fault ? item[row] : cell_of(false);
  for (const Step& element : elements) {
    const Values other = run(element);
    const Values before = found;
    if (other.stride > found.stride) found = fresh(other.stride);
    for (std::size_t row = 0, rows = rows_of(found); row < rows; ++row) {
      const Cell so_far = before[row];
      const bool is_found = so_far.tag == Tag::boolean && so_far.boolean;
      const Cell here = is_found ? so_far : equal(item[row], other[row], arena_);
      const bool decides = here.tag == Tag::fault || here.boolean;
      found.scratch[row] = decides && !(so_far.tag == Tag::fault && here.tag == Tag::fault) ? here : so_far;
    }
  }
  return found;
}

Values Evaluation::in(const Step& step) {
  if (step.operands[1].form == Step::Form::list) return in_list(step);
  const Context at{step, arena_};
  const Values item = run(step.operands[0]);
  return map(item, run(step.operands[1]), [&](const Cell& left, const Cell& whole) {
    if (left.tag == Tag::fault) return left;
    if (whole.tag == Tag::fault) return whole;
    if (whole.tag != Tag::json) return at.fault(Reason::wrong_kind, whole, {}, 1);
    if (whole.text[0] == '[') return is_element(left, whole.view(), arena_);
    if (left.tag != Tag::string) return at.fault(Reason::wrong_kind, left, {}, 0);
    return cell_of(find_member(whole.view(), left.view()).has_value());
  });
}

Values Evaluation::member(const Step& step) {
  return map(run(step.operands[0]), [&](const Cell& cell) { return member_of(cell, step.text, arena_); });
}

Values Evaluation::index(const Step& step) {
  const Context at{step, arena_};
  const Values of = run(step.operands[0]);
  return map(of, run(step.operands[1]), [&](const Cell& whole, const Cell& key) {
    if (whole.tag == Tag::fault || whole.tag == Tag::null) return whole;
    if (key.tag == Tag::string) return member_of(whole, key.view(), arena_);
    if (key.tag == Tag::fault) return key;
    if (key.tag != Tag::int64) return at.fault(Reason::wrong_kind, key, {}, 1);
    if (whole.tag != Tag::json || whole.text[0] != '[') return at.fault(Reason::wrong_kind, whole, {}, 0);
    const auto element = key.int64 < 0 ? std::nullopt : find_element(whole.view(), key.int64);
    return element ? cell_of_json(*element, arena_) : at.fault(Reason::no_element, whole, key);
  });
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

}  // namespace

Values evaluate(const Step& step, std::span<const std::span<const Cell>> inputs, std::uint32_t rows,
                Arena& arena) {
  return Evaluation(inputs, rows, arena).run(step);
}

}  // namespace flux::expr
