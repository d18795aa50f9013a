// The same four questions for 16, 32 or 64 bytes at a time. A bracket and the brace of the
// same side differ in one bit; with that bit set they are one character.
#include "json/byte_masks.hpp"

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace flux::json {
namespace {

#ifdef __x86_64__

constexpr char kBraceBit = '{' ^ '[';

void find_masks_sse2(const char* text, std::size_t count, ByteMasks* masks) {
  for (; count > 0; --count, text += ByteMasks::kBytes, ++masks) {
    *masks = {};
    for (unsigned i = 0; i < ByteMasks::kBytes; i += 16) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + i));
      const __m128i brace = _mm_or_si128(bytes, _mm_set1_epi8(kBraceBit));
      const auto equal = [i](__m128i found, char c) {
        const int bits = _mm_movemask_epi8(_mm_cmpeq_epi8(found, _mm_set1_epi8(c)));
        return std::uint64_t{static_cast<unsigned>(bits)} << i;
      };
      masks->quote |= equal(bytes, '"');
      masks->backslash |= equal(bytes, '\\');
      masks->opening |= equal(brace, '{');
      masks->closing |= equal(brace, '}');
    }
  }
}

[[gnu::target("avx2")]] void find_masks_avx2(const char* text, std::size_t count, ByteMasks* masks) {
  for (; count > 0; --count, text += ByteMasks::kBytes, ++masks) {
    *masks = {};
    for (unsigned i = 0; i < ByteMasks::kBytes; i += 32) {
      const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + i));
      const __m256i brace = _mm256_or_si256(bytes, _mm256_set1_epi8(kBraceBit));
      const __m256i quote = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"'));
      const __m256i backslash = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\'));
      const __m256i opening = _mm256_cmpeq_epi8(brace, _mm256_set1_epi8('{'));
      const __m256i closing = _mm256_cmpeq_epi8(brace, _mm256_set1_epi8('}'));
      masks->quote |= std::uint64_t{static_cast<unsigned>(_mm256_movemask_epi8(quote))} << i;
      masks->backslash |= std::uint64_t{static_cast<unsigned>(_mm256_movemask_epi8(backslash))} << i;
      masks->opening |= std::uint64_t{static_cast<unsigned>(_mm256_movemask_epi8(opening))} << i;
      masks->closing |= std::uint64_t{static_cast<unsigned>(_mm256_movemask_epi8(closing))} << i;
    }
  }
}

[[gnu::target("avx512bw")]] void find_masks_avx512(const char* text, std::size_t count, ByteMasks* masks) {
  for (; count > 0; --count, text += ByteMasks::kBytes, ++masks) {
    const __m512i bytes = _mm512_loadu_si512(text);
    const __m512i brace = _mm512_or_si512(bytes, _mm512_set1_epi8(kBraceBit));
    masks->quote = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('"'));
    masks->backslash = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\\'));
    masks->opening = _mm512_cmpeq_epi8_mask(brace, _mm512_set1_epi8('{'));
    masks->closing = _mm512_cmpeq_epi8_mask(brace, _mm512_set1_epi8('}'));
  }
}

using FindMasks = void (*)(const char*, std::size_t, ByteMasks*);

FindMasks fastest() {
  if (__builtin_cpu_supports("avx512bw")) return find_masks_avx512;
  if (__builtin_cpu_supports("avx2")) return find_masks_avx2;
  return find_masks_sse2;
}

#else

void find_masks_plain(const char* text, std::size_t count, ByteMasks* masks) {
  for (; count > 0; --count, text += ByteMasks::kBytes, ++masks) {
    *masks = {};
    for (unsigned i = 0; i < ByteMasks::kBytes; ++i) {
      const char c = text[i];
      const std::uint64_t bit = std::uint64_t{1} << i;
      if (c == '"') masks->quote |= bit;
      if (c == '\\') masks->backslash |= bit;
      if (c == '{' || c == '[') masks->opening |= bit;
      if (c == '}' || c == ']') masks->closing |= bit;
    }
  }
}

using FindMasks = void (*)(const char*, std::size_t, ByteMasks*);

FindMasks fastest() { return find_masks_plain; }

#endif

}  // namespace

void find_masks(const char* text, std::size_t count, ByteMasks* masks) {
  static const FindMasks chosen = fastest();
  chosen(text, count, masks);
}

}  // namespace flux::json
