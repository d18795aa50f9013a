#include "expr/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/error.hpp"
#include "expr/functions.hpp"
#include "expr/kinds.hpp"
#include "expr/scalar.hpp"
#include "expr/step.hpp"
#include "expr/text.hpp"
#include "json/string.hpp"

namespace flux::expr {
namespace {

constexpr std::size_t kShown = 60;  // bytes of a value or of a part of the expression

std::string shown(const Cell& cell) {
  if (cell.tag == Tag::json) return cell.text[0] == '[' ? "a list" : "an object";
  char room[std::max(kScalarRoom, json::escaped_size_bound(kShown))];
  const auto written = [&](const char* end) {
    return std::string(room, static_cast<std::size_t>(end - room));
  };
  if (cell.tag != Tag::string) return written(put_scalar(room, cell));
  std::string_view text = cell.view();
  if (text.size() <= kShown) return printable(written(json::put_string(room, text)), sizeof room);
  text = text.substr(0, kShown);
  while (!json::is_utf8(text)) text.remove_suffix(1);  // half a character
  std::string start = written(json::put_string(room, text));
  start.pop_back();
  return printable(start, sizeof room) + "...";
}

std::string shown(std::string_view text, Span span) {
  return printable(text.substr(span.begin, span.end - span.begin), kShown);
}

std::string_view name_of_result(const Step& step) { return name_of(step.function->gives); }

// What the operator or function asks of its operands: "'/' wants numbers".
std::string wish(const Fault& fault) {
  const Step& step = *fault.step;
  if (step.form == Step::Form::call)
    return fmt::format("{}() wants {}", step.function->name, list_of(step.function->wants_of(fault.operand)));
  if (step.form == Step::Form::index)
    return fault.operand == 1 ? "[] wants an int or a string" : "[] wants a list or an object";
  switch (step.op) {
    case Operator::choose:
    case Operator::logical_or:
    case Operator::logical_and:
    case Operator::logical_not:
      return fmt::format("'{}' wants true or false", sign_of(step.op));
    case Operator::in:
      return fault.operand == 1 ? "'in' wants a list or an object" : "an object's keys are strings";
    case Operator::modulo:
      return "'%' wants ints";
    case Operator::add:
      return "'+' wants numbers, strings or times";
    case Operator::subtract:
      return "'-' wants numbers or times";
    default:
      return fmt::format("'{}' wants numbers", sign_of(step.op));
  }
}

std::string wrong_kind(const Fault& fault, std::string_view text) {
  const std::string name = shown(text, fault.step->operands[fault.operand].span);
  const std::string found = fault.a.tag == Tag::null ? "missing or null" : shown(fault.a);
  // A literal is what it says.
  if (name == found) return fmt::format("{}, found {}", wish(fault), found);
  return fmt::format("{} is {}, and {}", name, found, wish(fault));
}

std::string mismatch(const Fault& fault) {
  const std::string_view sign = sign_of(fault.step->op);
  const auto kinds = fmt::format("{} and {}", name_of(kinds_of(fault.a)), name_of(kinds_of(fault.b)));
  if (precedence_of(fault.step->op) == precedence_of(Operator::less))
    return fmt::format("'{}' compares values of one kind that has an order, found {}", sign, kinds);
  return fmt::format("'{}' does not join {}", sign, kinds);
}

std::string overflow(const Fault& fault) {
  const Step& step = *fault.step;
  if (step.form == Step::Form::call) {
    if (step.function->gives == kTimestamp)
      return shown(fault.a) + " is beyond the years 1677 to 2262, where timestamps end";
    const bool is_int = step.function->gives == kInt || step.function->gives == 0;
    const std::string_view kind = is_int ? "int" : name_of_result(step);
    return fmt::format("{} does not fit in {} {}", shown(fault.a), kind == "int" ? "an" : "a", kind);
  }
  const bool is_time = (kinds_of(fault.a) | kinds_of(fault.b)) & (kTimestamp | kDuration);
  const bool is_float = (kinds_of(fault.a) | kinds_of(fault.b)) & kFloat;
  const std::string_view kind = is_time    ? "64 bits of nanoseconds: 292 years"
                                : is_float ? "a float"
                                           : "an int";
  if (step.op == Operator::negate) return fmt::format("-({}) does not fit in {}", shown(fault.a), kind);
  return fmt::format("{} {} {} does not fit in {}", shown(fault.a), sign_of(step.op), shown(fault.b), kind);
}

std::string unreadable(const Fault& fault) {
  const std::string_view function = fault.step->function->name;
  const std::string text = shown(fault.a);
  if (function == "timestamp") return text + " is no timestamp like \"2024-02-29T23:59:59Z\"";
  if (function == "duration") return text + " is no duration like \"1h30m\" or \"1.5s\"";
  if (function == "bool") return text + " is neither \"true\" nor \"false\"";
  return fmt::format("{} is no {}", text, name_of_result(*fault.step));
}

std::string reason(const Fault& fault, std::string_view text) {
  switch (fault.reason) {
    case Reason::int_too_large:
      return fmt::format("{} does not fit in an int", printable(fault.a.view(), kShown));
    case Reason::float_too_large:
      return fmt::format("{} does not fit in a float", printable(fault.a.view(), kShown));
    case Reason::wrong_kind:
      return wrong_kind(fault, text);
    case Reason::mismatch:
      return mismatch(fault);
    case Reason::division_by_zero:
      return "division by zero";
    case Reason::overflow:
      return overflow(fault);
    case Reason::inexact:
      return fmt::format("{} does not fit in a float without rounding", shown(fault.a));
    case Reason::unreadable:
      return unreadable(fault);
    case Reason::no_element:
      return fault.b.int64 < 0 ? fmt::format("there is no element {}; they count from 0", fault.b.int64)
                               : fmt::format("there is no element {}", fault.b.int64);
    case Reason::no_position:
      return fmt::format("there is no position {} in {}", fault.b.int64, shown(fault.a));
    case Reason::too_long:
      return fmt::format("the result would be longer than {} MiB", kMaxText >> 20);
    case Reason::no_zone:
      return fmt::format("{} is no time zone here: write \"UTC\" or an offset like \"+02:00\"",
                         shown(fault.a));
  }
  return {};
}

}  // namespace

Failing explain(const Fault& fault, std::string_view text) {
  const bool is_overflow = fault.reason == Reason::int_too_large || fault.reason == Reason::float_too_large ||
                           fault.reason == Reason::overflow || fault.reason == Reason::inexact;
  std::string why = reason(fault, text);
  if (fault.step == nullptr || fault.reason == Reason::wrong_kind) return {std::move(why), is_overflow};
  // Where the reason repeats what is written, once is enough.
  const std::string where = shown(text, fault.step->span);
  if (!why.starts_with(where)) why = fmt::format("{}: {}", where, why);
  return {std::move(why), is_overflow};
}

}  // namespace flux::expr
