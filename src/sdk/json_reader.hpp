// Looks into JSON text: the members of an object one after the other, and what a
// string says. For agents that take flux::Json and want more of it than the members
// that flux can take out for them.
//
//   for (flux::JsonMembers member(event); member.next();)
//     if (member.is_called("user")) return member.value();
//
// flux has checked the text of every flux::Json that it hands out, so that nothing is
// checked here again. REQUIRES, everywhere: valid JSON.
//
// Thread safety: none needed; reads only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "value.hpp"

namespace flux {

namespace detail {

constexpr bool is_json_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

inline std::size_t skip_json_space(std::string_view text, std::size_t at) {
  while (is_json_space(text[at])) ++at;
  return at;
}

// `at`: the opening quote; returns the offset behind the closing one.
inline std::size_t skip_json_string(std::string_view text, std::size_t at) {
  for (++at; text[at] != '"'; ++at)
    if (text[at] == '\\') ++at;
  return at + 1;
}

// `at`: the first byte of a value; returns the offset behind its last one.
inline std::size_t skip_json_value(std::string_view text, std::size_t at) {
  if (text[at] == '"') return skip_json_string(text, at);
  if (text[at] != '{' && text[at] != '[') {
    while (at < text.size() && text[at] != ',' && text[at] != '}' && text[at] != ']' &&
           !is_json_space(text[at])) {
      ++at;
    }
    return at;
  }
  std::size_t depth = 0;
  do {
    const char c = text[at];
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    at = c == '"' ? skip_json_string(text, at) : at + 1;
  } while (depth != 0);
  return at;
}

inline std::uint32_t hex_of(std::string_view digits) {
  std::uint32_t value = 0;
  for (const char digit : digits.substr(0, 4)) {
    const auto letter = static_cast<std::uint32_t>((digit | 0x20) - 'a' + 10);
    value = value << 4 | (digit <= '9' ? static_cast<std::uint32_t>(digit - '0') : letter);
  }
  return value;
}

inline void put_utf8(std::string& out, std::uint32_t point) {
  const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
  const auto put_rest = [&](int shift) { put(0x80 | (point >> shift & 0x3F)); };
  if (point < 0x80) return put(point);
  if (point < 0x800) {
    put(0xC0 | point >> 6);
    return put_rest(0);
  }
  if (point < 0x10000) {
    put(0xE0 | point >> 12);
  } else {
    put(0xF0 | point >> 18);
    put_rest(12);
  }
  put_rest(6);
  put_rest(0);
}

// `raw`: what stands behind a backslash; adds what it says, and returns its size.
inline std::size_t put_unescaped(std::string& out, std::string_view raw) {
  constexpr std::string_view kLetters = "bfnrt";
  constexpr std::string_view kSaid = "\b\f\n\r\t";
  if (raw[0] != 'u') {
    const std::size_t index = kLetters.find(raw[0]);
    out += index == std::string_view::npos ? raw[0] : kSaid[index];
    return 1;
  }
  const std::uint32_t unit = hex_of(raw.substr(1));
  const bool is_pair = unit >= 0xD800 && unit < 0xDC00;
  if (!is_pair) {
    put_utf8(out, unit);
    return 5;
  }
  put_utf8(out, 0x10000 + ((unit - 0xD800) << 10) + (hex_of(raw.substr(7)) - 0xDC00));
  return 11;
}

}  // namespace detail

// What stands between the quotes of a string, escapes undone: `raw` itself where there
// is none, else in `scratch`.
inline std::string_view unescaped(std::string_view raw, std::string& scratch) {
  std::size_t escape = raw.find('\\');
  if (escape == std::string_view::npos) return raw;
  scratch.clear();
  std::size_t copied = 0;
  for (; escape != std::string_view::npos; escape = raw.find('\\', copied)) {
    scratch.append(raw, copied, escape - copied);
    copied = escape + 1;
    copied += detail::put_unescaped(scratch, raw.substr(copied));
  }
  scratch.append(raw, copied);
  return scratch;
}

// What a string says, escapes undone; of any other value, its text.
inline std::string_view said(Json value, std::string& scratch) {
  if (value.text.front() != '"') return value.text;
  return unescaped(value.text.substr(1, value.text.size() - 2), scratch);
}

inline bool is_object(Json value) { return value.text.front() == '{'; }

class JsonMembers {
 public:
  // REQUIRES: is_object(object); its text outlives this.
  explicit JsonMembers(Json object) : text_(object.text) {}

  // Moves on to the next member; false when there is none left.
  bool next() {
    std::size_t at = detail::skip_json_space(text_, value_end_);
    if (text_[at] == '}') return false;
    if (text_[at] == ',') at = detail::skip_json_space(text_, at + 1);
    key_begin_ = at;
    key_end_ = detail::skip_json_string(text_, at);
    const std::size_t colon = detail::skip_json_space(text_, key_end_);
    value_begin_ = detail::skip_json_space(text_, colon + 1);
    value_end_ = detail::skip_json_value(text_, value_begin_);
    return true;
  }

  // Of the member at hand: its key between the quotes, escapes as they stand; its value.
  std::string_view raw_key() const { return text_.substr(key_begin_ + 1, key_end_ - key_begin_ - 2); }
  Json value() const { return {text_.substr(value_begin_, value_end_ - value_begin_)}; }

  // Whether its key, escapes undone, reads `name`.
  bool is_called(std::string_view name) const {
    const std::string_view raw = raw_key();
    if (raw.find('\\') == std::string_view::npos) return raw == name;
    std::string scratch;
    return unescaped(raw, scratch) == name;
  }

  // Offsets in the text of the object, of the key with its quotes and of the value.
  std::size_t key_begin() const { return key_begin_; }
  std::size_t key_end() const { return key_end_; }
  std::size_t value_begin() const { return value_begin_; }
  // Before the first next(): the byte behind the opening brace.
  std::size_t value_end() const { return value_end_; }

 private:
  std::string_view text_;
  std::size_t key_begin_ = 0, key_end_ = 0, value_begin_ = 0;
  std::size_t value_end_ = 1;
};

}  // namespace flux
