// What operators make of which kinds of operands.
#pragma once

#include "expr/ast.hpp"
#include "expr/source.hpp"
#include "expr/step.hpp"

namespace flux::expr {

// The kinds that an operation may give. Throws Error where it can give none: every
// event would fail. REQUIRES: the operands of the step are complete; it is of the node.
Kinds result_of(const Step& step, const Node& node, const Source& source);

}  // namespace flux::expr
