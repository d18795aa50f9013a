// What an expression says, before anybody asks whether it makes sense.
//
// Plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/error.hpp"

namespace flux::expr {

enum class Operator : std::uint8_t {
  choose,  // a ? b : c
  logical_or,
  logical_and,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  add,
  subtract,
  multiply,
  divide,
  modulo,
  logical_not,
  negate,
};

// "+", "in", "?:".
std::string_view sign_of(Operator op);

// How tightly it binds: 1 is ?:, and more is tighter.
int precedence_of(Operator op);

using Literal = std::variant<std::monostate, bool, std::int64_t, double, std::string>;  // monostate: null

struct Node {
  enum class Form : std::uint8_t {
    literal,    // 3
    name,       // a: `text`
    member,     // [0].text
    index,      // [0][[1]]
    list,       // [[0], [1], ...]
    call,       // text([0], ...), or [0].text([1], ...) if it is a method
    operation,  // `op` on two operands, one or three; `&&` and `||` on two or more
  };

  Form form = Form::literal;
  Operator op = Operator::choose;
  bool is_method = false;
  std::uint16_t depth = 1;  // of the tree below it, itself included: at most kMaxNesting
  Span span;
  Span mark;  // of its sign, name or bracket: where errors about it alone put their caret
  Literal literal;
  std::string text;
  std::vector<Node> children;
};

// Whatever walks over a tree may be recursive.
inline constexpr unsigned kMaxNesting = 250;

}  // namespace flux::expr
