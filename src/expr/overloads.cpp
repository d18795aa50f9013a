#include "expr/overloads.hpp"

#include <fmt/format.h>

#include <span>

namespace flux::expr {
namespace {

struct Overload {
  Kinds left, right, gives;
};

constexpr Overload kOnNumbers[] = {
    {kInt, kInt, kInt}, {kInt, kFloat, kFloat}, {kFloat, kInt, kFloat}, {kFloat, kFloat, kFloat}};
constexpr Overload kAdd[] = {{kInt, kInt, kInt},
                             {kInt, kFloat, kFloat},
                             {kFloat, kInt, kFloat},
                             {kFloat, kFloat, kFloat},
                             {kString, kString, kString},
                             {kTimestamp, kDuration, kTimestamp},
                             {kDuration, kTimestamp, kTimestamp},
                             {kDuration, kDuration, kDuration}};
constexpr Overload kSubtract[] = {{kInt, kInt, kInt},
                                  {kInt, kFloat, kFloat},
                                  {kFloat, kInt, kFloat},
                                  {kFloat, kFloat, kFloat},
                                  {kTimestamp, kTimestamp, kDuration},
                                  {kTimestamp, kDuration, kTimestamp},
                                  {kDuration, kDuration, kDuration}};
constexpr Overload kModulo[] = {{kInt, kInt, kInt}};

std::span<const Overload> overloads_of(Operator op) {
  switch (op) {
    case Operator::add:
      return kAdd;
    case Operator::subtract:
      return kSubtract;
    case Operator::modulo:
      return kModulo;
    default:
      return kOnNumbers;
  }
}

constexpr Kinds kOrdered = kBoolean | kNumber | kString | kTimestamp | kDuration;

bool is_order(const Step& step) {
  return step.form == Step::Form::operation &&
         (step.op == Operator::less || step.op == Operator::less_equal || step.op == Operator::greater ||
          step.op == Operator::greater_equal);
}

class Judge {
 public:
  Judge(const Step& step, const Node& node, const Source& source)
      : step_(step), node_(node), source_(source) {}

  Kinds arithmetic() const;
  Kinds logic() const;
  Kinds equality() const;
  Kinds order() const;
  Kinds in() const;
  Kinds choose() const;
  Kinds negate() const;

 private:
  const Step& left() const { return step_.operands[0]; }
  const Step& right() const { return step_.operands[1]; }
  std::string_view sign() const { return sign_of(step_.op); }

  void want(const Step& operand, Kinds wanted, std::string hint) const {
    if (operand.kinds & wanted) return;
    throw source_.error(
        operand.span, fmt::format("'{}' wants {}, found {}", sign(), list_of(wanted), list_of(operand.kinds)),
        std::move(hint));
  }
  void want_condition(const Step& operand) const {
    want(operand, kBoolean, operand.kinds & kNumber ? "compare it: x != 0" : "compare it, or use has()");
  }
  // How one operand becomes what the other one is.
  std::string conversion_hint() const;

