// Which bytes of a text are landmarks: one bit per byte, with the widest instructions that
// the machine has.
//
// Pure functions, safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace flux::json {

// What keys look like that may be wanted ones.
struct KeyLooks {
  // The last two bytes of a key, without its closing quote.
  struct Tail {
    char last_but_one;  // of a name of one byte: the opening quote
    char last;
    bool operator==(const Tail&) const = default;
  };
  std::vector<Tail> tails;  // none: any key
  bool any_escape = false;  // whether others than \u0020 to \u007f may spell a byte of a name
};

inline constexpr std::size_t kLandmarkBlock = 64;  // bytes, for one mask

// The landmarks of `count` times 64 bytes: every newline; the byte behind what looks like a
// key, which is a colon or white space; and the second digit of an escape \uXXXX that may
// spell a byte of a name. REQUIRES: all of them readable, one behind, and three in front.
void find_landmarks(const char* text, std::size_t count, const KeyLooks& keys, std::uint64_t* masks);

}  // namespace flux::json
