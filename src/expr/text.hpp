// Strings of code points: counting, cutting and changing UTF-8.
//
// Pure functions; an Arena belongs to its caller.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/arena.hpp"

namespace flux::expr {

// What an expression makes is no longer than a line may be: a few of replace() would
// else fill any memory.
inline constexpr std::size_t kMaxText = 16 << 20;

std::size_t count_points(std::string_view utf8);

// The byte where code point number `position` starts, or the end; nothing beyond it.
std::optional<std::size_t> byte_of_point(std::string_view utf8, std::size_t position);

// Without white space of Unicode around it.
std::string_view trimmed(std::string_view utf8);

std::string_view with_case(std::string_view utf8, bool upper, Arena& arena);

// At most `limit` of the places changed; a negative limit is none. An empty `from`
// stands in front of each code point and at the end. Nothing if it gets too long.
std::optional<std::string_view> replaced(std::string_view text, std::string_view from, std::string_view to,
                                         std::int64_t limit, Arena& arena);

// The JSON text of a list of at most `limit` parts, of which the last is the rest; a
// negative limit is none. An empty separator is between any two code points.
// Nothing if it gets too long.
std::optional<std::string_view> split(std::string_view text, std::string_view separator, std::int64_t limit,
                                      Arena& arena);

}  // namespace flux::expr
