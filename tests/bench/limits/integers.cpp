// What W1 costs at the least: x * 2 + 1 for each line, blocks of 256 KiB, one thread.
//
//   integers standard   std::from_chars and std::to_chars
//   integers wide       sixteen digits at a time, and columns of 1024 through two calls
//                       that the compiler cannot see into, as through a plugin
//
// Single-purpose: anything but integers of at most 16 digits ends it with exit status 1.
#include <unistd.h>

#include <bit>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>
#ifdef __AVX2__
#include <immintrin.h>
#endif

namespace {

constexpr std::size_t kBlock = 256 << 10;
constexpr std::size_t kMargin = 64;  // may be read before and behind the lines

void write_all(const char* from, const char* end) {
  while (from < end) {
    const ssize_t written = ::write(1, from, static_cast<std::size_t>(end - from));
    if (written <= 0) std::_Exit(1);
    from += written;
  }
}

// take(line, end, to) sees whole lines, and gives the end of what it wrote.
template <class Take>
void each_block(Take take) {
  std::vector<char> bytes(kMargin + kBlock + kMargin);
  std::vector<char> out(4 * kBlock);
  char* const begin = bytes.data() + kMargin;
  std::size_t filled = 0;
  for (ssize_t count; (count = ::read(0, begin + filled, kBlock - filled)) > 0;) {
    filled += static_cast<std::size_t>(count);
    const auto* last = static_cast<const char*>(::memrchr(begin, '\n', filled));
    if (last == nullptr) std::_Exit(1);
    write_all(out.data(), take(begin, last + 1, out.data()));
    filled = static_cast<std::size_t>(begin + filled - (last + 1));
    std::memmove(begin, last + 1, filled);
  }
}

char* standard(const char* line, const char* end, char* to) {
  while (line < end) {
    std::int64_t x = 0;
    const auto [last, error] = std::from_chars(line, end, x);
    if (error != std::errc() || *last != '\n') std::_Exit(1);
    to = std::to_chars(to, to + 24, x * 2 + 1).ptr;
    *to++ = '\n';
    line = last + 1;
  }
  return to;
}

#ifdef __AVX2__

using Column = void (*)(std::int64_t*, std::size_t);
constexpr std::size_t kRows = 1024;

void double_all(std::int64_t* x, std::size_t rows) {
  for (std::size_t i = 0; i < rows; ++i)
    if (__builtin_mul_overflow(x[i], 2, &x[i])) std::_Exit(1);
}
void add_one(std::int64_t* x, std::size_t rows) {
  for (std::size_t i = 0; i < rows; ++i)
    if (__builtin_add_overflow(x[i], 1, &x[i])) std::_Exit(1);
}
volatile Column agents[] = {double_all, add_one};  // volatile: the calls stay calls

std::int64_t digits_to_int(const char* begin, const char* end) {
  const bool is_negative = *begin == '-';
  const auto count = end - begin - (is_negative ? 1 : 0);
  if (count < 1 || count > 16) std::_Exit(1);
  const __m128i places = _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const __m128i is_digit = _mm_cmpgt_epi8(places, _mm_set1_epi8(static_cast<char>(15 - count)));
  __m128i x = _mm_loadu_si128(reinterpret_cast<const __m128i*>(end - 16));
  x = _mm_and_si128(_mm_sub_epi8(x, _mm_set1_epi8('0')), is_digit);
  const __m128i beyond_nine = _mm_subs_epu8(x, _mm_set1_epi8(9));
  if (!_mm_testz_si128(beyond_nine, beyond_nine)) std::_Exit(1);
  x = _mm_maddubs_epi16(x, _mm_setr_epi8(10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1));
  x = _mm_madd_epi16(x, _mm_setr_epi16(100, 1, 100, 1, 100, 1, 100, 1));
  x = _mm_packus_epi32(x, x);
  x = _mm_madd_epi16(x, _mm_setr_epi16(10000, 1, 10000, 1, 10000, 1, 10000, 1));
  const auto halves = static_cast<std::uint64_t>(_mm_cvtsi128_si64(x));
  const auto value = static_cast<std::int64_t>((halves & 0xffffffff) * 100'000'000 + (halves >> 32));
  return is_negative ? -value : value;
}

// Sixteen digits, each a byte, the first one lowest.
__m128i sixteen_digits(std::uint64_t x) {
  const __m128i eights =
      _mm_set_epi64x(static_cast<std::int64_t>(x % 100'000'000), static_cast<std::int64_t>(x / 100'000'000));
  const __m128i quotients = _mm_srli_epi64(_mm_mul_epu32(eights, _mm_set1_epi64x(3'518'437'209)), 45);
  const __m128i rest = _mm_sub_epi32(eights, _mm_mul_epu32(quotients, _mm_set1_epi64x(10'000)));
  const __m128i fours = _mm_or_si128(quotients, _mm_slli_epi64(rest, 32));
  const __m128i hundreds = _mm_srli_epi16(_mm_mulhi_epu16(fours, _mm_set1_epi16(5'243)), 3);
  const __m128i below = _mm_sub_epi16(fours, _mm_mullo_epi16(hundreds, _mm_set1_epi16(100)));
  const __m128i twos = _mm_or_si128(hundreds, _mm_slli_epi32(below, 16));
  const __m128i tens = _mm_mulhi_epu16(twos, _mm_set1_epi16(6'554));
  return _mm_or_si128(tens,
                      _mm_slli_epi16(_mm_sub_epi16(twos, _mm_mullo_epi16(tens, _mm_set1_epi16(10))), 8));
}

char* int_to_digits(std::int64_t value, char* to) {
  *to = '-';
  to += value < 0;
  const std::uint64_t x = value < 0 ? -static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  if (x >= 10'000'000'000'000'000) return std::to_chars(to, to + 24, x).ptr;
  const __m128i digits = sixteen_digits(x);
  const int zeros = _mm_movemask_epi8(_mm_cmpeq_epi8(digits, _mm_setzero_si128()));
  const int left_out = std::countr_zero(~static_cast<unsigned>(zeros) | 1U << 15);
  const __m128i places = _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const __m128i moved = _mm_add_epi8(places, _mm_set1_epi8(static_cast<char>(left_out)));
  const __m128i text = _mm_shuffle_epi8(_mm_or_si128(digits, _mm_set1_epi8('0')), moved);
  _mm_storeu_si128(reinterpret_cast<__m128i*>(to), text);
  return to + 16 - left_out;
}

char* wide(const char* line, const char* end, char* to) {
  alignas(64) std::int64_t column[kRows];
  std::size_t rows = 0;
  const auto pass = [&] {
    for (const auto& agent : agents) agent(column, rows);
    for (std::size_t i = 0; i < rows; ++i) {
      to = int_to_digits(column[i], to);
      *to++ = '\n';
    }
    rows = 0;
  };
  for (const char* at = line; at < end; at += 32) {
    const __m256i part = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
    auto newlines =
        static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(part, _mm256_set1_epi8('\n'))));
    if (end - at < 32) newlines &= (1U << (end - at)) - 1;
    for (; newlines != 0; newlines &= newlines - 1) {
      const char* const newline = at + std::countr_zero(newlines);
      column[rows++] = digits_to_int(line, newline);
      line = newline + 1;
      if (rows == kRows) pass();
    }
  }
  pass();
  return to;
}

#else
constexpr auto wide = standard;
#endif

}  // namespace

int main(int argc, char** argv) {
  each_block(argc == 2 && std::strcmp(argv[1], "wide") == 0 ? wide : standard);
  return 0;
}
