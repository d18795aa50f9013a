// The same questions for 16, 32 or 64 bytes at a time. What stands in front of a byte is
// asked of the bytes loaded from one, two and three places before.
#include "json/landmark_masks.hpp"

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace flux::json {
namespace {

#ifdef __x86_64__

void find_sse2(const char* text, std::size_t count, const KeyLooks& keys, std::uint64_t* masks) {
  const auto all = [](bool set) { return _mm_set1_epi8(set ? -1 : 0); };
  const __m128i any_key = all(keys.tails.empty());
  const __m128i any_escape = all(keys.any_escape);
  for (; count > 0; --count, text += kLandmarkBlock, ++masks) {
    *masks = 0;
    for (unsigned i = 0; i < kLandmarkBlock; i += 16) {
      const auto load = [p = text + i](int before) {
        return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p - before));
      };
      const auto equal = [](__m128i bytes, char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
      const auto at_most = [](__m128i bytes, char c) {
        return _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(c)), bytes);
      };
      const __m128i here = load(0), one = load(1), two = load(2), three = load(3);
      const __m128i space = at_most(here, ' ');
      const __m128i behind = _mm_and_si128(_mm_or_si128(equal(here, ':'), space), equal(one, '"'));
      __m128i key = any_key;
      for (const auto& [last_but_one, last] : keys.tails)
        key = _mm_or_si128(key, _mm_and_si128(equal(three, last_but_one), equal(two, last)));
      const __m128i zeros = _mm_and_si128(equal(one, '0'), equal(here, '0'));
      const __m128i digit = at_most(_mm_sub_epi8(load(-1), _mm_set1_epi8('2')), '7' - '2');
      const __m128i spelled = _mm_or_si128(any_escape, _mm_and_si128(zeros, digit));
      const __m128i escape = _mm_and_si128(equal(three, '\\'), equal(two, 'u'));
      const __m128i found = _mm_or_si128(_mm_or_si128(equal(here, '\n'), _mm_and_si128(behind, key)),
                                         _mm_and_si128(escape, spelled));
      *masks |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(found))) << i;
    }
  }
}

[[gnu::target("avx2")]] void find_avx2(const char* text, std::size_t count, const KeyLooks& keys,
                                       std::uint64_t* masks) {
  const __m256i any_key = _mm256_set1_epi8(keys.tails.empty() ? -1 : 0);
  const __m256i any_escape = _mm256_set1_epi8(keys.any_escape ? -1 : 0);
  for (; count > 0; --count, text += kLandmarkBlock, ++masks) {
    *masks = 0;
    for (unsigned i = 0; i < kLandmarkBlock; i += 32) {
      const auto* const at = reinterpret_cast<const __m256i*>(text + i);
      const __m256i here = _mm256_loadu_si256(at);
      const __m256i one = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + i - 1));
      const __m256i two = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + i - 2));
      const __m256i three = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + i - 3));
      const __m256i space = _mm256_cmpeq_epi8(_mm256_min_epu8(here, _mm256_set1_epi8(' ')), here);
      const __m256i colon = _mm256_cmpeq_epi8(here, _mm256_set1_epi8(':'));
      const __m256i quote = _mm256_cmpeq_epi8(one, _mm256_set1_epi8('"'));
      const __m256i behind = _mm256_and_si256(_mm256_or_si256(colon, space), quote);
      __m256i key = any_key;
      for (const auto& [last_but_one, last] : keys.tails)
        key = _mm256_or_si256(key, _mm256_and_si256(_mm256_cmpeq_epi8(three, _mm256_set1_epi8(last_but_one)),
                                                    _mm256_cmpeq_epi8(two, _mm256_set1_epi8(last))));
      const __m256i zeros = _mm256_and_si256(_mm256_cmpeq_epi8(one, _mm256_set1_epi8('0')),
                                             _mm256_cmpeq_epi8(here, _mm256_set1_epi8('0')));
      const __m256i escape = _mm256_and_si256(_mm256_cmpeq_epi8(three, _mm256_set1_epi8('\\')),
                                              _mm256_cmpeq_epi8(two, _mm256_set1_epi8('u')));
      const __m256i behind_zeros = _mm256_sub_epi8(
          _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + i + 1)), _mm256_set1_epi8('2'));
      const __m256i digit =
          _mm256_cmpeq_epi8(_mm256_min_epu8(behind_zeros, _mm256_set1_epi8('7' - '2')), behind_zeros);
      const __m256i spelled = _mm256_or_si256(any_escape, _mm256_and_si256(zeros, digit));
      const __m256i newline = _mm256_cmpeq_epi8(here, _mm256_set1_epi8('\n'));
      const __m256i found = _mm256_or_si256(_mm256_or_si256(newline, _mm256_and_si256(behind, key)),
                                            _mm256_and_si256(escape, spelled));
      *masks |= std::uint64_t{static_cast<unsigned>(_mm256_movemask_epi8(found))} << i;
    }
  }
}

