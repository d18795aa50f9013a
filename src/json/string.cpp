// Most strings have no escapes: both directions copy whole stretches and look at
// single bytes only where they must.
#include "json/string.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "json/escapes.hpp"

namespace flux::json {
namespace {

char* put_utf8(char* out, char32_t character) {
  const auto put = [&out](char32_t byte) { *out++ = static_cast<char>(byte); };
  const auto tail = [&](int shift) { put(0x80 | (character >> shift & 0x3F)); };
  if (character < 0x80) {
    put(character);
  } else if (character < 0x800) {
    put(0xC0 | character >> 6);
    tail(0);
  } else if (character < 0x10000) {
    put(0xE0 | character >> 12);
    tail(6);
    tail(0);
  } else {
    put(0xF0 | character >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
  return out;
}

// What follows the backslash when a byte must be escaped; 0: it need not.
constexpr auto kEscapeOf = [] {
  std::array<char, 256> escape{};
  for (std::size_t c = 0; c < 0x20; ++c) escape[c] = 'u';
  escape['"'] = '"';
  escape['\\'] = '\\';
  escape['\b'] = 'b';
  escape['\f'] = 'f';
  escape['\n'] = 'n';
  escape['\r'] = 'r';
  escape['\t'] = 't';
  return escape;
}();

char* put_char(char* out, char c) {
  const char escape = kEscapeOf[static_cast<unsigned char>(c)];
  if (escape == 0) {
    *out++ = c;
    return out;
  }
  *out++ = '\\';
  *out++ = escape;
  if (escape != 'u') return out;
  *out++ = '0';
  *out++ = '0';
  *out++ = static_cast<char>('0' + (c >> 4));
  *out++ = "0123456789abcdef"[c & 0xF];
  return out;
}

// Copies blocks of bytes until one of them holds a byte that needs an escape, or
// less than a block is left. Returns how many bytes were copied and are right; the
// ones behind them in `out` are written to, never beyond `size`.
std::size_t copy_plain(char* out, const char* text, std::size_t size) {
  std::size_t at = 0;
#ifdef __SSE2__
  for (; size - at >= 16; at += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + at));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out + at), block);
    const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(block, _mm_set1_epi8(0x1F)), block);
    const __m128i quote = _mm_cmpeq_epi8(block, _mm_set1_epi8('"'));
    const __m128i backslash = _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'));
    const int found = _mm_movemask_epi8(_mm_or_si128(control, _mm_or_si128(quote, backslash)));
    if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(found)));
  }
#endif
  for (; size - at >= 8; at += 8) {
    std::uint64_t block;
    std::memcpy(&block, text + at, 8);
    std::memcpy(out + at, &block, 8);
    // The high bit of a byte says "less than": exact up to the first such byte, and
    // any such byte ends the loop.
    constexpr std::uint64_t kOnes = 0x0101010101010101;
    const auto below = [](std::uint64_t bytes, std::uint64_t limit) {
      return (bytes - kOnes * limit) & ~bytes & (kOnes * 0x80);
    };
    const std::uint64_t found =
        below(block, 0x20) | below(block ^ kOnes * '"', 1) | below(block ^ kOnes * '\\', 1);
    if (found != 0) return at;
  }
  return at;
}

}  // namespace

std::size_t unescape(std::string_view raw, char* out) {
  char* const begin = out;
  while (!raw.empty()) {
    const std::size_t plain = std::min(raw.find('\\'), raw.size());
    std::memcpy(out, raw.data(), plain);
    out += plain;
    raw.remove_prefix(plain);
    if (raw.empty()) break;
    const Escape escape = read_escape(raw);
    out = put_utf8(out, escape.character);
    raw.remove_prefix(escape.size);
  }
  return static_cast<std::size_t>(out - begin);
}

std::string_view unescape(std::string_view raw, Arena& arena) {
  if (raw.find('\\') == std::string_view::npos) return raw;
  char* const out = arena.array<char>(raw.size()).data();
  return {out, unescape(raw, out)};
}

char* put_string(char* out, std::string_view utf8) {
  const char* p = utf8.data();
  const char* const end = p + utf8.size();
  *out++ = '"';
  while (p < end) {
    const std::size_t plain = copy_plain(out, p, static_cast<std::size_t>(end - p));
    p += plain;
    out += plain;
    // Up to the next plain stretch, or to the end.
    for (int i = 0; i < 8 && p < end; ++i) out = put_char(out, *p++);
  }
  *out++ = '"';
  return out;
}

std::string quote(std::string_view utf8) {
  std::string text(escaped_size_bound(utf8.size()), '\0');
  text.resize(static_cast<std::size_t>(put_string(text.data(), utf8) - text.data()));
  return text;
}

bool is_utf8(std::string_view text) {
  constexpr std::size_t kShort = 32;  // a call through the dispatcher costs more than this loop
  if (text.size() <= kShort) {
    const auto is_ascii = [](char c) { return static_cast<signed char>(c) >= 0; };
    if (std::all_of(text.begin(), text.end(), is_ascii)) return true;
  }
  return simdjson::validate_utf8(text.data(), text.size());
}

}  // namespace flux::json
