// Digits in pairs, pairs in fours, fours in eights: a tree of multiplications over the 16
// bytes of a register, up when reading and down when writing.
#include "json/integer_lines.hpp"

#ifdef __x86_64__
#include <immintrin.h>
#endif

#include <bit>

namespace flux::json {
namespace plain {

std::size_t scan_int_lines(const char* begin, const char* end, std::int64_t* values, std::uint32_t* ends) {
  std::size_t count = 0;
  for (const char* line = begin; line < end; ++count) {
    const char* const newline = scan_int(line, values[count]);
    if (newline == nullptr || *newline != '\n') break;
    ends[count] = static_cast<std::uint32_t>(newline - begin);
    line = newline + 1;
  }
  return count;
}

char* put_int_lines(char* out, const std::int64_t* values, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    out = put_int(out, values[i]);
    *out++ = '\n';
  }
  return out;
}

}  // namespace plain

namespace {

using Scan = decltype(&plain::scan_int_lines);
using Put = decltype(&plain::put_int_lines);

#ifdef __x86_64__

#define FLUX_AVX2 [[gnu::target("avx2,bmi,bmi2,lzcnt,popcnt")]]

constexpr std::uint64_t kEightDigits = 100'000'000;

// Bit i: whether byte i of the 32 is a newline.
FLUX_AVX2 inline std::uint64_t newlines_in(const char* text) {
  const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text));
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\n'))));
}

