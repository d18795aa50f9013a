// 64-bit integers from digits and back, eight digits at a time inside one
// machine word. The two hot loops of a stream of plain numbers.
//
// Pure functions, safe from any thread.
#pragma once

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>

namespace flux::json {

static_assert(std::endian::native == std::endian::little,
              "the first digit of a text must be the lowest byte of a word");

// Room that put_int needs; all of it may be written to.
inline constexpr std::size_t kIntRoom = 20;

namespace digits {

inline constexpr std::uint64_t kPowerOfTen[] = {1,       10,        100,        1'000,      10'000,
                                                100'000, 1'000'000, 10'000'000, 100'000'000};

inline std::uint64_t load8(const char* p) {
  std::uint64_t word;
  std::memcpy(&word, p, 8);
  return word;
}

// Which of the 16 bytes at `p` are not digits: bit i for p[i].
inline std::uint32_t others_of_16(const char* p) {
#ifdef __SSE2__
  const __m128i text = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
  const __m128i value = _mm_sub_epi8(text, _mm_set1_epi8('0'));
  const __m128i is_digit = _mm_cmpeq_epi8(_mm_min_epu8(value, _mm_set1_epi8(9)), value);
  return static_cast<std::uint32_t>(_mm_movemask_epi8(is_digit)) ^ 0xFFFF;
#else
  std::uint32_t others = 0;
  for (int i = 0; i < 16; ++i) others |= static_cast<std::uint32_t>(p[i] < '0' || p[i] > '9') << i;
  return others;
#endif
}

// The number that the first `count` (0..8) digits of the word spell.
// The digits move to the end of the word; what comes in from below counts as 0.
inline std::uint64_t first_digits(std::uint64_t word, unsigned count) {
  word = count == 0 ? 0 : word << (64 - 8 * count);
  word = (word & 0x0F0F0F0F0F0F0F0F) * (1 + (10 << 8)) >> 8;                       // pairs
  word = (word & 0x00FF00FF00FF00FF) * (1 + (100 << 16)) >> 16;                    // fours
  return (word & 0x0000FFFF0000FFFF) * (1 + (std::uint64_t{10'000} << 32)) >> 32;  // all eight
}

// The eight digits of a number below 10^8 as bytes 0..9, the first one lowest.
inline std::uint64_t eight_digits(std::uint32_t number) {
  const std::uint64_t fours = number / 10'000 | std::uint64_t{number % 10'000} << 32;
  const std::uint64_t hundreds = (fours * 10'486 >> 20) & 0x0000007F0000007F;  // each / 100
  const std::uint64_t pairs = hundreds | (fours - 100 * hundreds) << 16;
  const std::uint64_t tens = (pairs * 103 >> 10) & 0x000F000F000F000F;  // each / 10
  return tens | (pairs - 10 * tens) << 8;
}

inline char* put_all_eight(char* out, std::uint32_t number) {
  const std::uint64_t text = eight_digits(number) | 0x3030303030303030;
  std::memcpy(out, &text, 8);
  return out + 8;
}

// Without leading zeros; writes 8 bytes, whatever the number.
inline char* put_up_to_eight(char* out, std::uint32_t number) {
  const std::uint64_t bytes = eight_digits(number);
  // The last digit stays, also if it is a zero.
  const unsigned zeros = static_cast<unsigned>(std::countr_zero(bytes | std::uint64_t{1} << 56)) / 8;
  const std::uint64_t text = (bytes | 0x3030303030303030) >> (8 * zeros);
  std::memcpy(out, &text, 8);
  return out + 8 - zeros;
}

}  // namespace digits

// Reads the JSON integer at `p`: no white space, no '+', no leading zeros.
// Returns the byte after its last digit (a '.' may well stand there), or null if
// there is none or it does not fit. Reads up to 21 bytes from `p` on.
inline const char* scan_int(const char* p, std::int64_t& out) {
  const bool negative = *p == '-';
  p += negative;
  const std::uint32_t others = digits::others_of_16(p);
  const unsigned count = static_cast<unsigned>(std::countr_zero(others | 1u << 16));
  if (count == 0 || (*p == '0' && count > 1)) return nullptr;
  // No branch on the length: it is what varies from event to event.
  const unsigned second = count > 8 ? count - 8 : 0;
  std::uint64_t value = digits::first_digits(digits::load8(p), count - second) * digits::kPowerOfTen[second] +
                        digits::first_digits(digits::load8(p + 8), second);
  p += count;
  if (count == 16) {
    // 19 digits fit into 64 bits without a sign.
    const char* const limit = p + 3;
    while (p < limit && *p >= '0' && *p <= '9') value = value * 10 + static_cast<std::uint64_t>(*p++ - '0');
    constexpr std::uint64_t kMax = std::numeric_limits<std::int64_t>::max();
    if ((*p >= '0' && *p <= '9') || value > kMax + negative) return nullptr;
  }
  out = static_cast<std::int64_t>(negative ? 0 - value : value);
  return p;
}

// Writes the digits; returns the byte after them. REQUIRES: kIntRoom bytes at `out`.
inline char* put_int(char* out, std::int64_t number) {
  constexpr std::uint64_t kEight = 100'000'000;
  std::uint64_t rest = static_cast<std::uint64_t>(number);
  if (number < 0) {
    *out++ = '-';
    rest = 0 - rest;
  }
  if (rest < kEight) return digits::put_up_to_eight(out, static_cast<std::uint32_t>(rest));
  const std::uint64_t upper = rest / kEight;
  if (upper < kEight) {
    out = digits::put_up_to_eight(out, static_cast<std::uint32_t>(upper));
  } else {
    out = digits::put_up_to_eight(out, static_cast<std::uint32_t>(upper / kEight));
    out = digits::put_all_eight(out, static_cast<std::uint32_t>(upper % kEight));
  }
  return digits::put_all_eight(out, static_cast<std::uint32_t>(rest % kEight));
}

}  // namespace flux::json
