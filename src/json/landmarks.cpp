// 64 bytes at a time become masks with a bit for each, as in simdjson's stage 1.
#include "json/landmarks.hpp"

#include "json/byte_masks.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

// GCC makes the loop over the masks once more for machines that count bits in one
// instruction, and the loader chooses. Sanitizers cannot have code run that early.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define FLUX_FOR_NEW_MACHINES [[gnu::target_clones("arch=x86-64-v3", "default")]]
#else
#define FLUX_FOR_NEW_MACHINES
#endif

namespace flux::json {
namespace {

constexpr std::size_t kBlock = ByteMasks::kBytes;

// Bit i: whether an odd number of bits is set up to and with bit i.
inline std::uint64_t parity_up_to(std::uint64_t bits) {
  for (unsigned shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

// The bytes that a backslash stands before which is not escaped itself. `first`: whether
// the first one is, because of the block before; then the same for the block behind.
inline std::uint64_t find_escaped(std::uint64_t backslash, std::uint64_t& first) {
  constexpr std::uint64_t kEven = 0x5555555555555555;
  backslash &= ~first;
  const std::uint64_t behind_one = backslash << 1 | first;
  // Adding the start of a run of backslashes carries to its end, which tells apart runs
  // of odd and even length by where they started.
  const std::uint64_t odd_starts = backslash & ~kEven & ~behind_one;
  const std::uint64_t sum = odd_starts + backslash;
  first = sum < backslash ? 1 : 0;
  return (kEven ^ sum << 1) & behind_one;
}

// Writes where the bits are; returns the place behind. More is written than that: eight
// at a time, for it is cheaper than a branch for each.
inline std::uint32_t* put_offsets(std::uint32_t* out, std::uint32_t offset, std::uint64_t bits) {
  constexpr std::uint64_t kNotZero = std::uint64_t{1} << 63;  // so that counting is one instruction
  std::uint32_t* const end = out + std::popcount(bits);
  do {
    for (unsigned i = 0; i < 8; ++i) {
      out[i] = offset + static_cast<std::uint32_t>(std::countr_zero(bits | kNotZero));
      bits &= bits - 1;
    }
    out += 8;
  } while (bits != 0);
  return end;
}

// What one block hands to the next.
struct State {
  std::uint32_t* mark;                 // where the next one is put
  std::uint64_t in_string = 0;         // all ones: the block begins inside a string
  std::uint64_t first_is_escaped = 0;  // 1: its first byte is
  std::uint64_t is_broken = 0;         // not 0: a newline was in a string
  std::size_t lines = 0;
};

}  // namespace

// As StructuralIndex does: four bytes per byte of text, and what an unusually large
// text took is given back.
void Landmarks::fit(std::size_t size) {
  constexpr std::size_t kUsual = 256 << 10;
  const bool is_wasteful = capacity_ > 4 * kUsual && size < capacity_ / 4;
  if (size <= capacity_ && !is_wasteful) return;
  capacity_ = size <= kUsual ? kUsual : (size + kBlock - 1) / kBlock * kBlock;
  marks_.reset();
  in_string_.reset();
  // The marks of a block are written eight at a time.
  marks_ = std::make_unique_for_overwrite<std::uint32_t[]>(capacity_ + kBlock);
  in_string_ = std::make_unique_for_overwrite<std::uint64_t[]>(capacity_ / kBlock + 1);
}

FLUX_FOR_NEW_MACHINES bool Landmarks::build(const char* text, std::size_t size) {
  fit(size);
  unicode_escapes_.clear();
  std::array<ByteMasks, 64> ahead;  // looked at in one go
  State state{marks_.get()};
  for (std::size_t at = 0; at < size; at += ahead.size() * kBlock) {
    const std::size_t count = std::min((size - at + kBlock - 1) / kBlock, ahead.size());
    find_masks(text + at, count, ahead.data());
    if (size - at < count * kBlock) ahead[count - 1].keep_first((size - at) % kBlock);
    for (std::size_t i = 0; i < count; ++i) {
      ByteMasks& masks = ahead[i];
      const auto offset = static_cast<std::uint32_t>(at + i * kBlock);
      const std::uint64_t escaped = find_escaped(masks.backslash, state.first_is_escaped);
      if ((escaped & masks.u) != 0) note_escapes(offset, escaped & masks.u);
      const std::uint64_t in_string = parity_up_to(masks.quote & ~escaped) ^ state.in_string;
      state.in_string = std::uint64_t{0} - (in_string >> 63);
      state.is_broken |= masks.newline & in_string;
      state.lines += static_cast<std::size_t>(std::popcount(masks.newline));
      in_string_[offset / kBlock] = in_string;
      state.mark = put_offsets(state.mark, offset, masks.mark & ~in_string);
    }
    if (state.is_broken != 0) return false;
  }
  lines_ = state.lines;
  unicode_escapes_.push_back(std::numeric_limits<std::uint32_t>::max());
  return true;
}

// Off the hot path: most blocks have none.
[[gnu::noinline]] void Landmarks::note_escapes(std::uint32_t offset, std::uint64_t which) {
  for (; which != 0; which &= which - 1)
    unicode_escapes_.push_back(offset + static_cast<std::uint32_t>(std::countr_zero(which)));
}

std::uint32_t Landmarks::string_end(std::uint32_t quote) const {
  std::size_t word = quote / kBlock;
  std::uint64_t outside = ~in_string_[word] & (~std::uint64_t{0} << quote % kBlock);
  while (outside == 0) outside = ~in_string_[++word];
  return static_cast<std::uint32_t>(word * kBlock) + static_cast<std::uint32_t>(std::countr_zero(outside)) +
         1;
}

std::uint32_t Landmarks::string_begin(std::uint32_t quote) const {
  std::size_t word = quote / kBlock;
  std::uint64_t outside = ~in_string_[word] & ((std::uint64_t{1} << quote % kBlock) - 1);
  while (outside == 0 && word > 0) outside = ~in_string_[--word];
  if (outside == 0) return 0;
  return static_cast<std::uint32_t>(word * kBlock) + 64 -
         static_cast<std::uint32_t>(std::countl_zero(outside));
}

}  // namespace flux::json
