// JSON strings: escapes undone, escapes put in.
//
// Pure functions, safe from any thread; an Arena belongs to its caller.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/arena.hpp"

namespace flux::json {

// The text that a JSON string stands for. `raw` is what is between the quotes, and
// valid; without a backslash it is itself the text, and is returned.
std::string_view unescape(std::string_view raw, Arena& arena);

// The same into `out`, which has room for raw.size() bytes; returns how many it took.
std::size_t unescape(std::string_view raw, char* out);

// Room that put_string needs: quotes, and six bytes for a control character.
constexpr std::size_t escaped_size_bound(std::size_t size) { return 6 * size + 2; }

// Writes the text as a JSON string, with the shortest escapes that JSON allows and
// everything else as it is; returns the byte after the closing quote.
// REQUIRES: escaped_size_bound(utf8.size()) bytes at `out`; valid UTF-8.
char* put_string(char* out, std::string_view utf8);

// The same as a new string.
std::string quote(std::string_view utf8);

bool is_utf8(std::string_view text);

}  // namespace flux::json
