// The escapes of JSON strings: what they mean, and whether all of a line are right.
//
// Pure functions, safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "json/line_index.hpp"

namespace flux::json {

// One escape sequence, or a pair of them that makes one character.
struct Escape {
  char32_t character;
  std::uint8_t size;  // bytes, with the backslash; 0: not an escape that JSON knows
};

// The escape at the start of `text`. A lone surrogate is none.
// REQUIRES: text[0] is a backslash.
Escape read_escape(std::string_view text);

// The value of a hexadecimal digit; less than 0: it is none.
int hex_digit(char c);

// Whether every backslash in [from, end) begins an escape, or is part of the one before it.
// REQUIRES: `lines` was built for `chunk`; no escape begins in front of `from` and ends behind.
bool are_escapes_valid(const char* chunk, std::uint32_t from, std::uint32_t end, const LineIndex& lines);

}  // namespace flux::json
