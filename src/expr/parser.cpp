// Recursive descent; operators of two operands by precedence climbing. Two things bound
// the recursion, here and in whatever walks over the tree later: brackets that are open,
// and the depth of each node.
#include "expr/parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "expr/lexer.hpp"
#include "expr/literals.hpp"

namespace flux::expr {
namespace {

constexpr Operator kBinary[] = {
    Operator::logical_or, Operator::logical_and, Operator::equal,         Operator::not_equal, Operator::less,
    Operator::less_equal, Operator::greater,     Operator::greater_equal, Operator::in,        Operator::add,
    Operator::subtract,   Operator::multiply,    Operator::divide,        Operator::modulo};

// The way out where an operator should stand.
std::string_view hint_after_value(const Lexeme& found) {
  constexpr std::pair<std::string_view, std::string_view> kHints[] = {
      {"and", "write '&&'"},
      {"AND", "write '&&'"},
      {"or", "write '||'"},
      {"OR", "write '||'"},
      {"not", "write !(a in b)"},
      {"is", "write '=='"},
      {"eq", "write '=='"},
      {"ne", "write '!='"},
      {"lt", "write '<'"},
      {"le", "write '<='"},
      {"gt", "write '>'"},
      {"ge", "write '>='"},
      {"mod", "write '%'"},
      {"like", "write text.matches(\"regular expression\")"},
      {"if", "write condition ? value : other value"},
      {":", "write condition ? value : other value"},
      {")", "no bracket is open that it could close"},
      {"]", "no bracket is open that it could close"},
      {"!", "'!' stands in front of a value; 'not equal' is '!='"},
      {",", "an expression is one value"}};
  for (const auto& [text, hint] : kHints)
    if (found.text == text) return hint;
  return "values are joined by an operator: == != < <= > >= && || + - * / % in";
}

class Parser {
 public:
  explicit Parser(const Source& source) : source_(source), lexer_(source), next_(lexer_.next()) {}

  Node whole() {
    if (next_.token == Token::end)
      throw source_.error({0, source_.text().size()}, "empty expression",
                          "write a value: a member's name, or level == \"error\"");
    Node node = expression();
    if (next_.token != Token::end) reject_after_value();
    return node;
  }

 private:
  Node expression();
  Node binary(int loosest);
  Node unary();
  Node postfix(Node of);
  Node member(Node of);
  Node index(Node of);
  Node primary();
  Node parenthesised();
  Node name_or_call();
  std::vector<Node> items(Lexeme open, std::string_view close);

  std::optional<Operator> binary_ahead() const;
  Node make(Node::Form form, Span span, Span mark, std::vector<Node> children);
  Node operation(Operator op, Span mark, std::vector<Node> children);
  Node literal(Lexeme lexeme, Literal value);

  Lexeme take() { return std::exchange(next_, lexer_.next()); }
  bool take_if(std::string_view sign) {
    if (!next_.is(sign)) return false;
    take();
    return true;
  }
  void expect_close(Lexeme open, std::string_view close);

  Error too_deep(Span span) const {
    return source_.error(span, fmt::format("nested deeper than {}", kMaxNesting),
                         "split the expression: set() can name a part of it");
  }
  [[noreturn]] void reject_missing_value() const;
  [[noreturn]] void reject_after_value() const;

  // Counts what is open on the way to the value at hand.
  class Nested {
   public:
    explicit Nested(Parser& parser) : parser_(parser) {
      if (++parser_.nesting_ > kMaxNesting) throw parser_.too_deep(parser_.next_.span);
    }
    ~Nested() { --parser_.nesting_; }
    Nested(const Nested&) = delete;
    Nested& operator=(const Nested&) = delete;

   private:
    Parser& parser_;
  };

