// Cuts a pipeline spec into tokens. What stands inside an agent's parentheses or a
// flux's braces is not cut into tokens but taken whole, as text that is balanced in
// brackets and quotes: what it means is known only once the agent is.
//
// Thread safety: none; a lexer belongs to one parse. Invariant: the text is valid
// UTF-8 and outlives the lexer.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "core/type.hpp"

namespace flux::spec {

enum class Token {
  name,
  open,
  close,
  close_list,
  open_settings,
  close_settings,
  comma,
  equals,
  pipe,
  compose,
  end
};

struct Lexeme {
  Token token;
  Span span;
};

// `key =` in front of an argument.
struct Key {
  Path path;
  Span span;  // without the '='
};

// Brackets within brackets, in one value. Nobody writes more by hand, and whatever
// reads such text recursively later stays clear of the end of its stack.
inline constexpr std::size_t kMaxDepth = 1024;

class Lexer {
 public:
  // Reads the part `range` of `text`; spans count from the start of `text`.
  Lexer(std::string_view text, Span range) : text_(text), at_(range.begin), end_(range.end) {}

  // The token ahead. Only where a token may stand: see take_value for the rest.
  Lexeme peek();
  Lexeme take();
  bool take_if(Token token);

  // A path or JSON string, if a single '=' follows it: a = 1, but not a == 1.
  std::optional<Key> take_key();

  // Everything up to the ',' or the bracket that ends it, without the white space
  // around it; may be empty. `opener` is the bracket that it stands in.
  Span take_value(Span opener);

  bool at_bracket(char bracket);

  // Where the next token or value begins, or the space in front of it.
  std::size_t position() const { return at_; }

  std::string_view text(Span span) const { return text_.substr(span.begin, span.end - span.begin); }
  Error error(Span span, std::string message, std::string hint) const;

 private:
  void skip_space();
  Span name_span() const;
  void skip_quoted();
  [[noreturn]] void reject_character() const;

  std::string_view text_;
  std::size_t at_;
  std::size_t end_;
};

}  // namespace flux::spec
