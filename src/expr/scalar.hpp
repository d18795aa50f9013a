// How a scalar that is no string is spelled.
//
// Pure functions.
#pragma once

#include <algorithm>
#include <cstddef>

#include "expr/cell.hpp"
#include "expr/time.hpp"
#include "json/number.hpp"

namespace flux::expr {

inline constexpr std::size_t kScalarRoom = std::max({kTimeRoom, json::kFloatRoom, json::kIntRoom});

// Returns the byte after the last one. As JSON has it, and times without quotes.
// REQUIRES: kScalarRoom bytes at `out`; neither a string, nor json, nor a fault.
char* put_scalar(char* out, const Cell& cell);

}  // namespace flux::expr
