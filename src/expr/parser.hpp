// The grammar of expressions.
#pragma once

#include "expr/ast.hpp"
#include "expr/source.hpp"

namespace flux::expr {

// Throws Error. The depth of the tree is at most kMaxNesting.
Node parse_tree(const Source& source);

}  // namespace flux::expr
