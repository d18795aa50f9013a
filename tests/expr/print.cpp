#include "print.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "json/number.hpp"

using flux::expr::Node;
using flux::expr::Operator;

namespace {

constexpr int kTightest = 8;  // what stands in front of a '.', or in brackets of its own

std::string print(const Node& node, int tightness);

std::string print_literal(const flux::expr::Literal& literal) {
  struct Printer {
    std::string operator()(std::monostate) const { return "null"; }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(double value) const {
      char text[flux::json::kFloatRoom];
      return {text, flux::json::put_float(text, value)};
    }
    std::string operator()(const std::string& value) const { return nlohmann::json(value).dump(); }
  };
  return std::visit(Printer(), literal);
}

bool is_number(const Node& node) {
  return node.form == Node::Form::literal &&
         (std::holds_alternative<std::int64_t>(node.literal) || std::holds_alternative<double>(node.literal));
}

// The children from `first` on, with commas.
std::string print_all(const Node& node, std::size_t first) {
  std::string text;
  for (std::size_t i = first; i < node.children.size(); ++i)
    text += (i == first ? "" : ", ") + print(node.children[i], 1);
  return text;
}

std::string print_operation(const Node& node) {
  const int own = flux::expr::precedence_of(node.op);
  const std::string sign(flux::expr::sign_of(node.op));
  const auto& of = node.children;
  switch (node.op) {
    case Operator::choose:
      return print(of[0], own + 1) + " ? " + print(of[1], own) + " : " + print(of[2], own);
    case Operator::logical_not:
      return "!" + print(of[0], own);
    case Operator::negate:
      // -5 would be a number, not an operation on one.
      return is_number(of[0]) && print(of[0], own)[0] != '-' ? "-(" + print(of[0], own) + ")"
                                                             : "-" + print(of[0], own);
    case Operator::logical_or:
    case Operator::logical_and: {
      std::string text = print(of[0], own + 1);
      for (std::size_t i = 1; i < of.size(); ++i) text += " " + sign + " " + print(of[i], own + 1);
      return text;
    }
    default:
      return print(of[0], own) + " " + sign + " " + print(of[1], own + 1);
  }
}

std::string print_plain(const Node& node) {
  switch (node.form) {
    case Node::Form::literal:
      return print_literal(node.literal);
    case Node::Form::name:
      return node.text;
    case Node::Form::member:
      return print(node.children[0], kTightest) + "." + node.text;
    case Node::Form::index:
      return print(node.children[0], kTightest) + "[" + print(node.children[1], 1) + "]";
    case Node::Form::list:
      return "[" + print_all(node, 0) + "]";
    case Node::Form::call:
      if (node.is_method)
        return print(node.children[0], kTightest) + "." + node.text + "(" + print_all(node, 1) + ")";
      return node.text + "(" + print_all(node, 0) + ")";
    case Node::Form::operation:
      return print_operation(node);
  }
  return {};
}

std::string print(const Node& node, int tightness) {
  const bool is_loose = node.form == Node::Form::operation && flux::expr::precedence_of(node.op) < tightness;
  const bool is_bare_number = is_number(node) && tightness == kTightest;
  return is_loose || is_bare_number ? "(" + print_plain(node) + ")" : print_plain(node);
}

}  // namespace

std::string print(const Node& node) { return print(node, 1); }

bool is_same(const Node& a, const Node& b) {
  return a.form == b.form && (a.form != Node::Form::operation || a.op == b.op) &&
         a.is_method == b.is_method && a.text == b.text && a.literal == b.literal &&
         std::equal(a.children.begin(), a.children.end(), b.children.begin(), b.children.end(), is_same);
}
