// Steps through text that is known to be valid JSON: each looks for the next landmark,
// and checks nothing.
//
// Pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "json/grammar.hpp"

namespace flux::json {

inline std::size_t skip_white_space(std::string_view text, std::size_t at) {
  while (is_white_space(text[at])) ++at;
  return at;
}

// The next quote or backslash: eight bytes at a time, while there are as many.
inline std::size_t find_mark(std::string_view text, std::size_t at) {
  for (; text.size() - at >= 8; at += 8) {
    std::uint64_t block;
    std::memcpy(&block, text.data() + at, 8);
    constexpr std::uint64_t kOnes = 0x0101010101010101;
    // The high bit of a byte says "is zero": exact up to the first such byte.
    const auto zeros = [](std::uint64_t bytes) { return (bytes - kOnes) & ~bytes & (kOnes * 0x80); };
    if ((zeros(block ^ kOnes * '"') | zeros(block ^ kOnes * '\\')) != 0) break;
  }
  while (text[at] != '"' && text[at] != '\\') ++at;
  return at;
}

// `at`: the opening quote; returns the offset behind the closing one.
inline std::size_t skip_string(std::string_view text, std::size_t at) {
  for (at = find_mark(text, at + 1); text[at] != '"';) at = find_mark(text, at + 2);
  return at + 1;
}

// `at`: the first byte of a value; returns the offset behind its last one.
inline std::size_t skip_value(std::string_view text, std::size_t at) {
  if (text[at] == '"') return skip_string(text, at);
  if (text[at] != '{' && text[at] != '[') {
    const auto is_end = [](char c) { return c == ',' || c == '}' || c == ']' || is_white_space(c); };
    while (at < text.size() && !is_end(text[at])) ++at;
    return at;
  }
  std::size_t depth = 0;
  do {
    const char c = text[at];
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    at = c == '"' ? skip_string(text, at) : at + 1;
  } while (depth > 0);
  return at;
}

}  // namespace flux::json
