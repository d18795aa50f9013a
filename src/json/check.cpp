// One pass from left to right, so that the flaw it finds is the first one. Every
// step either moves on or notes the flaw and returns false. Nothing is recursive:
// the open brackets are a stack of their own.
#include "json/check.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "core/error.hpp"
#include "json/escapes.hpp"
#include "json/grammar.hpp"
#include "json/number.hpp"

namespace flux::json {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Length of the UTF-8 sequence at the start of `text`, which is not empty; 0 if it
// is none: cut short, overlong, a surrogate, or beyond U+10FFFF.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() < size) return 0;
  for (std::size_t i = 1; i < size; ++i)
    if ((byte(i) & 0xC0) != 0x80) return 0;
  if ((lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) > 0x9F)) return 0;
  if ((lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) > 0x8F)) return 0;
  return size;
}

// How many bytes at the start of `text` mean themselves in a string: ASCII, but no
// control characters, quotes and backslashes.
std::size_t plain_size(std::string_view text) {
  std::size_t at = 0;
#ifdef __SSE2__
  for (; text.size() - at >= 16; at += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    // As signed bytes, what is not ASCII is below the space too.
    const __m128i low = _mm_cmplt_epi8(block, _mm_set1_epi8(' '));
    const __m128i quote = _mm_cmpeq_epi8(block, _mm_set1_epi8('"'));
    const __m128i backslash = _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'));
    const int found = _mm_movemask_epi8(_mm_or_si128(low, _mm_or_si128(quote, backslash)));
    if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(found)));
  }
#endif
  const auto is_plain = [](char c) { return static_cast<signed char>(c) >= ' ' && c != '"' && c != '\\'; };
  while (at < text.size() && is_plain(text[at])) ++at;
  return at;
}

class Checker {
 public:
  explicit Checker(std::string_view text) : text_(text) {}

  std::optional<Flaw> run() {
    if (document()) return std::nullopt;
    return std::move(flaw_);
  }

 private:
  bool document() {
    if (!value()) return false;
    while (depth_ > 0)
      if (!after_value()) return false;
    skip_white_space();
    return at_ == text_.size() || expected("nothing after the value");
  }

  // A scalar, or an opening bracket and what must follow it up to the first scalar.
  bool value() {
    for (;;) {
      skip_white_space();
      const char c = peek();
      if (c != '{' && c != '[') return scalar();
      if (depth_ == kMaxDepth) return wrong(at_, fmt::format("nested deeper than {}", kMaxDepth));
      ++at_;
      closing_[depth_++] = c == '{' ? '}' : ']';
      skip_white_space();
      if (peek() == closing_[depth_ - 1]) return true;  // empty; after_value() closes it
      if (c == '{' && !key("a member name in double quotes or '}'")) return false;
    }
  }

  // Inside a container, behind a value or its opening bracket.
  bool after_value() {
    skip_white_space();
    const char closing = closing_[depth_ - 1];
    if (peek() == closing) {
      ++at_;
      --depth_;
      return true;
    }
    if (peek() != ',') return expected(closing == '}' ? "',' or '}'" : "',' or ']'");
    ++at_;
    skip_white_space();
    if (closing == '}' && !key("a member name in double quotes")) return false;
    return value();
  }

  bool key(std::string_view what) {
    if (peek() != '"') return expected(what);
    if (!string()) return false;
    skip_white_space();
    if (peek() != ':') return expected("':' after the member name");
    ++at_;
    return true;
  }

  bool scalar() {
    const char c = peek();
    if (c == '"') return string();
    if (c == '-' || (c >= '0' && c <= '9')) return number();
    std::size_t end = at_;
    while (end < text_.size() && is_word(text_[end])) ++end;
    const std::string_view word = text_.substr(at_, end - at_);
    if (word != "true" && word != "false" && word != "null") return expected("a value");
    at_ = end;
    return true;
  }

  bool number() {
    const NumberScan scan = scan_number(text_.substr(at_));
    at_ += scan.size;
    switch (scan.flaw) {
      case NumberFlaw::none:
        return true;
      case NumberFlaw::leading_zero:
        return wrong(at_, "leading zeros are not allowed");
      case NumberFlaw::no_digit:
        return expected("a digit after '-'");
      case NumberFlaw::no_fraction:
        return expected("a digit after the decimal point");
      case NumberFlaw::no_exponent:
        return expected("a digit in the exponent");
    }
    return false;
  }

  bool string() {
    const std::size_t opening = at_++;
    for (;;) {
      at_ += plain_size(text_.substr(at_));
      if (at_ == text_.size()) break;
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        return true;
      }
      if (static_cast<unsigned char>(c) < 0x20) return wrong(at_, control_character());
      const std::string_view rest = text_.substr(at_);
      if (rest == "\\") break;
      const std::size_t size = c == '\\' ? read_escape(rest).size : sequence_length(rest);
      if (size == 0) return wrong(at_, c == '\\' ? bad_escape(rest) : "not valid UTF-8");
      at_ += size;
    }
    return wrong(opening, "the string is not closed");
  }

  std::string control_character() const {
    return fmt::format("a control character must be written as an escape, found {}",
                       printable(text_.substr(at_, 1)));
  }

  // `rest` starts with a backslash that does not start an escape.
  static std::string bad_escape(std::string_view rest) {
    if (rest[1] != 'u')
      return fmt::format("no such escape: '\\{}'", printable(rest.substr(1, utf8_size(rest))));
    const auto is_hex = [](char c) {
      return std::string_view("0123456789abcdefABCDEF").find(c) != std::string_view::npos;
    };
    const std::string_view digits = rest.substr(2, 4);
    if (digits.size() < 4 || !std::all_of(digits.begin(), digits.end(), is_hex))
      return "expected four hex digits after '\\u'";
    return fmt::format("'{}' is half of a surrogate pair, its other half is missing", rest.substr(0, 6));
  }

  // Bytes of the character behind the backslash; one if it is none.
  static std::size_t utf8_size(std::string_view rest) {
    return std::max<std::size_t>(sequence_length(rest.substr(1)), 1);
  }

  void skip_white_space() {
    while (at_ < text_.size() && is_white_space(text_[at_])) ++at_;
  }

  // The byte at hand; at the end a NUL, which no rule accepts either.
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  // The word, the character or the end that stands at at_, for people.
  std::string found() const {
    constexpr std::size_t kLongestWord = 20;
    if (at_ == text_.size()) return "the end";
    std::size_t end = at_;
    while (end < text_.size() && is_word(text_[end])) ++end;
    if (end == at_) end += std::max<std::size_t>(sequence_length(text_.substr(at_)), 1);
    return fmt::format("'{}'", printable(text_.substr(at_, end - at_), kLongestWord));
  }

  bool expected(std::string_view what) {
    if (at_ < text_.size() && sequence_length(text_.substr(at_)) == 0) return wrong(at_, "not valid UTF-8");
    return wrong(at_, fmt::format("expected {}, found {}", what, found()));
  }

  bool wrong(std::size_t offset, std::string reason) {
    flaw_ = {offset, std::move(reason)};
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::array<char, kMaxDepth> closing_;  // of every open container, outermost first
  unsigned depth_ = 0;
  Flaw flaw_{};
};

}  // namespace

std::optional<Flaw> find_flaw(std::string_view text) { return Checker(text).run(); }

}  // namespace flux::json
