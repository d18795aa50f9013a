// Cuts an expression into lexemes: names, literals and signs. White space is free, and
// `//` begins a comment that ends with its line.
//
// Thread safety: none; a lexer belongs to one parse.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/error.hpp"
#include "expr/source.hpp"

namespace flux::expr {

enum class Token : std::uint8_t { end, number, string, name, sign };

struct Lexeme {
  Token token = Token::end;
  Span span;
  std::string_view text;  // empty at the end

  bool is(std::string_view sign) const { return token == Token::sign && text == sign; }
};

class Lexer {
 public:
  // REQUIRES: the source is valid UTF-8 and outlives the lexer.
  explicit Lexer(const Source& source) : source_(source), text_(source.text()) {}

  // Throws Error at what begins no lexeme.
  Lexeme next();

 private:
  void skip_space();
  Lexeme take(Token token, std::size_t size);
  Lexeme take_number();
  Lexeme take_string(std::size_t prefix);
  [[noreturn]] void reject_character() const;

  const Source& source_;
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace flux::expr