// The last `count` (1 to 16) of the bytes in front of `end` as values of digits, the others
// as 0; what is no digit becomes more than 9.
FLUX_AVX2 inline __m128i digits_before(const char* end, std::uint32_t count) {
  const __m128i from_end = _mm_setr_epi8(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  const __m128i text = _mm_loadu_si128(reinterpret_cast<const __m128i*>(end - 16));
  const __m128i is_wanted = _mm_cmpgt_epi8(_mm_set1_epi8(static_cast<char>(count)), from_end);
  return _mm_and_si128(_mm_sub_epi8(text, _mm_set1_epi8('0')), is_wanted);
}

FLUX_AVX2 inline bool all_are_digits(__m128i digits) {
  const __m128i beyond_nine = _mm_subs_epu8(digits, _mm_set1_epi8(9));
  return _mm_testz_si128(beyond_nine, beyond_nine) != 0;
}

// The number that 16 digits are, the first one lowest.
FLUX_AVX2 inline std::uint64_t number_of(__m128i digits) {
  const __m128i pairs =
      _mm_maddubs_epi16(digits, _mm_setr_epi8(10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1));
  const __m128i fours = _mm_madd_epi16(pairs, _mm_setr_epi16(100, 1, 100, 1, 100, 1, 100, 1));
  const __m128i packed = _mm_packus_epi32(fours, fours);
  const __m128i eights = _mm_madd_epi16(packed, _mm_setr_epi16(10'000, 1, 10'000, 1, 10'000, 1, 10'000, 1));
  const auto both = static_cast<std::uint64_t>(_mm_cvtsi128_si64(eights));
  return (both & 0xFFFFFFFF) * kEightDigits + (both >> 32);
}

// False if it is no integer of at most 16 digits. No branch on the sign: it is what varies
// from event to event.
FLUX_AVX2 inline bool scan_sixteen(const char* line, const char* newline, std::int64_t& out) {
  const std::uint64_t is_negative = *line == '-' ? 1 : 0;
  const auto size = static_cast<std::uint64_t>(newline - line) - is_negative;
  if (size - 1 >= 16) return false;
  const __m128i digits = digits_before(newline, static_cast<std::uint32_t>(size));
  if (!all_are_digits(digits) || (line[is_negative] == '0' && size > 1)) return false;
  out = static_cast<std::int64_t>((number_of(digits) ^ (0 - is_negative)) + is_negative);
  return true;
}

// Where a line ends is known from the newlines ahead, not from its digits: so the next
// line need not wait for this one.
FLUX_AVX2 std::size_t scan_avx2(const char* begin, const char* end, std::int64_t* values,
                                std::uint32_t* ends) {
  std::size_t count = 0;
  const char* line = begin;
  for (const char* block = begin; block < end; block += 64) {
    std::uint64_t newlines = newlines_in(block) | newlines_in(block + 32) << 32;
    if (end - block < 64) newlines &= (std::uint64_t{1} << (end - block)) - 1;
    for (; newlines != 0; newlines &= newlines - 1) {
      const char* const newline = block + std::countr_zero(newlines);
      if (!scan_sixteen(line, newline, values[count]) && scan_int(line, values[count]) != newline)
        return count;
      ends[count++] = static_cast<std::uint32_t>(newline - begin);
      line = newline + 1;
    }
  }
  return count;
}

// The 16 digits of a number below 10^16 as bytes 0 to 9, the first one lowest. Division by
// a constant is multiplication by its inverse; the factors are exact for what comes in.
FLUX_AVX2 inline __m128i digits_of(std::uint64_t number) {
  const std::uint64_t upper = number / kEightDigits;
  const __m128i eights =
      _mm_set_epi64x(static_cast<std::int64_t>(number % kEightDigits), static_cast<std::int64_t>(upper));
  const __m128i ten_thousands = _mm_srli_epi64(_mm_mul_epu32(eights, _mm_set1_epi64x(3'518'437'209)), 45);
  const __m128i below = _mm_sub_epi32(eights, _mm_mul_epu32(ten_thousands, _mm_set1_epi64x(10'000)));
  const __m128i fours = _mm_or_si128(ten_thousands, _mm_slli_epi64(below, 32));
  const __m128i hundreds = _mm_srli_epi16(_mm_mulhi_epu16(fours, _mm_set1_epi16(5'243)), 3);
  const __m128i below_hundred = _mm_sub_epi16(fours, _mm_mullo_epi16(hundreds, _mm_set1_epi16(100)));
  const __m128i pairs = _mm_or_si128(hundreds, _mm_slli_epi32(below_hundred, 16));
  const __m128i tens = _mm_mulhi_epu16(pairs, _mm_set1_epi16(6'554));
  const __m128i ones = _mm_sub_epi16(pairs, _mm_mullo_epi16(tens, _mm_set1_epi16(10)));
  return _mm_or_si128(tens, _mm_slli_epi16(ones, 8));
}

// Writes 16 bytes, whatever the number; returns the byte behind its digits.
FLUX_AVX2 inline char* put_sixteen(char* out, std::uint64_t number) {
  alignas(16) static constexpr std::uint8_t kOffsets[32] = {0, 1, 2,  3,  4,  5,  6,  7,
                                                            8, 9, 10, 11, 12, 13, 14, 15};
  const __m128i digits = digits_of(number);
  const auto zeros = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(digits, __m128i{})));
  const int leading = std::countr_zero(~zeros | 1U << 15);  // the last digit stays, also if it is 0
  const __m128i to_front = _mm_loadu_si128(reinterpret_cast<const __m128i*>(kOffsets + leading));
  const __m128i text = _mm_or_si128(digits, _mm_set1_epi8('0'));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(out), _mm_shuffle_epi8(text, to_front));
  return out + 16 - leading;
}

FLUX_AVX2 char* put_avx2(char* out, const std::int64_t* values, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const auto is_negative = static_cast<std::uint64_t>(values[i]) >> 63;
    const std::uint64_t magnitude = (static_cast<std::uint64_t>(values[i]) ^ (0 - is_negative)) + is_negative;
    if (magnitude < kEightDigits * kEightDigits) {
      *out = '-';
      out = put_sixteen(out + is_negative, magnitude);
    } else {
      out = put_int(out, values[i]);
    }
    *out++ = '\n';
  }
  return out;
}

bool has_avx2() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"); }
Scan fastest_scan() { return has_avx2() ? scan_avx2 : plain::scan_int_lines; }
Put fastest_put() { return has_avx2() ? put_avx2 : plain::put_int_lines; }

#else

Scan fastest_scan() { return plain::scan_int_lines; }
Put fastest_put() { return plain::put_int_lines; }

#endif

}  // namespace

std::size_t scan_int_lines(const char* begin, const char* end, std::int64_t* values, std::uint32_t* ends) {
  static const Scan chosen = fastest_scan();
  return chosen(begin, end, values, ends);
}

char* put_int_lines(char* out, const std::int64_t* values, std::size_t count) {
  static const Put chosen = fastest_put();
  return chosen(out, values, count);
}

}  // namespace flux::json
