#include "json/scan.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <bit>
#include <cstring>
#include <string_view>

#include "json/check.hpp"
#include "json/escapes.hpp"
#include "json/nesting.hpp"
#include "json/number.hpp"
#include "json/string.hpp"

namespace flux::json {
namespace {

// Whether a string may go on with this byte, and nothing else has to be looked at.
bool is_plain_byte(char c) { return static_cast<signed char>(c) >= ' ' && c != '"' && c != '\\'; }

const char* skip_plain_bytes(const char* p) {
#ifdef __SSE2__
  for (;; p += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    const __m128i low = _mm_cmplt_epi8(bytes, _mm_set1_epi8(' '));  // not ASCII is negative
    const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    const __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    const __m128i other = _mm_or_si128(_mm_or_si128(low, quote), backslash);
    const auto bits = static_cast<unsigned>(_mm_movemask_epi8(other));
    if (bits != 0) return p + std::countr_zero(bits);
  }
#else
  while (is_plain_byte(*p)) ++p;
  return p;
#endif
}

// `p`: behind the opening quote. Behind the closing one; null if the string is none.
const char* end_of_string(const char* p, const char* end) {
  const char* const begin = p;
  bool is_ascii = true;
  for (;;) {
    p = skip_plain_bytes(p);
    // Where one is, the next one is near.
    for (int i = 0; i < 8 && !is_plain_byte(*p); ++i) {
      if (*p == '"') {
        const std::string_view inside(begin, static_cast<std::size_t>(p - begin));
        return is_ascii || is_utf8(inside) ? p + 1 : nullptr;
      }
      if (*p == '\\') {
        const std::size_t size = read_escape({p, static_cast<std::size_t>(end - p)}).size;
        if (size == 0) return nullptr;
        p += size;
      } else if (static_cast<unsigned char>(*p) < ' ') {
        return nullptr;
      } else {
        is_ascii = false;
        ++p;
      }
    }
  }
}

std::size_t scan_word(std::string_view text, std::size_t at, std::string_view word) {
  return text.substr(at, word.size()) == word ? at + word.size() : 0;
}

}  // namespace

std::size_t scan_value(std::string_view text, std::size_t at) {
  switch (text[at]) {
    case '"': {
      const char* const end = end_of_string(text.data() + at + 1, text.data() + text.size());
      return end == nullptr ? 0 : static_cast<std::size_t>(end - text.data());
    }
    case '{':
    case '[': {
      const std::size_t end = find_close(text, at);
      return end != 0 && is_value(text.substr(at, end - at)) ? end : 0;
    }
    case 't':
      return scan_word(text, at, "true");
    case 'f':
      return scan_word(text, at, "false");
    case 'n':
      return scan_word(text, at, "null");
    default: {
      const NumberScan number = scan_number(text.substr(at));
      return number.flaw == NumberFlaw::none ? at + number.size : 0;
    }
  }
}

std::size_t find_string_end(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] != '"') {
    if (text[at] == '\\') ++at;
    ++at;
    if (at < text.size() && is_plain_byte(text[at]))
      at = static_cast<std::size_t>(skip_plain_bytes(text.data() + at) - text.data());
  }
  return at < text.size() ? at + 1 : 0;
}

}  // namespace flux::json
