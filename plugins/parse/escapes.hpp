// Escapes in quoted values, as JSON and Go write them.
//
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// Puts what the escape at the start of `text` means behind `to` and returns its size;
// 0 if it means nothing. What is half a surrogate, or a byte of no character, becomes
// U+FFFD. REQUIRES: `text` starts with a backslash.
std::size_t append_escape(std::string_view text, std::string& to);
