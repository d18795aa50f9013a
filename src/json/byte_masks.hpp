// Which bytes of a text are the ones that structure it: one bit per byte, with the widest
// instructions that the machine has.
//
// Pure functions, safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>

namespace flux::json {

struct ByteMasks {
  static constexpr std::size_t kBytes = 64;  // that one of these is for

  std::uint64_t quote = 0;
  std::uint64_t backslash = 0;
  std::uint64_t newline = 0;
  std::uint64_t u = 0;     // of \u
  std::uint64_t mark = 0;  // { } [ ] : and newline

  // The others are of no interest.
  void keep_first(std::size_t count) {
    const std::uint64_t kept = (std::uint64_t{1} << count) - 1;
    quote &= kept;
    backslash &= kept;
    newline &= kept;
    u &= kept;
    mark &= kept;
  }
};

// Of `count` times 64 bytes, all readable.
void find_masks(const char* text, std::size_t count, ByteMasks* masks);

}  // namespace flux::json
