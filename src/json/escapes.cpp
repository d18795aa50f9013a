#include "json/escapes.hpp"

#include <array>
#include <bit>

namespace flux::json {
namespace {

constexpr std::string_view kLetters = "\"\\/bfnrt";
constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";

// What the letter behind a backslash means; 0: nothing.
constexpr auto kMeaningOf = [] {
  std::array<char, 256> meaning{};
  for (std::size_t i = 0; i < kLetters.size(); ++i)
    meaning[static_cast<unsigned char>(kLetters[i])] = kMeanings[i];
  return meaning;
}();

constexpr auto kHexDigit = [] {  // -1: none
  std::array<std::int8_t, 256> digit{};
  digit.fill(-1);
  for (std::size_t i = 0; i < 16; ++i)
    for (const std::string_view digits : {"0123456789abcdef", "0123456789ABCDEF"})
      digit[static_cast<unsigned char>(digits[i])] = static_cast<std::int8_t>(i);
  return digit;
}();

// The number that the four hex digits at `p` spell, or less than 0.
inline int read_hex4(const char* p) {
  const auto digit = [p](int i) { return int{kHexDigit[static_cast<unsigned char>(p[i])]}; };
  return digit(0) * 0x1000 | digit(1) * 0x100 | digit(2) * 0x10 | digit(3);
}

bool is_surrogate(int unit) { return (unit & 0xF800) == 0xD800; }

// \n or \u00e9, but not half of a pair. Which of them varies from one to the next, so there
// is no branch on it. REQUIRES: 6 bytes readable.
inline bool is_single(const char* p) {
  const int unit = read_hex4(p + 2);
  const bool is_unit = (p[1] == 'u') & (unit >= 0) & !is_surrogate(unit);
  return (kMeaningOf[static_cast<unsigned char>(p[1])] != 0) | is_unit;
}

}  // namespace

int hex_digit(char c) { return kHexDigit[static_cast<unsigned char>(c)]; }

Escape read_escape(std::string_view text) {
  constexpr Escape kNone{0, 0};
  if (text.size() < 2) return kNone;
  if (text[1] != 'u') {
    const char meaning = kMeaningOf[static_cast<unsigned char>(text[1])];
    return meaning == 0 ? kNone : Escape{static_cast<char32_t>(meaning), 2};
  }
  const int unit = text.size() < 6 ? -1 : read_hex4(text.data() + 2);
  if (unit < 0 || (unit >= 0xDC00 && unit < 0xE000)) return kNone;
  if (!is_surrogate(unit)) return {static_cast<char32_t>(unit), 6};

  if (text.substr(6, 2) != "\\u" || text.size() < 12) return kNone;
  const int low = read_hex4(text.data() + 8);
  if (low < 0xDC00 || low >= 0xE000) return kNone;
  return {static_cast<char32_t>(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)), 12};
}

// An escape that runs over `end` is no valid one: a newline stands there.
bool are_escapes_valid(const char* chunk, std::uint32_t from, std::uint32_t end, const LineIndex& lines) {
  std::uint64_t is_seen = (std::uint64_t{1} << from % 64) - 1;  // of the bits of a word
  for (std::uint32_t word = from / 64; word * 64 < end; ++word) {
    std::uint64_t bits = lines.backslashes(word) & ~is_seen;
    is_seen = 0;
    while (bits != 0) {
      const auto bit = static_cast<unsigned>(std::countr_zero(bits));
      const std::uint32_t at = word * 64 + bit;
      if (at >= end) return true;
      std::uint64_t own = 0b11;  // a second backslash may stand behind the first
      if (!is_single(chunk + at)) {
        if (read_escape({chunk + at, end - at}).size == 0) return false;
        own |= 1 << 6;  // or in the middle of a pair
      }
      bits &= ~(own << bit);
      is_seen |= own >> 1 >> (63 - bit);
    }
  }
  return true;
}

}  // namespace flux::json
