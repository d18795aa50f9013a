// What the plain checker and the fast reader must agree on to the letter.
#pragma once

#include <string_view>

namespace flux::json {

// How many objects and arrays may be open at once.
inline constexpr unsigned kMaxDepth = 1024;

constexpr bool is_white_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// `text` without the white space around it.
constexpr std::string_view trim(std::string_view text) {
  while (!text.empty() && is_white_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_white_space(text.back())) text.remove_suffix(1);
  return text;
}

// Nothing but white space: no event.
constexpr bool is_blank(std::string_view text) { return trim(text).empty(); }

}  // namespace flux::json
