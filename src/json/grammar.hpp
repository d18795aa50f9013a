// What the plain checker and the fast reader must agree on to the letter.
#pragma once

namespace flux::json {

// How many objects and arrays may be open at once.
inline constexpr unsigned kMaxDepth = 1024;

constexpr bool is_white_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace flux::json