[[gnu::target("avx512bw")]] void find_avx512(const char* text, std::size_t count, const KeyLooks& keys,
                                             std::uint64_t* masks) {
  const __mmask64 any_key = keys.tails.empty() ? ~__mmask64{0} : 0;
  const __mmask64 any_escape = keys.any_escape ? ~__mmask64{0} : 0;
  for (; count > 0; --count, text += kLandmarkBlock, ++masks) {
    const __m512i here = _mm512_loadu_si512(text);
    const __m512i one = _mm512_loadu_si512(text - 1);
    const __m512i two = _mm512_loadu_si512(text - 2);
    const __m512i three = _mm512_loadu_si512(text - 3);
    const __mmask64 end = _mm512_cmpeq_epi8_mask(here, _mm512_set1_epi8(':')) |
                          _mm512_cmple_epu8_mask(here, _mm512_set1_epi8(' '));
    const __mmask64 behind = _mm512_mask_cmpeq_epi8_mask(end, one, _mm512_set1_epi8('"'));
    __mmask64 key = any_key;
    for (const auto& [last_but_one, last] : keys.tails)
      key |= _mm512_mask_cmpeq_epi8_mask(_mm512_cmpeq_epi8_mask(three, _mm512_set1_epi8(last_but_one)), two,
                                         _mm512_set1_epi8(last));
    const __mmask64 zeros = _mm512_mask_cmpeq_epi8_mask(_mm512_cmpeq_epi8_mask(one, _mm512_set1_epi8('0')),
                                                        here, _mm512_set1_epi8('0'));
    const __mmask64 escape = _mm512_mask_cmpeq_epi8_mask(
        _mm512_cmpeq_epi8_mask(three, _mm512_set1_epi8('\\')), two, _mm512_set1_epi8('u'));
    const __m512i behind_zeros = _mm512_sub_epi8(_mm512_loadu_si512(text + 1), _mm512_set1_epi8('2'));
    const __mmask64 digit = _mm512_cmple_epu8_mask(behind_zeros, _mm512_set1_epi8('7' - '2'));
    const __mmask64 newline = _mm512_cmpeq_epi8_mask(here, _mm512_set1_epi8('\n'));
    *masks = newline | (behind & key) | (escape & (any_escape | (zeros & digit)));
  }
}

using FindLandmarks = void (*)(const char*, std::size_t, const KeyLooks&, std::uint64_t*);

FindLandmarks fastest_find_landmarks() {
  if (__builtin_cpu_supports("avx512bw")) return find_avx512;
  if (__builtin_cpu_supports("avx2")) return find_avx2;
  return find_sse2;
}

#else

bool is_landmark(const char* p, const KeyLooks& keys) {
  if (*p == '\n') return true;
  if (p[-3] == '\\' && p[-2] == 'u')
    return keys.any_escape || (p[-1] == '0' && *p == '0' && p[1] >= '2' && p[1] <= '7');
  if (p[-1] != '"' || (*p != ':' && static_cast<unsigned char>(*p) > ' ')) return false;
  for (const auto& [last_but_one, last] : keys.tails)
    if (p[-3] == last_but_one && p[-2] == last) return true;
  return keys.tails.empty();
}

void find_plain(const char* text, std::size_t count, const KeyLooks& keys, std::uint64_t* masks) {
  for (; count > 0; --count, text += kLandmarkBlock, ++masks) {
    *masks = 0;
    for (unsigned i = 0; i < kLandmarkBlock; ++i) *masks |= std::uint64_t{is_landmark(text + i, keys)} << i;
  }
}

using FindLandmarks = void (*)(const char*, std::size_t, const KeyLooks&, std::uint64_t*);

FindLandmarks fastest_find_landmarks() { return find_plain; }

#endif

}  // namespace

void find_landmarks(const char* text, std::size_t count, const KeyLooks& keys, std::uint64_t* masks) {
  static const FindLandmarks chosen = fastest_find_landmarks();
  chosen(text, count, keys, masks);
}

}  // namespace flux::json
