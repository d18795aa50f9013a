#include "expr/lexer.hpp"

#include <fmt/format.h>

#include <array>
#include <string>

#include "expr/literals.hpp"

namespace flux::expr {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_name(char c) { return is_name_start(c) || is_digit(c); }

// Longer ones first.
constexpr std::array<std::string_view, 22> kSigns = {"&&", "||", "==", "!=", "<=", ">=", "<", ">",
                                                     "+",  "-",  "*",  "/",  "%",  "!",  "?", ":",
                                                     ".",  ",",  "(",  ")",  "[",  "]"};

std::string hint_for(std::string_view found) {
  switch (found[0]) {
    case '=':
      return "to compare, write '=='";
    case '&':
      return "write '&&'";
    case '|':
      return "write '||'";
    case '{':
    case '}':
      return "objects cannot be written in an expression";
    case '`':
      return "strings stand in \" or ', odd names in event[\"odd name\"]";
    case ';':
      return "an expression is one value: leave it out";
    case '^':
      return "there is no operator for powers or bits";
    case '$':
    case '@':
      return "names begin with a letter or '_'; any other is written event[\"odd name\"]";
    default:
      return static_cast<unsigned char>(found[0]) >= 0x80 ? "outside strings there is ASCII only; odd names "
                                                            "are written event[\"odd name\"]"
                                                          : "leave it out";
  }
}

}  // namespace

void Lexer::skip_space() {
  const auto is_space = [](char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
  };
  while (at_ < text_.size()) {
    if (is_space(text_[at_])) {
      ++at_;
    } else if (text_.substr(at_).starts_with("//")) {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else {
      return;
    }
  }
}

Lexeme Lexer::take(Token token, std::size_t size) {
  const Span span{at_, at_ + size};
  at_ = span.end;
  return {token, span, source_.text(span)};
}

Lexeme Lexer::next() {
  skip_space();
  if (at_ == text_.size()) return {Token::end, {at_, at_}, {}};
  const std::string_view rest = text_.substr(at_);
  const std::size_t prefix = string_prefix(rest);
  if (prefix < rest.size() && (rest[prefix] == '"' || rest[prefix] == '\'')) return take_string(prefix);
  if (is_name_start(rest[0])) {
    std::size_t size = 1;
    while (size < rest.size() && is_name(rest[size])) ++size;
    return take(Token::name, size);
  }
  if (is_digit(rest[0]) || (rest[0] == '.' && rest.size() > 1 && is_digit(rest[1]))) return take_number();
  for (const std::string_view sign : kSigns)
    if (rest.starts_with(sign)) return take(Token::sign, sign.size());
  reject_character();
}

Lexeme Lexer::take_number() {
  const std::string_view rest = text_.substr(at_);
  std::size_t size = 0;
  // All that a number could be made of, right or wrong: literals.cpp knows the difference.
  while (size < rest.size() && (is_name(rest[size]) || rest[size] == '.')) {
    const bool is_exponent = (rest[size] | 0x20) == 'e' && !rest.starts_with("0x") && !rest.starts_with("0X");
    ++size;
    if (is_exponent && size < rest.size() && (rest[size] == '+' || rest[size] == '-')) ++size;
  }
  return take(Token::number, size);
}

Lexeme Lexer::take_string(std::size_t prefix) {
  const auto size = string_size(text_.substr(at_), prefix);
  if (size) return take(Token::string, *size);
  const std::string_view quote = quote_of(text_.substr(at_ + prefix));
  throw source_.error({at_, at_ + prefix + quote.size()}, "unclosed string",
                      fmt::format("add the {} that ends it", quote));
}

void Lexer::reject_character() const {
  std::size_t end = at_ + 1;
  while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0) == 0x80) ++end;
  const Span character{at_, end};
  const std::string_view found = source_.text(character);
  throw source_.error(character, fmt::format("unexpected '{}'", printable(found)), hint_for(found));
}

}  // namespace flux::expr
