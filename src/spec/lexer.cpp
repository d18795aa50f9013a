#include "spec/lexer.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "spec/ast.hpp"
#include "spec/json_text.hpp"
#include "spec/path.hpp"

namespace flux::spec {

namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

char closer_of(char opener) { return opener == '(' ? ')' : opener == '[' ? ']' : '}'; }

std::string hint_for(char found) {
  switch (found) {
    case '>':
      return "did you mean '>>'?";
    case '"':
    case '\'':
      return "names stand without quotes here";
    case '&':
      return "fluxes are joined by '|', agents by '>>'";
    default:
      return "a pipeline is written agent | agent(argument) >> agent{setting=value}";
  }
}

// The brackets that are open at a place in a value, and the rules for them.
class Brackets {
 public:
  Brackets(const Lexer& lexer, Span outermost) : lexer_(lexer), open_{outermost} {}

  void push(Span bracket) {
    if (open_.size() > kMaxDepth)
      throw lexer_.error(bracket, fmt::format("brackets nested deeper than {}", kMaxDepth),
                         "split the pipeline, or leave brackets out");
    open_.push_back(bracket);
  }

  // True if `bracket` closes the outermost one.
  bool pop(Span bracket) {
    const char opener = lexer_.text(open_.back())[0];
    const char found = lexer_.text(bracket)[0];
    if (found != closer_of(opener))
      throw lexer_.error(bracket, fmt::format("expected '{}', found '{}'", closer_of(opener), found),
                         fmt::format("close the '{}' before it, or leave '{}' out", opener, found));
    open_.pop_back();
    return open_.empty();
  }

  bool at_outermost() const { return open_.size() == 1; }

  Error unclosed() const {
    const char closer = closer_of(lexer_.text(open_.back())[0]);
    return lexer_.error(open_.back(), fmt::format("missing '{}'", closer),
                        fmt::format("this bracket is not closed: add the '{}'", closer));
  }

 private:
  const Lexer& lexer_;
  std::vector<Span> open_;  // innermost last
};

}  // namespace

Error Lexer::error(Span span, std::string message, std::string hint) const {
  return Error(std::move(message), std::move(hint), excerpt_of(text_, span));
}

void Lexer::skip_space() {
  while (at_ < end_ && is_space(text_[at_])) ++at_;
}

void Lexer::reject_character() const {
  std::size_t end = at_ + 1;
  while (end < end_ && (static_cast<unsigned char>(text_[end]) & 0xC0) == 0x80) ++end;
  const Span character{at_, end};
  throw error(character, fmt::format("unexpected '{}'", printable(text(character))), hint_for(text_[at_]));
}

Span Lexer::name_span() const {
  const Span name{at_, at_ + dotted_size(text_.substr(at_, end_ - at_))};
  const Span with_dot{name.begin, name.end + 1};
  if (name.end < end_ && text_[name.end] == '.')
    throw error(with_dot, fmt::format("expected a name after '{}'", text(with_dot)),
                "an agent is written 'agent' or 'plugin.agent'");
  return name;
}

Lexeme Lexer::peek() {
  skip_space();
  if (at_ == end_) return {Token::end, {end_, end_}};
  const auto one = [&](Token token) { return Lexeme{token, {at_, at_ + 1}}; };
  switch (text_[at_]) {
    case '(':
      return one(Token::open);
    case ')':
      return one(Token::close);
    case ']':
      return one(Token::close_list);
    case '{':
      return one(Token::open_settings);
    case '}':
      return one(Token::close_settings);
    case ',':
      return one(Token::comma);
    case '=':
      return one(Token::equals);
    case '|':
      return one(Token::pipe);
    default:
      break;
  }
  if (text_.substr(at_, end_ - at_).starts_with(">>")) return {Token::compose, {at_, at_ + 2}};
  const Span name = name_span();
  if (name.begin == name.end) reject_character();
  return {Token::name, name};
}

Lexeme Lexer::take() {
  const Lexeme lexeme = peek();
  at_ = lexeme.span.end;
  return lexeme;
}

bool Lexer::take_if(Token token) {
  const Lexeme lexeme = peek();
  if (lexeme.token != token) return false;
  at_ = lexeme.span.end;
  return true;
}

bool Lexer::at_bracket(char bracket) {
  skip_space();
  return at_ < end_ && text_[at_] == bracket;
}

std::optional<Key> Lexer::take_key() {
  skip_space();
  auto prefix = path_prefix(text_.substr(at_, end_ - at_));
  if (!prefix) return {};
  const Span span{at_, at_ + prefix->size};
  std::size_t equals = span.end;
  while (equals < end_ && is_space(text_[equals])) ++equals;
  const std::string_view rest = text_.substr(equals, end_ - equals);
  if (!rest.starts_with('=') || rest.starts_with("==")) return {};
  at_ = equals + 1;
  return Key{std::move(prefix->path), span};
}

void Lexer::skip_quoted() {
  const auto size = quoted_size(text_.substr(at_, end_ - at_));
  const char quote_mark = text_[at_];
  if (!size)
    throw error({at_, at_ + 1}, "unclosed string", fmt::format("add the {} that ends it", quote_mark));
  for (const std::size_t end = at_ + *size; at_ < end; ++at_)
    if (is_control(text_[at_]))
      throw error({at_, at_ + 1}, "control character in a string",
                  "write it as an escape: \\n is a newline, \\t a tab");
}

Span Lexer::take_value(Span opener) {
  Brackets brackets(*this, opener);
  skip_space();
  Span value{at_, at_};
  while (at_ < end_) {
    const char c = text_[at_];
    const Span here{at_, at_ + 1};
    if (c == ',' && brackets.at_outermost()) return value;
    if ((c == ')' || c == ']' || c == '}') && brackets.pop(here)) return value;
    if (c == '(' || c == '[' || c == '{') brackets.push(here);
    if (is_control(c) && !is_space(c)) reject_character();
    if (c == '"' || c == '\'')
      skip_quoted();
    else
      ++at_;
    if (!is_space(c)) value.end = at_;
  }
  throw brackets.unclosed();
}

}  // namespace flux::spec
