// Which bytes of a text are quotes, backslashes and brackets: one bit per byte, with the
// widest instructions that the machine has.
//
// Pure functions, safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>

namespace flux::json {

// Not initialised.
struct ByteMasks {
  static constexpr std::size_t kBytes = 64;  // that one of these is for

  std::uint64_t quote;
  std::uint64_t backslash;
  std::uint64_t opening;  // { [
  std::uint64_t closing;  // } ]
};

// Of `count` times 64 bytes, all readable.
void find_masks(const char* text, std::size_t count, ByteMasks* masks);

}  // namespace flux::json
