// JSON text put together piece by piece, for results that are flux::JsonText or
// flux::Json.
//
//   flux::JsonWriter json;
//   json.begin_object();
//   json.key("user");
//   json.value("Ann");
//   json.end_object();
//   return flux::JsonText{json.take()};   // {"user":"Ann"}
//
// Commas are put where they belong; that begins and ends pair up is the caller's to
// see to. Numbers are written as flux writes them.
//
// Thread safety: none; a plain value.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "column.hpp"
#include "record.hpp"
#include "value.hpp"

namespace flux {

class JsonWriter {
 public:
  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }

  // Of the member whose value comes next.
  void key(std::string_view name) {
    separate();
    put_string(name);
    put(':');
    needs_comma_ = false;
  }

  // REQUIRES: valid UTF-8; flux fails the event otherwise.
  void value(std::string_view text) {
    separate();
    put_string(text);
  }
  void value(const char* text) { value(std::string_view(text)); }
  // A value that is JSON text already.
  void value(Json json) {
    separate();
    put(json.text);
  }
  void value(const JsonText& json) { value(Json{json.text}); }
  void value(std::nullptr_t) { value(Json{"null"}); }
  // A template, so that nothing becomes a bool or an int by conversion.
  template <std::integral T>
  void value(T number) {
    if constexpr (std::same_as<T, bool>) {
      value(Json{number ? "true" : "false"});
    } else {
      char digits[24];
      const char* end = std::to_chars(digits, digits + sizeof digits, number).ptr;
      value(Json{{digits, static_cast<std::size_t>(end - digits)}});
    }
  }
  // An object of the members that FLUX_RECORD lists; an empty optional is left out.
  template <detail::Record R>
  void value(const R& record) {
    begin_object();
    const auto put = [&](const auto& member) {
      this->member(detail::view(member.name), record.*member.pointer);
    };
    std::apply([&put](const auto&... members) { (put(members), ...); }, detail::record_members<R>);
    end_object();
  }
  // Enums listed by FLUX_ENUM, vectors, variants, and with <flux/nlohmann.hpp> more.
  template <class T>
  requires requires(JsonWriter& to, const T& content) { detail::Cell<T>::write(to, content); }
  void value(const T& content) { detail::Cell<T>::write(*this, content); }
  // null where it is empty.
  template <class T>
  void value(const std::optional<T>& content) {
    content ? value(*content) : value(nullptr);
  }
  // Throws Overflow if it is not finite: JSON has no such number.
  void value(double number);

  // What has been written so far; lives until the next change.
  std::string_view text() const { return {text_.data(), size_}; }
  // Hands the text over; the writer is then empty.
  std::string take() {
    text_.resize(size_);
    clear();
    return std::exchange(text_, {});
  }
  // Empties the writer, which keeps its memory.
  void clear() {
    needs_comma_ = false;
    size_ = 0;
  }

 private:
  template <class T>
  void member(std::string_view name, const T& content) {
    key(name);
    value(content);
  }
  template <class T>
  void member(std::string_view name, const std::optional<T>& content) {
    if (content) member(name, *content);
  }
  void open(char bracket) {
    separate();
    put(bracket);
    needs_comma_ = false;
  }
  void close(char bracket) {
    put(bracket);
    needs_comma_ = true;
  }
  void separate() {
    if (needs_comma_) put(',');
    needs_comma_ = true;
  }
  // Where the next `size` bytes go.
  char* room(std::size_t size) {
    if (text_.size() - size_ < size) text_.resize(std::max(size_ + size, 2 * text_.size()));
    return text_.data() + size_;
  }
  void put(char c) {
    *room(1) = c;
    ++size_;
  }
  void put(std::string_view text) {
    if (!text.empty()) std::memcpy(room(text.size()), text.data(), text.size());
    size_ += text.size();
  }
  void put_string(std::string_view text);
  void put_escaped(std::string_view text);

  std::string text_;      // beyond size_ it is room
  std::size_t size_ = 0;  // of what has been written
  bool needs_comma_ = false;
};

namespace detail {

// What follows the backslash when a byte must be escaped; 0: it need not.
inline constexpr auto kJsonEscapeOf = [] {
  std::array<char, 256> letter{};
  for (std::size_t c = 0; c < 0x20; ++c) letter[c] = 'u';
  letter['\b'] = 'b';
  letter['\f'] = 'f';
  letter['\n'] = 'n';
  letter['\r'] = 'r';
  letter['\t'] = 't';
  letter['"'] = '"';
  letter['\\'] = '\\';
  return letter;
}();

// How many bytes at the start of a text need no escape: eight at a time, then one by one.
inline std::size_t plain_json_size(std::string_view text) {
  std::size_t at = 0;
  for (; text.size() - at >= 8; at += 8) {
    std::uint64_t block;
    std::memcpy(&block, text.data() + at, 8);
    // The high bit of a byte says "less than": exact up to the first such byte.
    constexpr std::uint64_t kOnes = 0x0101010101010101;
    const auto below = [](std::uint64_t bytes, std::uint64_t limit) {
      return (bytes - kOnes * limit) & ~bytes & (kOnes * 0x80);
    };
    if ((below(block, 0x20) | below(block ^ kOnes * '"', 1) | below(block ^ kOnes * '\\', 1)) != 0) break;
  }
  while (at < text.size() && kJsonEscapeOf[static_cast<unsigned char>(text[at])] == 0) ++at;
  return at;
}

}  // namespace detail

inline void JsonWriter::value(double number) {
  if (!std::isfinite(number)) detail::throw_not_finite();
  separate();
  char digits[32];
  const auto digits_in = [&](std::chars_format format) {
    const char* end = std::to_chars(digits, digits + sizeof digits, number, format).ptr;
    return std::string_view(digits, static_cast<std::size_t>(end - digits));
  };
  const double size = std::abs(number);
  if (size == 0 || (size >= 1e-4 && size < 1e16)) {
    const std::string_view fixed = digits_in(std::chars_format::fixed);
    put(fixed);
    if (fixed.find('.') == std::string_view::npos) put(".0");  // it stays a float
    return;
  }
  // 1e+22 and 1e-07 are 1e22 and 1e-7.
  const std::string_view scientific = digits_in(std::chars_format::scientific);
  std::size_t at = scientific.find('e') + 1;
  put(scientific.substr(0, at));
  if (scientific[at] == '-') put('-');
  ++at;
  if (scientific[at] == '0') ++at;
  put(scientific.substr(at));
}

inline void JsonWriter::put_string(std::string_view text) {
  if (detail::plain_json_size(text) != text.size()) return put_escaped(text);
  char* const out = room(text.size() + 2);
  *out = '"';
  if (!text.empty()) std::memcpy(out + 1, text.data(), text.size());
  out[text.size() + 1] = '"';
  size_ += text.size() + 2;
}

inline void JsonWriter::put_escaped(std::string_view text) {
  put('"');
  while (!text.empty()) {
    const std::size_t plain = detail::plain_json_size(text);
    put(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) break;
    const char c = text.front();
    const char letter = detail::kJsonEscapeOf[static_cast<unsigned char>(c)];
    put('\\');
    put(letter);
    if (letter == 'u') {
      constexpr const char* kHex = "0123456789abcdef";
      put("00");
      put(kHex[c >> 4]);
      put(kHex[c & 0xF]);
    }
    text.remove_prefix(1);
  }
  put('"');
}

}  // namespace flux
