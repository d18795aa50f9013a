// Looking into JSON text that flux has checked already: the members of an object, the
// elements of an array, the text of a string. For the few agents that take whole
// events; those that know what they want name it in describe(flux::Ports&), and flux
// finds it faster.
//
// Pure functions, safe from any thread. REQUIRES everywhere: the text is one valid
// JSON value without white space around it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "value.hpp"

namespace flux {

inline bool is_string(Json json) { return json.text.front() == '"'; }
inline bool is_object(Json json) { return json.text.front() == '{'; }
inline bool is_array(Json json) { return json.text.front() == '['; }

// Puts the text of a string behind `to`, its escapes undone. REQUIRES: is_string().
void append_text(Json string, std::string& to);
inline std::string text_of(Json string) {
  std::string text;
  append_text(string, text);
  return text;
}

// Calls each(name, value) for the members of an object in their order; the name is a
// string as it stands. REQUIRES: is_object().
template <class F>
void each_member(Json object, F each);

// Calls each(value) for the elements of an array. REQUIRES: is_array().
template <class F>
void each_element(Json array, F each);

// The value at `path`, a view into `json`; the last of duplicate keys.
std::optional<Json> find(Json json, const Member& path);

// What a character is in UTF-8.
void append_utf8(char32_t character, std::string& to);

namespace detail {

// A place in valid JSON text.
class JsonCursor {
 public:
  explicit JsonCursor(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

  char peek() {
    while (*at_ == ' ' || *at_ == '\t' || *at_ == '\r' || *at_ == '\n') ++at_;
    return *at_;
  }
  void step() { ++at_; }

  Json value() {
    peek();
    const char* const begin = at_;
    skip();
    return {{begin, static_cast<std::size_t>(at_ - begin)}};
  }

 private:
  void skip() {
    if (*at_ == '"') return skip_string();
    if (*at_ != '{' && *at_ != '[') {
      while (!is_end_of_scalar(*at_)) ++at_;
      return;
    }
    std::size_t depth = 0;
    do {
      if (*at_ == '"') {
        skip_string();
        continue;
      }
      if (*at_ == '{' || *at_ == '[') ++depth;
      if (*at_ == '}' || *at_ == ']') --depth;
      ++at_;
    } while (depth != 0);
  }
  void skip_string() {
    for (++at_;; at_ += 2) {
      at_ += size_up_to_mark();
      if (*at_ == '"') break;
    }
    ++at_;
  }
  // How many bytes come before the next quote or backslash: eight at a time, while there are as many.
  std::size_t size_up_to_mark() const {
    const char* at = at_;
    for (; end_ - at >= 8; at += 8) {
      std::uint64_t block;
      std::memcpy(&block, at, 8);
      constexpr std::uint64_t kOnes = 0x0101010101010101;
      // The high bit of a byte says "is zero": exact up to the first such byte.
      const auto zeros = [](std::uint64_t bytes) { return (bytes - kOnes) & ~bytes & (kOnes * 0x80); };
      if ((zeros(block ^ kOnes * '"') | zeros(block ^ kOnes * '\\')) != 0) break;
    }
    while (*at != '"' && *at != '\\') ++at;
    return static_cast<std::size_t>(at - at_);
  }
  static bool is_end_of_scalar(char c) { return c == ',' || c == '}' || c == ']' || c <= ' '; }

  const char* at_;
  const char* end_;
};

inline char32_t hex4(std::string_view digits) {
  char32_t number = 0;
  for (const char c : digits.substr(0, 4)) {
    const int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
    number = number * 16 + static_cast<char32_t>(digit);
  }
  return number;
}

}  // namespace detail

template <class F>
void each_member(Json object, F each) {
  detail::JsonCursor cursor(object.text);
  cursor.step();
  while (cursor.peek() != '}') {
    const Json name = cursor.value();
    cursor.peek();
    cursor.step();  // the colon
    each(name, cursor.value());
    if (cursor.peek() == ',') cursor.step();
  }
}

template <class F>
void each_element(Json array, F each) {
  detail::JsonCursor cursor(array.text);
  cursor.step();
  while (cursor.peek() != ']') {
    each(cursor.value());
    if (cursor.peek() == ',') cursor.step();
  }
}

inline std::optional<Json> find(Json json, const Member& path) {
  for (const std::string& name : path.names) {
    if (!is_object(json)) return {};
    std::optional<Json> found;
    each_member(json, [&](Json key, Json value) {
      const std::string_view raw = key.text.substr(1, key.text.size() - 2);
      const bool has_escapes = raw.find('\\') != std::string_view::npos;
      if (has_escapes ? text_of(key) == name : raw == name) found = value;
    });
    if (!found) return {};
    json = *found;
  }
  return json;
}

inline void append_utf8(char32_t character, std::string& to) {
  const auto put = [&to](char32_t byte) { to += static_cast<char>(byte); };
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
}

inline void append_text(Json string, std::string& to) {
  std::string_view rest = string.text.substr(1, string.text.size() - 2);
  for (;;) {
    const std::size_t plain = rest.find('\\');
    to += rest.substr(0, plain);
    if (plain == std::string_view::npos) return;
    const char letter = rest[plain + 1];
    rest.remove_prefix(plain + 2);
    if (letter != 'u') {
      constexpr std::string_view kLetters = "bfnrt";
      const std::size_t which = kLetters.find(letter);
      to += which == std::string_view::npos ? letter : "\b\f\n\r\t"[which];
      continue;
    }
    char32_t character = detail::hex4(rest);
    rest.remove_prefix(4);
    if (character >= 0xD800 && character < 0xDC00) {  // valid text has the other half here
      character = 0x10000 + ((character - 0xD800) << 10) + (detail::hex4(rest.substr(2)) - 0xDC00);
      rest.remove_prefix(6);
    }
    append_utf8(character, to);
  }
}

}  // namespace flux
