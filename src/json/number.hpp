// Numbers as JSON spells them: the grammar, and the way to and from int64 and
// double. The digits of a number that nobody computes with are never touched.
//
// Pure functions, safe from any thread. No allocation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "json/integer.hpp"

namespace flux::json {

// ---- grammar: -? (0|[1-9][0-9]*) (\.[0-9]+)? ([eE][+-]?[0-9]+)?

enum class NumberFlaw : std::uint8_t { none, leading_zero, no_digit, no_fraction, no_exponent };

struct NumberScan {
  std::size_t size;  // where the number ends, or where the flaw is
  NumberFlaw flaw;
};

// The number at the start of `text`. What follows it is not looked at.
NumberScan scan_number(std::string_view text);

bool is_number(std::string_view token);

// Whether the token is a number without a fraction and an exponent.
bool is_integer(std::string_view token);

// ---- int64

enum class IntResult : std::uint8_t { ok, not_an_int, overflow };

// Any token is allowed; 1.0 and 1e2 are written as floats and so are no ints.
IntResult parse_int(std::string_view token, std::int64_t& out);

// ---- double

enum class FloatResult : std::uint8_t {
  ok,
  out_of_range,    // 1e400
  inexact_integer  // written as an integer that no double equals: 2^53 + 1
};

// The nearest double; what is too small for one is 0. REQUIRES: a JSON number.
FloatResult parse_float(std::string_view token, double& out);

inline constexpr std::size_t kFloatRoom = 32;

// The shortest digits that read back as the same double, and as a float: 2.0,
// -0.0, 1e16, 1.5e-7. Plain notation for 1e-4 <= |x| < 1e16.
// REQUIRES: kFloatRoom bytes at `out`; `number` is finite.
char* put_float(char* out, double number);

}  // namespace flux::json
