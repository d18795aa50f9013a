// How deep brackets are nested in text that is taken to be well-formed. Those in strings
// do not count.
//
// Pure functions, safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace flux::json {

// How many more brackets open than close in `text`.
// REQUIRES: it begins outside strings; 64 bytes readable behind it.
std::int32_t depth_of(std::string_view text);

// The offset behind the bracket that closes the one at `open`; 0 if none does.
// REQUIRES: 64 bytes readable behind `text`.
std::size_t find_close(std::string_view text, std::size_t open);

}  // namespace flux::json
