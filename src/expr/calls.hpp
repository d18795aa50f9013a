// Calls of functions: which one is meant, and whether it can take what it is given.
#pragma once

#include "expr/ast.hpp"
#include "expr/functions.hpp"
#include "expr/source.hpp"
#include "expr/step.hpp"

namespace flux::expr {

// The function that the call names, if it is one of its style and takes as many
// arguments. Throws Error. REQUIRES: a call, and not of has().
const Function& callee_of(const Node& node, const Source& source);

// Checks the operands, and completes the step with its kinds and what is worked out
// beforehand. Throws Error. REQUIRES: the operands of the step are complete.
void check_call(Step& step, const Node& node, const Source& source);

}  // namespace flux::expr
