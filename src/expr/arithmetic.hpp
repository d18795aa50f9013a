// + - * / % and the sign, on one pair of values. Nothing wraps around and nothing is
// rounded in silence: what does not fit is a fault.
//
// Pure functions; an Arena belongs to its caller.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

#include "core/arena.hpp"
#include "expr/cell.hpp"
#include "expr/fault.hpp"
#include "expr/step.hpp"

namespace flux::expr {

// What every row of one operation shares.
struct Context {
  const Step& step;
  Arena& arena;

  Cell fault(Reason reason, const Cell& a, const Cell& b = {}, std::uint32_t operand = 0) const {
    return make_fault(arena, {&step, reason, operand, a, b});
  }
};

// Every int up to this size is a double as well.
inline constexpr std::int64_t kExactInts = std::int64_t{1} << 53;

inline bool is_exact(std::int64_t number) { return number >= -kExactInts && number <= kExactInts; }

// What is left when the operands are not two ints or two floats of use: other kinds,
// nulls, faults.
Cell add_others(const Context& at, const Cell& a, const Cell& b);
Cell subtract_others(const Context& at, const Cell& a, const Cell& b);
Cell other_numbers(const Context& at, const Cell& a, const Cell& b);

struct Add {
  static bool ints(std::int64_t a, std::int64_t b, std::int64_t& out) {
    return !__builtin_add_overflow(a, b, &out);
  }
  static double floats(double a, double b) { return a + b; }
  static constexpr auto kOthers = add_others;
};

struct Subtract {
  static bool ints(std::int64_t a, std::int64_t b, std::int64_t& out) {
    return !__builtin_sub_overflow(a, b, &out);
  }
  static double floats(double a, double b) { return a - b; }
  static constexpr auto kOthers = subtract_others;
};

struct Multiply {
  static bool ints(std::int64_t a, std::int64_t b, std::int64_t& out) {
    return !__builtin_mul_overflow(a, b, &out);
  }
  static double floats(double a, double b) { return a * b; }
  static constexpr auto kOthers = other_numbers;
};

struct Divide {
  static bool ints(std::int64_t a, std::int64_t b, std::int64_t& out) {
    if (b == 0 || (b == -1 && a == std::numeric_limits<std::int64_t>::min())) return false;
    out = a / b;
    return true;
  }
  static double floats(double a, double b) { return a / b; }
  static constexpr auto kOthers = other_numbers;
};

struct Modulo {
  static bool ints(std::int64_t a, std::int64_t b, std::int64_t& out) {
    if (b == 0) return false;
    out = b == -1 ? 0 : a % b;
    return true;
  }
  static constexpr auto kOthers = other_numbers;
};

// An int as a double, if it is one without rounding.
inline bool as_float(const Cell& cell, double& out) {
  if (cell.tag == Tag::float64) {
    out = cell.float64;
    return true;
  }
  out = static_cast<double>(cell.int64);
  return cell.tag == Tag::int64 && is_exact(cell.int64);
}

template <class Op>
Cell arithmetic(const Context& at, const Cell& a, const Cell& b) {
  if (a.tag == Tag::int64 && b.tag == Tag::int64) {
    std::int64_t result;
    if (Op::ints(a.int64, b.int64, result)) return cell_of(result);
    return other_numbers(at, a, b);
  }
  if constexpr (requires { Op::floats(1.0, 1.0); }) {
    double left, right;
    if (as_float(a, left) && as_float(b, right)) {
      const double result = Op::floats(left, right);
      if (std::isfinite(result)) return cell_of(result);
      return other_numbers(at, a, b);
    }
  }
  return Op::kOthers(at, a, b);
}

Cell negate(const Context& at, const Cell& a);

}  // namespace flux::expr