  const Step& step_;
  const Node& node_;
  const Source& source_;
};

std::string Judge::conversion_hint() const {
  for (const auto& [from, to] : {std::pair(&left(), &right()), std::pair(&right(), &left())}) {
    const std::string_view text = source_.text(from->span);
    const bool is_time = !(to->kinds & ~(kTimestamp | kDuration | kNull));
    if (is_time && (from->kinds & (kString | kInt))) {
      const bool is_shift = step_.op == Operator::add || step_.op == Operator::subtract;
      const bool is_point = (to->kinds & kTimestamp) && !is_shift;
      return fmt::format("write {}({})", is_point ? "timestamp" : "duration", text);
    }
    if (from->kinds == kString && !(to->kinds & ~(kNumber | kNull))) {
      if (step_.op == Operator::add) return fmt::format("write string({})", source_.text(to->span));
      return from->is_constant(Tag::string) ? "numbers stand without quotes"
                                            : fmt::format("write double({})", text);
    }
  }
  if (source_.text(left().span) == "event" || source_.text(right().span) == "event")
    return "event is the whole event; a member of that name is event.event";
  return "values of these kinds have nothing in common";
}

Kinds Judge::arithmetic() const {
  Kinds gives = 0, lefts = 0, rights = 0;
  for (const Overload& one : overloads_of(step_.op)) {
    lefts |= one.left;
    rights |= one.right;
    if ((left().kinds & one.left) && (right().kinds & one.right)) gives |= one.gives;
  }
  if (gives != 0) return gives;
  const bool has_time = (left().kinds | right().kinds) & (kTimestamp | kDuration);
  const std::string hint = step_.op == Operator::modulo ? "it gives the rest of a division of ints"
                           : has_time                   ? conversion_hint()
                                                        : "convert it first: int(x), double(x)";
  want(left(), lefts, hint);
  want(right(), rights, hint);
  throw source_.error(
      node_.mark,
      fmt::format("'{}' does not join {} and {}", sign(), list_of(left().kinds), list_of(right().kinds)),
      conversion_hint());
}

Kinds Judge::logic() const {
  for (const Step& operand : step_.operands) want_condition(operand);
  return kBoolean;
}

Kinds Judge::equality() const {
  const bool is_with_null = left().is_constant(Tag::null) || right().is_constant(Tag::null);
  if (is_with_null || overlap(left().kinds, right().kinds)) return kBoolean;
  throw source_.error(node_.mark,
                      fmt::format("{} and {} are never equal", list_of(left().kinds), list_of(right().kinds)),
                      conversion_hint());
}

Kinds Judge::order() const {
  // (a < b) < c compares two bools, and may be meant; without brackets it never is.
  if (is_order(left()) && left().span == Span{left().operands[0].span.begin, left().operands[1].span.end})
    throw source_.error(node_.mark, fmt::format("'{}' follows another comparison", sign()),
                        "write a < b && b < c");
  const bool is_with_null = left().is_constant(Tag::null) || right().is_constant(Tag::null);
  if (is_with_null || overlap(left().kinds & kOrdered, right().kinds & kOrdered)) return kBoolean;
  for (const Step* const operand : {&left(), &right()})
    want(*operand, kOrdered, "there is no order among such values");
  throw source_.error(
      node_.mark,
      fmt::format("'{}' does not compare {} and {}", sign(), list_of(left().kinds), list_of(right().kinds)),
      conversion_hint());
}

Kinds Judge::in() const {
  if (!(right().kinds & (kList | kObject)) && (right().kinds & kString))
    throw source_.error(
        right().span, fmt::format("'in' wants list or object, found {}", list_of(right().kinds)),
        fmt::format("write {}.contains({})", source_.text(right().span), source_.text(left().span)));
  want(right(), kList | kObject, "write x in [a, b]");
  return kBoolean;
}

Kinds Judge::choose() const {
  want_condition(left());
  return step_.operands[1].kinds | step_.operands[2].kinds;
}

Kinds Judge::negate() const {
  want(left(), kNumber, "convert it first: int(x), double(x)");
  return left().kinds & kNumber;
}

}  // namespace

Kinds result_of(const Step& step, const Node& node, const Source& source) {
  const Judge judge(step, node, source);
  switch (step.op) {
    case Operator::choose:
      return judge.choose();
    case Operator::logical_or:
    case Operator::logical_and:
    case Operator::logical_not:
      return judge.logic();
    case Operator::equal:
    case Operator::not_equal:
      return judge.equality();
    case Operator::less:
    case Operator::less_equal:
    case Operator::greater:
    case Operator::greater_equal:
      return judge.order();
    case Operator::in:
      return judge.in();
    case Operator::add:
    case Operator::subtract:
    case Operator::multiply:
    case Operator::divide:
    case Operator::modulo:
      return judge.arithmetic();
    case Operator::negate:
      return judge.negate();
  }
  return 0;
}

}  // namespace flux::expr
