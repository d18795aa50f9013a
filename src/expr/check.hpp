// From what an expression says to what it means: names become members of the event,
// functions are looked up, and what can never be right is an Error with its place.
#pragma once

#include <vector>

#include "core/type.hpp"
#include "expr/ast.hpp"
#include "expr/source.hpp"
#include "expr/step.hpp"

namespace flux::expr {

struct Checked {
  Step root;
  std::vector<Path> reads;  // the inputs of the steps
};

// `given`: what the events are. Throws Error.
Checked check(const Node& tree, const Type& given, const Source& source);

}  // namespace flux::expr
