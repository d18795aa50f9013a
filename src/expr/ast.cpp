#include "expr/ast.hpp"

namespace flux::expr {

std::string_view sign_of(Operator op) {
  switch (op) {
    case Operator::choose:
      return "?:";
    case Operator::logical_or:
      return "||";
    case Operator::logical_and:
      return "&&";
    case Operator::equal:
      return "==";
    case Operator::not_equal:
      return "!=";
    case Operator::less:
      return "<";
    case Operator::less_equal:
      return "<=";
    case Operator::greater:
      return ">";
    case Operator::greater_equal:
      return ">=";
    case Operator::in:
      return "in";
    case Operator::add:
      return "+";
    case Operator::subtract:
    case Operator::negate:
      return "-";
    case Operator::multiply:
      return "*";
    case Operator::divide:
      return "/";
    case Operator::modulo:
      return "%";
    case Operator::logical_not:
      return "!";
  }
  return {};
}

int precedence_of(Operator op) {
  switch (op) {
    case Operator::choose:
      return 1;
    case Operator::logical_or:
      return 2;
    case Operator::logical_and:
      return 3;
    case Operator::equal:
    case Operator::not_equal:
    case Operator::less:
    case Operator::less_equal:
    case Operator::greater:
    case Operator::greater_equal:
    case Operator::in:
      return 4;
    case Operator::add:
    case Operator::subtract:
      return 5;
    case Operator::multiply:
    case Operator::divide:
    case Operator::modulo:
      return 6;
    case Operator::logical_not:
    case Operator::negate:
      return 7;
  }
  return 0;
}

}  // namespace flux::expr
