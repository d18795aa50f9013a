// The same five questions for 16, 32 or 64 bytes at a time. A bracket and the brace of the
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
      const auto bits = [i](__m128i found) {
        return static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(found))) << i;
      };
      const __m128i newline = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'));
      const __m128i brace = _mm_or_si128(bytes, _mm_set1_epi8(kBraceBit));
      const __m128i bracket =
          _mm_or_si128(_mm_cmpeq_epi8(brace, _mm_set1_epi8('{')), _mm_cmpeq_epi8(brace, _mm_set1_epi8('}')));
      const __m128i other = _mm_or_si128(newline, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(':')));
      masks->quote |= bits(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
      masks->backslash |= bits(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
      masks->newline |= bits(newline);
      masks->u |= bits(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('u')));
      masks->mark |= bits(_mm_or_si128(bracket, other));
    }
  }
}

[[gnu::target("avx2")]] void find_masks_avx2(const char* text, std::size_t count, ByteMasks* masks) {
  for (; count > 0; --count, text += ByteMasks::kBytes, ++masks) {
    *masks = {};
    for (unsigned i = 0; i < ByteMasks::kBytes; i += 32) {
      const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + i));
      const __m256i newline = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\n'));
      const __m256i brace = _mm256_or_si256(bytes, _mm256_set1_epi8(kBraceBit));
      const __m256i bracket = _mm256_or_si256(_mm256_cmpeq_epi8(brace, _mm256_set1_epi8('{')),
                                              _mm256_cmpeq_epi8(brace, _mm256_set1_epi8('}')));
      const __m256i other = _mm256_or_si256(newline, _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(':')));
      const __m256i quote = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"'));
      const __m256i backslash = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\'));
      const __m256i u = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('u'));
      const __m256i mark = _mm256_or_si256(bracket, other);
      masks->quote |= std::uint64_t{static_cast<unsigned>(_mm256_movemask_epi8(quote))} << i;
      masks->backslash |= std::uint64_t{static_cast<unsigned>(_mm256_movemask_epi8(backslash))} << i;
      masks->newline |= std::uint64_t{static_cast<unsigned>(_mm256_movemask_epi8(newline))} << i;
      masks->mark |= std::uint64_t{static_cast<unsigned>(_mm256_movemask_epi8(mark))} << i;
      masks->u |= std::uint64_t{static_cast<unsigned>(_mm256_movemask_epi8(u))} << i;
    }
  }
}

[[gnu::target("avx512bw")]] void find_masks_avx512(const char* text, std::size_t count, ByteMasks* masks) {
  for (; count > 0; --count, text += ByteMasks::kBytes, ++masks) {
    const __m512i bytes = _mm512_loadu_si512(text);
    const __m512i brace = _mm512_or_si512(bytes, _mm512_set1_epi8(kBraceBit));
    masks->quote = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('"'));
    masks->backslash = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\\'));
    masks->newline = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\n'));
    masks->u = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('u'));
    masks->mark = masks->newline | _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(':')) |
                  _mm512_cmpeq_epi8_mask(brace, _mm512_set1_epi8('{')) |
                  _mm512_cmpeq_epi8_mask(brace, _mm512_set1_epi8('}'));
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
      if (c == '\n') masks->newline |= bit;
      if (c == 'u') masks->u |= bit;
      if (c == '{' || c == '}' || c == '[' || c == ']' || c == ':' || c == '\n') masks->mark |= bit;
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
