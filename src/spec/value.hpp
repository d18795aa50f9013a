// What an argument means, once the kind that its agent's parameter wants is known.
//
//   int64       a JSON integer within 64 bits; 1.0 and 1e2 are floats
//   float64     any JSON number that a double can hold
//   boolean     true or false
//   string      a string in quotes, or a bare word (also a.b) as it stands
//   json        any JSON value, as its text
//   path        a.b, a."odd key", a["odd key"]; a JSON string is one member's name
//   expression  any text: what it means is not decided here
//
// From a config file a string is always a JSON string, and a path or an expression is
// what the string says: "user.name" is the path user.name.
// Thread safety: functions without state.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "spec/ast.hpp"

namespace flux::spec {

enum class Want { int64, float64, boolean, string, json, path, expression };

// std::string: of a string its content, of json the text of one valid value, of an
// expression its text.
using Value = std::variant<std::int64_t, double, bool, std::string, Path>;

// `whom` names the parameter in messages: "head(n) wants an int, found 'x'".
// Throws Error with a caret below the argument.
Value read_value(const Argument& argument, Want want, std::string_view whom, const Pipeline& pipeline);

// The items of `[a, b]`, each with its own place; of any other argument, itself.
// Throws Error if an item is empty.
std::vector<Argument> read_list(const Argument& argument, const Pipeline& pipeline);

}  // namespace flux::spec
