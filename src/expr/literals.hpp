// Numbers and strings as CEL spells them.
//
// Pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "expr/ast.hpp"
#include "expr/lexer.hpp"
#include "expr/source.hpp"

namespace flux::expr {

// How many letters stand in front of the quote of a string, at most two: r"...".
std::size_t string_prefix(std::string_view text);

// The quote that a string begins with: one character, or three of them.
// REQUIRES: text[0] is a quote.
std::string_view quote_of(std::string_view text);

// The size of the string literal at the front of `text`, whose quote stands behind
// `prefix` letters; nothing if it is not closed on its line (or, with three quotes,
// at all).
std::optional<std::size_t> string_size(std::string_view text, std::size_t prefix);

// What it stands for. Throws Error.
std::string read_string(const Lexeme& lexeme, const Source& source);

// An int or a float. `is_negative`: a '-' stands in front of it. Throws Error.
Literal read_number(const Lexeme& lexeme, bool is_negative, const Source& source);

}  // namespace flux::expr
