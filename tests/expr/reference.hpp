// What an expression means, said as plainly as it can be: one event, one value after
// the other, on nlohmann's trees, and with none of the code that it is there to judge
// but for the parser's tree.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "expr/ast.hpp"

// Nothing: the event fails. Knows the functions that random_expression() draws.
std::optional<nlohmann::json> refer(const flux::expr::Node& node, const nlohmann::json& event);

// Equality as the language has it.
bool is_equal(const nlohmann::json& a, const nlohmann::json& b);
