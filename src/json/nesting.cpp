// 64 bytes at a time become masks with a bit for each, as in simdjson's stage 1.
#include "json/nesting.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <array>
#include <bit>

#include "json/byte_masks.hpp"

namespace flux::json {
namespace {

// Bit i: whether an odd number of bits is set up to and with bit i.
inline std::uint64_t parity_up_to(std::uint64_t bits) {
  for (unsigned shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

// The bytes that a backslash stands before which is not escaped itself. `first`: whether
// the first one is, because of the block before; then the same for the block behind.
inline std::uint64_t find_escaped(std::uint64_t backslash, std::uint64_t& first) {
  if (backslash == 0) {
    const std::uint64_t escaped = first;
    first = 0;
    return escaped;
  }
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

// Brackets are few.
int ones(std::uint64_t bits) {
  int count = 0;
  for (; bits != 0; bits &= bits - 1) ++count;
  return count;
}

// The brackets outside strings, block after block.
class Brackets {
 public:
  // Of the first 64 bytes of a text of `size`, or of all if there are less.
  void look_at(const ByteMasks& masks, std::size_t size) {
    const std::uint64_t quote = masks.quote & ~find_escaped(masks.backslash, first_is_escaped_);
    opening = closing = 0;
    if ((masks.opening | masks.closing) != 0) {
      const std::uint64_t in_string = parity_up_to(quote) ^ in_string_;
      const std::uint64_t kept =
          size < ByteMasks::kBytes ? (std::uint64_t{1} << size) - 1 : ~std::uint64_t{0};
      opening = masks.opening & ~in_string & kept;
      closing = masks.closing & ~in_string & kept;
    }
    if (__builtin_parityll(quote) != 0) in_string_ = ~in_string_;
  }

  std::uint64_t opening = 0, closing = 0;

 private:
  std::uint64_t in_string_ = 0;         // all ones: the block begins inside a string
  std::uint64_t first_is_escaped_ = 0;  // 1: its first byte is
};

bool has_bracket(std::string_view text) {
  const char* p = text.data();
  const char* const end = p + text.size();
#ifdef __SSE2__
  for (; p < end; p += 16) {
    const __m128i brace =
        _mm_or_si128(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)), _mm_set1_epi8('{' ^ '['));
    const __m128i found =
        _mm_or_si128(_mm_cmpeq_epi8(brace, _mm_set1_epi8('{')), _mm_cmpeq_epi8(brace, _mm_set1_epi8('}')));
    const auto bits = static_cast<unsigned>(_mm_movemask_epi8(found));
    if (bits != 0) return p + std::countr_zero(bits) < end;
  }
#else
  for (; p < end; ++p)
    if (*p == '{' || *p == '}' || *p == '[' || *p == ']') return true;
#endif
  return false;
}

}  // namespace

std::int32_t depth_of(std::string_view text) {
  if (!has_bracket(text)) return 0;  // most often
  Brackets brackets;
  std::int32_t depth = 0;
  std::array<ByteMasks, 8> ahead;  // looked at in one go
  while (!text.empty()) {
    const std::size_t count =
        std::min((text.size() + ByteMasks::kBytes - 1) / ByteMasks::kBytes, ahead.size());
    find_masks(text.data(), count, ahead.data());
    for (std::size_t i = 0; i < count; ++i) {
      brackets.look_at(ahead[i], text.size());
      depth += ones(brackets.opening) - ones(brackets.closing);
      text.remove_prefix(std::min(text.size(), ByteMasks::kBytes));
    }
  }
  return depth;
}

std::size_t find_close(std::string_view text, std::size_t open) {
  Brackets brackets;
  std::size_t depth = 0;
  for (std::size_t at = open; at < text.size(); at += ByteMasks::kBytes) {
    ByteMasks masks;
    find_masks(text.data() + at, 1, &masks);
    brackets.look_at(masks, text.size() - at);
    for (std::uint64_t left = brackets.opening | brackets.closing; left != 0; left &= left - 1) {
      const std::uint64_t first = left & (~left + 1);
      if ((brackets.opening & first) != 0) {
        ++depth;
      } else if (--depth == 0) {
        return at + static_cast<std::size_t>(std::countr_zero(left)) + 1;
      }
    }
  }
  return 0;
}

}  // namespace flux::json
