#include "escapes.hpp"

#include <flux/json_reader.hpp>

#include "digits.hpp"

namespace {

constexpr char32_t kReplacement = 0xFFFD;

// The number of `count` hex digits behind the letter of an escape; -1: none.
int number_of(std::string_view text, std::size_t count) {
  const std::string_view digits = text.substr(2, count);
  return digits.size() == count ? hex_number(digits) : -1;
}

bool is_high(int unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(int unit) { return unit >= 0xDC00 && unit < 0xE000; }

// \uXXXX, or two of them that are one character.
std::size_t append_unit(std::string_view text, std::string& to) {
  constexpr std::size_t kSize = 6;
  const int unit = number_of(text, 4);
  if (unit < 0) return 0;
  if (is_high(unit) && text.substr(kSize, 2) == "\\u") {
    const int low = number_of(text.substr(kSize), 4);
    if (is_low(low)) {
      flux::append_utf8(static_cast<char32_t>(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)), to);
      return 2 * kSize;
    }
  }
  const bool is_half = is_high(unit) || is_low(unit);
  flux::append_utf8(is_half ? kReplacement : static_cast<char32_t>(unit), to);
  return kSize;
}

}  // namespace

std::size_t append_escape(std::string_view text, std::string& to) {
  if (text.size() < 2) return 0;
  switch (text[1]) {
    case 'u':
      return append_unit(text, to);
    case 'U': {
      const int character = text.size() > 2 && text[2] == '0' ? number_of(text, 8) : -1;
      if (character < 0) return 0;
      const bool is_none = character > 0x10FFFF || is_high(character) || is_low(character);
      flux::append_utf8(is_none ? kReplacement : static_cast<char32_t>(character), to);
      return 10;
    }
    case 'x': {
      const int byte = number_of(text, 2);
      if (byte < 0) return 0;
      flux::append_utf8(byte < 0x80 ? static_cast<char32_t>(byte) : kReplacement, to);
      return 4;
    }
    default:
      break;
  }
  constexpr std::string_view kLetters = "\"\\/'abfnrtv";
  const std::size_t which = kLetters.find(text[1]);
  if (which == std::string_view::npos) return 0;
  to += "\"\\/'\a\b\f\n\r\t\v"[which];
  return 2;
}
