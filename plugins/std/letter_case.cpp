#include "letter_case.hpp"

#include <cstddef>

namespace {

// Letters that have another case. Where `shift` is not 0: upper case letters, each
// with its lower case `shift` further on. Where it is 0: pairs side by side, first
// the upper case, then the lower.
struct CaseRange {
  char32_t first;
  char32_t last;
  char32_t shift;
};

// In order.
constexpr CaseRange kRanges[] = {
    {U'A', U'Z', 32},      // ASCII
    {0x00C0, 0x00D6, 32},  // Latin-1
    {0x00D8, 0x00DE, 32},  // Latin-1, past the multiplication sign
    {0x0100, 0x012F, 0},   // Latin Extended-A
    {0x0132, 0x0137, 0},   // past the dotted and dotless i
    {0x0139, 0x0148, 0},   // past kra
    {0x014A, 0x0177, 0},   //
    {0x0179, 0x017E, 0},   //
    {0x0386, 0x0386, 38},  // Greek with tonos
    {0x0388, 0x038A, 37},  //
    {0x038C, 0x038C, 64},  //
    {0x038E, 0x038F, 63},  //
    {0x0391, 0x03A1, 32},  // Greek
    {0x03A3, 0x03AB, 32},  //
    {0x0400, 0x040F, 80},  // Cyrillic
    {0x0410, 0x042F, 32},  //
    {0x0460, 0x0481, 0},   // historic Cyrillic
    {0x048A, 0x04BF, 0},   // extended Cyrillic
    {0x04C0, 0x04C0, 15},  // palochka
    {0x04C1, 0x04CE, 0},   //
    {0x04D0, 0x052F, 0},   //
};

char32_t upper(char32_t letter) {
  // Of these the upper case is one that has another lower case.
  if (letter == 0x00B5) return 0x039C;  // micro sign
  if (letter == 0x00FF) return 0x0178;  // y with diaeresis
  if (letter == 0x0131) return U'I';    // dotless i
  if (letter == 0x017F) return U'S';    // long s
  if (letter == 0x03C2) return 0x03A3;  // final sigma
  for (const CaseRange& range : kRanges) {
    if (range.shift != 0 && letter >= range.first + range.shift && letter <= range.last + range.shift) {
      return letter - range.shift;
    }
    if (range.shift == 0 && letter >= range.first && letter <= range.last) {
      return letter - ((letter - range.first) % 2);
    }
  }
  return letter;
}

char32_t lower(char32_t letter) {
  if (letter == 0x0130) return U'i';    // dotted I
  if (letter == 0x0178) return 0x00FF;  // Y with diaeresis
  for (const CaseRange& range : kRanges) {
    if (letter < range.first) return letter;
    if (letter > range.last) continue;
    if (range.shift != 0) return letter + range.shift;
    return letter + (1 - (letter - range.first) % 2);
  }
  return letter;
}

template <char32_t (*Change)(char32_t)>
std::string changed(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    // All letters of kRanges are of one byte or two.
    if (byte < 0x80) {
      result += static_cast<char>(Change(byte));
      continue;
    }
    if (byte < 0xC0 || byte >= 0xE0) {
      result += text[i];
      continue;
    }
    const char32_t letter = Change((byte & 0x1Fu) << 6 | (static_cast<unsigned char>(text[++i]) & 0x3Fu));
    if (letter < 0x80) {
      result += static_cast<char>(letter);
      continue;
    }
    result += static_cast<char>(0xC0 | letter >> 6);
    result += static_cast<char>(0x80 | (letter & 0x3F));
  }
  return result;
}

}  // namespace

std::string to_upper(std::string_view text) { return changed<upper>(text); }
std::string to_lower(std::string_view text) { return changed<lower>(text); }
