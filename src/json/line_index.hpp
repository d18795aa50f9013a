// Where the lines of a chunk end, and where its backslashes are: one pass over the bytes
// for what simdjson's stage 1 does not tell.
//
// Thread safety: none; each Reader has its own.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/bytes.hpp"

namespace flux::json {

class LineIndex {
 public:
  // REQUIRES: whole lines, so `text` ends in '\n' (or is empty); 64 bytes readable behind it.
  void build(const char* text, std::size_t size);

  // The offset of the '\n' of each line. Valid until the next build().
  std::span<const std::uint32_t> ends() const { return {ends_.data(), ends_.size()}; }

  // Bit i: whether one stands at 64 * word + i. One more is set behind the text.
  std::uint64_t backslashes(std::size_t word) const { return backslashes_[word]; }

  // The offset of the first backslash from `from` on; the size of the text if there is none.
  // REQUIRES: from <= the size.
  std::uint32_t next_backslash(std::uint32_t from) const {
    std::size_t word = from / 64;
    std::uint64_t bits = backslashes_[word] & (~std::uint64_t{0} << from % 64);
    while (bits == 0) bits = backslashes_[++word];
    return static_cast<std::uint32_t>(word * 64) + static_cast<std::uint32_t>(std::countr_zero(bits));
  }

  // Whether one stands in [begin, end), which is short. REQUIRES: begin < end.
  bool has_backslash(std::uint32_t begin, std::uint32_t end) const {
    const std::size_t last = (end - 1) / 64;
    std::uint64_t from = ~std::uint64_t{0} << begin % 64;
    for (std::size_t word = begin / 64; word < last; ++word, from = ~std::uint64_t{0})
      if ((backslashes_[word] & from) != 0) return true;
    return (backslashes_[last] & from & (~std::uint64_t{0} >> (63 - (end - 1) % 64))) != 0;
  }

 private:
  Buffer<std::uint32_t> ends_;
  Buffer<std::uint64_t> newlines_;     // bit by byte
  Buffer<std::uint64_t> backslashes_;  // the same; one more is set behind the text
};

}  // namespace flux::json
