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

#include <array>
#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

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
    text_ += ':';
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
    text_ += json.text;
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
  // Throws Overflow if it is not finite: JSON has no such number.
  void value(double number);

  // What has been written so far; lives until the next change.
  std::string_view text() const { return text_; }
  // Hands the text over; the writer is then empty.
  std::string take() {
    needs_comma_ = false;
    return std::exchange(text_, {});
  }
  // Empties the writer, which keeps its memory.
  void clear() {
    needs_comma_ = false;
    text_.clear();
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
    text_ += bracket;
    needs_comma_ = false;
  }
  void close(char bracket) {
    text_ += bracket;
    needs_comma_ = true;
  }
  void separate() {
    if (needs_comma_) text_ += ',';
    needs_comma_ = true;
  }
  void put_string(std::string_view text);
  void put_escape(char c, char letter);

  std::string text_;
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

}  // namespace detail

inline void JsonWriter::value(double number) {
  if (!std::isfinite(number)) detail::throw_not_finite();
  separate();
  char digits[32];
  const auto put = [&](std::chars_format format) {
    const char* end = std::to_chars(digits, digits + sizeof digits, number, format).ptr;
    return std::string_view(digits, static_cast<std::size_t>(end - digits));
  };
  const double size = std::abs(number);
  if (size == 0 || (size >= 1e-4 && size < 1e16)) {
    const std::string_view fixed = put(std::chars_format::fixed);
    text_ += fixed;
    if (fixed.find('.') == std::string_view::npos) text_ += ".0";  // it stays a float
    return;
  }
  // 1e+22 and 1e-07 are 1e22 and 1e-7.
  const std::string_view scientific = put(std::chars_format::scientific);
  std::size_t at = scientific.find('e') + 1;
  text_ += scientific.substr(0, at);
  if (scientific[at] == '-') text_ += '-';
  ++at;
  if (scientific[at] == '0') ++at;
  text_ += scientific.substr(at);
}

// Whole stretches that need no escape are copied at once.
inline void JsonWriter::put_string(std::string_view text) {
  text_ += '"';
  std::size_t copied = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char letter = detail::kJsonEscapeOf[static_cast<unsigned char>(text[i])];
    if (letter == 0) continue;
    text_.append(text, copied, i - copied);
    put_escape(text[i], letter);
    copied = i + 1;
  }
  text_.append(text, copied);
  text_ += '"';
}

inline void JsonWriter::put_escape(char c, char letter) {
  text_ += '\\';
  text_ += letter;
  if (letter != 'u') return;
  constexpr const char* kHex = "0123456789abcdef";
  text_ += "00";
  text_ += kHex[c >> 4];
  text_ += kHex[c & 0xF];
}

}  // namespace flux
