#include "expr/arithmetic.hpp"

#include <cstring>

#include "expr/text.hpp"

namespace flux::expr {
namespace {

bool is_number(const Cell& cell) { return cell.tag == Tag::int64 || cell.tag == Tag::float64; }
bool is_zero(const Cell& cell) {
  return is_number(cell) && (cell.tag == Tag::int64 ? cell.int64 == 0 : cell.float64 == 0);
}
Cell concatenated(const Context& at, const Cell& a, const Cell& b) {
  const std::size_t size = std::size_t{a.size} + b.size;
  if (size > kMaxText) return at.fault(Reason::too_long, a, b);
  char* const text = at.arena.array<char>(size).data();
  if (a.size != 0) std::memcpy(text, a.text, a.size);
  if (b.size != 0) std::memcpy(text + a.size, b.text, b.size);
  return cell_of(std::string_view(text, size));
}

// REQUIRES: timestamps or durations.
Cell shifted(const Context& at, const Cell& a, const Cell& b, Tag tag, bool backwards) {
  std::int64_t result;
  const bool overflows = backwards ? __builtin_sub_overflow(a.int64, b.int64, &result)
                                   : __builtin_add_overflow(a.int64, b.int64, &result);
  return overflows ? at.fault(Reason::overflow, a, b) : cell_of(result, tag);
}

// Two operands of use that do not go together, or one that is of none.
Cell sum_fault(const Context& at, const Cell& a, const Cell& b) {
  if (a.tag == Tag::fault) return a;
  if (b.tag == Tag::fault) return b;
  if (is_number(a) && is_number(b)) return other_numbers(at, a, b);
  const auto is_of_use = [&](const Cell& cell) {
    const bool is_text = cell.tag == Tag::string && at.step.op == Operator::add;
    return is_text || is_number(cell) || cell.tag == Tag::timestamp || cell.tag == Tag::duration;
  };
  if (!is_of_use(a)) return at.fault(Reason::wrong_kind, a, b, 0);
  if (!is_of_use(b)) return at.fault(Reason::wrong_kind, b, a, 1);
  return at.fault(Reason::mismatch, a, b);
}

}  // namespace

Cell add_others(const Context& at, const Cell& a, const Cell& b) {
  if (a.tag == Tag::string && b.tag == Tag::string) return concatenated(at, a, b);
  if (a.tag == Tag::duration && b.tag == Tag::duration) return shifted(at, a, b, Tag::duration, false);
  if ((a.tag == Tag::timestamp && b.tag == Tag::duration) ||
      (a.tag == Tag::duration && b.tag == Tag::timestamp))
    return shifted(at, a, b, Tag::timestamp, false);
  return sum_fault(at, a, b);
}

Cell subtract_others(const Context& at, const Cell& a, const Cell& b) {
  if (a.tag == b.tag && (a.tag == Tag::timestamp || a.tag == Tag::duration))
    return shifted(at, a, b, Tag::duration, true);
  if (a.tag == Tag::timestamp && b.tag == Tag::duration) return shifted(at, a, b, Tag::timestamp, true);
  return sum_fault(at, a, b);
}

Cell other_numbers(const Context& at, const Cell& a, const Cell& b) {
  if (a.tag == Tag::fault) return a;
  if (b.tag == Tag::fault) return b;
  const bool wants_ints = at.step.op == Operator::modulo;
  const auto is_of_use = [&](const Cell& cell) {
    return wants_ints ? cell.tag == Tag::int64 : is_number(cell);
  };
  if (!is_of_use(a)) return at.fault(Reason::wrong_kind, a, b, 0);
  if (!is_of_use(b)) return at.fault(Reason::wrong_kind, b, a, 1);
  const bool divides = at.step.op == Operator::divide || at.step.op == Operator::modulo;
  if (divides && is_zero(b)) return at.fault(Reason::division_by_zero, a, b);
  if (a.tag != b.tag) {
    const Cell& whole = a.tag == Tag::int64 ? a : b;
    if (!is_exact(whole.int64)) {
      // Beyond 2^53 some ints are doubles all the same.
      const auto nearest = static_cast<double>(whole.int64);
      if (nearest < 9223372036854775808.0 && static_cast<std::int64_t>(nearest) == whole.int64) {
        const double left = a.tag == Tag::int64 ? nearest : a.float64;
        const double right = b.tag == Tag::int64 ? nearest : b.float64;
        const double result = at.step.op == Operator::add        ? left + right
                              : at.step.op == Operator::subtract ? left - right
                              : at.step.op == Operator::multiply ? left * right
                                                                 : left / right;
        if (std::isfinite(result)) return cell_of(result);
        return at.fault(Reason::overflow, a, b);
      }
      return at.fault(Reason::inexact, whole);
    }
  }
  return at.fault(Reason::overflow, a, b);
}

Cell negate(const Context& at, const Cell& a) {
  if (a.tag == Tag::int64) {
    if (a.int64 == std::numeric_limits<std::int64_t>::min()) return at.fault(Reason::overflow, a);
    return cell_of(-a.int64);
  }
  if (a.tag == Tag::float64) return cell_of(-a.float64);
  if (a.tag == Tag::fault) return a;
  return at.fault(Reason::wrong_kind, a);
}

}  // namespace flux::expr
