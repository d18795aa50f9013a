// Every step relies on the text being valid: it looks for the next landmark, and checks nothing.
#include "json/members.hpp"

#include "json/grammar.hpp"
#include "json/string.hpp"

namespace flux::json {
namespace {

std::size_t skip_white_space(std::string_view text, std::size_t at) {
  while (is_white_space(text[at])) ++at;
  return at;
}

// `at`: the opening quote; returns the offset behind the closing one.
std::size_t skip_string(std::string_view text, std::size_t at) {
  for (++at; text[at] != '"'; ++at)
    if (text[at] == '\\') ++at;
  return at + 1;
}

// `at`: the first byte of a value; returns the offset behind its last one.
std::size_t skip_value(std::string_view text, std::size_t at) {
  if (text[at] == '"') return skip_string(text, at);
  if (text[at] != '{' && text[at] != '[') {
    const auto is_end = [](char c) { return c == ',' || c == '}' || c == ']' || is_white_space(c); };
    while (at < text.size() && !is_end(text[at])) ++at;
    return at;
  }
  std::size_t depth = 0;
  do {
    const char c = text[at];
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    at = c == '"' ? skip_string(text, at) : at + 1;
  } while (depth > 0);
  return at;
}

}  // namespace

bool Members::next() {
  std::size_t at = skip_white_space(text_, value_end_);
  if (text_[at] == '}') return false;
  if (text_[at] == ',') at = skip_white_space(text_, at + 1);
  key_begin_ = at;
  key_end_ = skip_string(text_, at);
  const std::size_t colon = skip_white_space(text_, key_end_);
  value_begin_ = skip_white_space(text_, colon + 1);
  value_end_ = skip_value(text_, value_begin_);
  return true;
}

bool Members::is_called(std::string_view name) const {
  const std::string_view raw = text_.substr(key_begin_ + 1, key_end_ - key_begin_ - 2);
  if (raw.find('\\') == std::string_view::npos) return raw == name;
  std::string text(raw.size(), '\0');
  text.resize(unescape(raw, text.data()));
  return text == name;
}

}  // namespace flux::json
