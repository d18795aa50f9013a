#include "json/line_index.hpp"

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace flux::json {
namespace {

constexpr std::size_t kWordBytes = 64;  // of text, for one word of bits

using FindBits = void (*)(const char* text, std::size_t blocks, std::uint64_t* newlines,
                          std::uint64_t* backslashes);

void find_bits_plain(const char* text, std::size_t blocks, std::uint64_t* newlines,
                     std::uint64_t* backslashes) {
  for (std::size_t block = 0; block < blocks; ++block, text += kWordBytes) {
    std::uint64_t newline = 0;
    std::uint64_t backslash = 0;
    for (unsigned i = 0; i < kWordBytes; ++i) {
      newline |= std::uint64_t{text[i] == '\n'} << i;
      backslash |= std::uint64_t{text[i] == '\\'} << i;
    }
    newlines[block] = newline;
    backslashes[block] = backslash;
  }
}

#ifdef __x86_64__

[[gnu::target("avx2")]] inline std::uint64_t bits_of(__m256i first, __m256i second, char wanted) {
  const __m256i all = _mm256_set1_epi8(wanted);
  const auto low = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(first, all)));
  const auto high = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(second, all)));
  return low | std::uint64_t{high} << 32;
}

[[gnu::target("avx2")]] void find_bits_avx2(const char* text, std::size_t blocks, std::uint64_t* newlines,
                                            std::uint64_t* backslashes) {
  for (std::size_t block = 0; block < blocks; ++block, text += kWordBytes) {
    const __m256i first = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text));
    const __m256i second = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + 32));
    newlines[block] = bits_of(first, second, '\n');
    backslashes[block] = bits_of(first, second, '\\');
  }
}

FindBits fastest_find_bits() { return __builtin_cpu_supports("avx2") ? find_bits_avx2 : find_bits_plain; }

#else

FindBits fastest_find_bits() { return find_bits_plain; }

#endif

// Most blocks hold one newline or none, and take no branch that depends on which.
inline std::uint32_t* put_ends(std::uint32_t* out, std::uint32_t offset, std::uint64_t newlines) {
  constexpr std::uint64_t kNotZero = std::uint64_t{1} << 63;  // so that counting is one instruction
  do {
    *out = offset + static_cast<std::uint32_t>(std::countr_zero(newlines | kNotZero));
    out += newlines != 0 ? 1 : 0;
    newlines &= newlines - 1;
  } while (newlines != 0);
  return out;
}

}  // namespace

void LineIndex::build(const char* text, std::size_t size) {
  static const FindBits find_bits = fastest_find_bits();
  constexpr std::size_t kUsual = 256 << 10;
  ends_.clear(kUsual);
  newlines_.clear(kUsual);
  backslashes_.clear(kUsual);
  const std::size_t blocks = (size + kWordBytes - 1) / kWordBytes;
  const std::size_t words = size / kWordBytes + 1;
  std::uint64_t* const newlines = newlines_.room(words);
  std::uint64_t* const backslashes = backslashes_.room(words);
  find_bits(text, blocks, newlines, backslashes);
  // What stands behind the text is not of it.
  const std::uint64_t behind = std::uint64_t{1} << size % kWordBytes;
  if (blocks < words) newlines[blocks] = backslashes[blocks] = 0;
  newlines[words - 1] &= behind - 1;
  backslashes[words - 1] = (backslashes[words - 1] & (behind - 1)) | behind;
  newlines_.commit(newlines + words);
  backslashes_.commit(backslashes + words);

  std::uint32_t* end = ends_.room(size + 1);  // one place more than lines
  for (std::size_t word = 0; word < words; ++word)
    end = put_ends(end, static_cast<std::uint32_t>(word * kWordBytes), newlines[word]);
  ends_.commit(end);
}

}  // namespace flux::json