  const Source& source_;
  Lexer lexer_;
  Lexeme next_;
  std::optional<Lexeme> wants_value_;  // the sign that the value ahead belongs to
  unsigned nesting_ = 0;
};

Node Parser::make(Node::Form form, Span span, Span mark, std::vector<Node> children) {
  Node node;
  node.form = form;
  node.span = span;
  node.mark = mark;
  for (const Node& child : children)
    node.depth = std::max<std::uint16_t>(node.depth, static_cast<std::uint16_t>(child.depth + 1));
  if (node.depth > kMaxNesting) throw too_deep(mark);
  node.children = std::move(children);
  return node;
}

Node Parser::operation(Operator op, Span mark, std::vector<Node> children) {
  const Span span{std::min(mark.begin, children.front().span.begin), children.back().span.end};
  Node node = make(Node::Form::operation, span, mark, std::move(children));
  node.op = op;
  return node;
}

Node Parser::literal(Lexeme lexeme, Literal value) {
  Node node = make(Node::Form::literal, lexeme.span, lexeme.span, {});
  node.literal = std::move(value);
  return node;
}

Node Parser::expression() {
  const Nested nested(*this);
  Node condition = binary(precedence_of(Operator::logical_or));
  if (!next_.is("?")) return condition;
  const Lexeme question = take();
  wants_value_ = question;
  std::vector<Node> children;
  children.push_back(std::move(condition));
  children.push_back(expression());
  if (!next_.is(":"))
    throw source_.error(question.span, "this '?' has no ':'", "write condition ? value : other value");
  wants_value_ = take();
  children.push_back(expression());
  return operation(Operator::choose, question.span, std::move(children));
}

std::optional<Operator> Parser::binary_ahead() const {
  if (next_.token != Token::sign && next_.token != Token::name) return {};
  const auto found = std::find_if(std::begin(kBinary), std::end(kBinary),
                                  [&](Operator op) { return sign_of(op) == next_.text; });
  return found == std::end(kBinary) ? std::nullopt : std::optional(*found);
}

// Operators that bind at least as tightly as `loosest`, from the left.
Node Parser::binary(int loosest) {
  Node left = unary();
  for (;;) {
    const auto op = binary_ahead();
    if (!op || precedence_of(*op) < loosest) return left;
    const Lexeme sign = take();
    wants_value_ = sign;
    Node right = binary(precedence_of(*op) + 1);
    const bool is_logic = *op == Operator::logical_and || *op == Operator::logical_or;
    const bool goes_on = is_logic && left.form == Node::Form::operation && left.op == *op &&
                         left.span.begin == left.children.front().span.begin;
    if (goes_on) {
      // a && b && c is one node, so that many of them are not many levels.
      left.depth = std::max<std::uint16_t>(left.depth, static_cast<std::uint16_t>(right.depth + 1));
      if (left.depth > kMaxNesting) throw too_deep(sign.span);
      left.span.end = right.span.end;
      left.children.push_back(std::move(right));
      continue;
    }
    std::vector<Node> children;
    children.push_back(std::move(left));
    children.push_back(std::move(right));
    left = operation(*op, sign.span, std::move(children));
  }
}

Node Parser::unary() {
  const bool is_not = next_.is("!");
  if (!is_not && !next_.is("-")) return postfix(primary());
  const Nested nested(*this);
  const Lexeme sign = take();
  if (!is_not && next_.token == Token::number) {
    const Lexeme number = take();
    Node node = literal(number, read_number(number, true, source_));
    node.span.begin = node.mark.begin = sign.span.begin;
    return postfix(std::move(node));
  }
  wants_value_ = sign;
  std::vector<Node> children;
  children.push_back(unary());
  return operation(is_not ? Operator::logical_not : Operator::negate, sign.span, std::move(children));
}

Node Parser::postfix(Node of) {
  for (;;) {
    if (next_.is(".")) {
      of = member(std::move(of));
    } else if (next_.is("[")) {
      of = index(std::move(of));
    } else {
      return of;
    }
  }
}

Node Parser::member(Node of) {
  const Lexeme dot = take();
  if (next_.token != Token::name)
    throw source_.error(dot.span, "expected a name after '.'",
                        "names that are not [A-Za-z0-9_]+ are written a[\"odd name\"]");
  const Lexeme name = take();
  const std::size_t begin = of.span.begin;
  std::vector<Node> children;
  children.push_back(std::move(of));
  if (next_.is("(")) {
    const Lexeme open = take();
    for (Node& argument : items(open, ")")) children.push_back(std::move(argument));
    Node node = make(Node::Form::call, {begin, take().span.end}, name.span, std::move(children));
    node.text = name.text;
    node.is_method = true;
    return node;
  }
  Node node = make(Node::Form::member, {begin, name.span.end}, name.span, std::move(children));
  node.text = name.text;
  return node;
}

Node Parser::index(Node of) {
  const Lexeme open = take();
  wants_value_ = open;
  std::vector<Node> children;
  children.push_back(std::move(of));
  children.push_back(expression());
  expect_close(open, "]");
  const Span span{children[0].span.begin, take().span.end};
  return make(Node::Form::index, span, {open.span.begin, span.end}, std::move(children));
}

Node Parser::primary() {
  switch (next_.token) {
    case Token::number: {
      const Lexeme number = take();
      return literal(number, read_number(number, false, source_));
    }
    case Token::string: {
      const Lexeme string = take();
      return literal(string, read_string(string, source_));
    }
    case Token::name:
      return name_or_call();
    case Token::sign:
      if (next_.is("(")) return parenthesised();
      if (next_.is("[")) {
        const Lexeme open = take();
        std::vector<Node> children = items(open, "]");
        return make(Node::Form::list, {open.span.begin, take().span.end}, open.span, std::move(children));
      }
      reject_missing_value();
    case Token::end:
      reject_missing_value();
  }
  reject_missing_value();
}

// The span is that with the brackets: messages show what they stand around.
Node Parser::parenthesised() {
  const Lexeme open = take();
  wants_value_ = open;
  Node node = expression();
  expect_close(open, ")");
  node.span = {open.span.begin, take().span.end};
  return node;
}

Node Parser::name_or_call() {
  if (next_.text == "in") reject_missing_value();
  const Lexeme name = take();
  if (next_.is("(")) {
    const Lexeme open = take();
    std::vector<Node> children = items(open, ")");
    Node node = make(Node::Form::call, {name.span.begin, take().span.end}, name.span, std::move(children));
    node.text = name.text;
    return node;
  }
  if (name.text == "true" || name.text == "false") return literal(name, name.text == "true");
  if (name.text == "null") return literal(name, std::monostate());
  const bool is_before_value = next_.token == Token::string || next_.token == Token::number ||
                               (next_.token == Token::name && !binary_ahead());
  if (is_before_value && name.text == "not") throw source_.error(name.span, "unexpected 'not'", "write '!'");
  if (is_before_value && name.text == "if")
    throw source_.error(name.span, "unexpected 'if'", "write condition ? value : other value");
  Node node = make(Node::Form::name, name.span, name.span, {});
  node.text = name.text;
  return node;
}

// Stops in front of the closing bracket.
std::vector<Node> Parser::items(Lexeme open, std::string_view close) {
  std::vector<Node> items;
  wants_value_ = open;
  while (!next_.is(close)) {
    items.push_back(expression());
    if (!next_.is(",")) break;
    wants_value_ = take();
  }
  expect_close(open, close);
  return items;
}

void Parser::expect_close(Lexeme open, std::string_view close) {
  if (next_.is(close)) return;
  if (next_.token != Token::end) reject_after_value();
  throw source_.error(open.span, fmt::format("missing '{}'", close),
                      fmt::format("this bracket is not closed: add the '{}'", close));
}

void Parser::reject_missing_value() const {
  if (next_.token == Token::end)
    throw source_.error(wants_value_->span, fmt::format("expected a value after '{}'", wants_value_->text),
                        "the expression ends here");
  const bool is_closing = next_.is(")") || next_.is("]") || next_.is(",");
  throw source_.error(next_.span, fmt::format("expected a value, found '{}'", next_.text),
                      is_closing && wants_value_ ? fmt::format("'{}' is followed by one", wants_value_->text)
                                                 : "a value is a member's name, a number, \"text\", true, "
                                                   "false, null, or a list [a, b]");
}

void Parser::reject_after_value() const {
  throw source_.error(next_.span, fmt::format("expected an operator, found '{}'", printable(next_.text, 40)),
                      std::string(hint_after_value(next_)));
}

}  // namespace

Node parse_tree(const Source& source) { return Parser(source).whole(); }

}  // namespace flux::expr
