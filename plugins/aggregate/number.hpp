// Numbers as JSON spells them: ints where they are written as ints, else floats. An
// int is never made a float to be compared: above 2^53 that would change it.
//
// Pure functions and plain values, safe from any thread.
#pragma once

#include <cstdint>
#include <flux/agent.hpp>
#include <string_view>

namespace aggregate {

struct Number {
  bool is_int = true;
  std::int64_t whole = 0;  // of an int
  double real = 0;         // the nearest double of either

  static Number of(std::int64_t whole) { return {true, whole, static_cast<double>(whole)}; }
  static Number of(double real) { return {false, 0, real + 0.0}; }  // -0.0 is 0.0
};

// Below, equal or above 0, exactly: also of an int and a float.
int compare(const Number& a, const Number& b);

// The number that a member is. Throws flux::Refused if it is none, or is beyond 64 bits
// or the range of a double.
Number read_number(flux::Json value, const flux::Member& path);

}  // namespace aggregate
