// Trees of expressions as text, with no more brackets than it takes.
#pragma once

#include <string>

#include "expr/ast.hpp"

std::string print(const flux::expr::Node& node);

// Whether they say the same, wherever it stands.
bool is_same(const flux::expr::Node& a, const flux::expr::Node& b);
