// Lines of integers to a column, and a column to lines: the two hot loops of a stream of
// plain numbers. With AVX2 sixteen digits are one step; without, integer.hpp does them.
//
// Pure functions, safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>

#include "json/integer.hpp"

namespace flux::json {

// Reads the lines up to the first that is not one JSON integer that fits and nothing else.
// Returns how many were read; values[i] is the number of line i, and ends[i] the offset of
// its newline.
// REQUIRES: [begin, end) is whole lines; 16 bytes readable before it and 64 behind; room
// for as many values and ends as there are lines.
std::size_t scan_int_lines(const char* begin, const char* end, std::int64_t* values, std::uint32_t* ends);

inline constexpr std::size_t kIntLineRoom = kIntRoom + 1;

// Writes each number and a newline; returns the byte behind. REQUIRES: kIntLineRoom bytes
// for each at `out`; all of them may be written to.
char* put_int_lines(char* out, const std::int64_t* values, std::size_t count);

namespace plain {  // the same for any machine

std::size_t scan_int_lines(const char* begin, const char* end, std::int64_t* values, std::uint32_t* ends);
char* put_int_lines(char* out, const std::int64_t* values, std::size_t count);

}  // namespace plain
}  // namespace flux::json
