// The words for a fault.
//
// Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "expr/expression.hpp"
#include "expr/fault.hpp"

namespace flux::expr {

// `text`: of the expression, which the spans of its steps are in.
Failing explain(const Fault& fault, std::string_view text);

}  // namespace flux::expr
