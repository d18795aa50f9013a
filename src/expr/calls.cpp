#include "expr/calls.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/arena.hpp"
#include "expr/evaluate.hpp"
#include "expr/explain.hpp"
#include "expr/time.hpp"

namespace flux::expr {
namespace {

[[noreturn]] void reject_function(const Node& node, const Source& source) {
  const auto reject = [&](std::string hint) {
    return source.error(node.mark, fmt::format("unknown function '{}'", node.text), std::move(hint));
  };
  for (const std::string_view macro : {"all", "exists", "exists_one", "map", "filter"})
    if (node.text == macro) throw reject("there are no loops over lists; one value is found by: x in list");
  std::vector<std::string> all{"has"};
  std::vector<std::string> of_this_style;
  if (!node.is_method) of_this_style.emplace_back("has");
  for (const Function& one : functions()) {
    all.emplace_back(one.name);
    if (one.style == Function::Style::either || (one.style == Function::Style::method) == node.is_method)
      of_this_style.emplace_back(one.name);
  }
  const auto meant = nearest(node.text, all);
  throw reject(meant ? fmt::format("did you mean '{}'?", *meant)
                     : fmt::format("there are {}", fmt::join(of_this_style, ", ")));
}

const Function& function_called(const Node& node, const Source& source) {
  const Function* const function = find_function(node.text);
  if (function == nullptr) reject_function(node, source);
  const auto other = node.is_method ? Function::Style::plain : Function::Style::method;
  if (function->style == other)
    throw source.error(node.mark,
                       fmt::format("'{}' is {}", node.text,
                                   node.is_method ? "no method" : "a method: it stands behind a value"),
                       fmt::format("write {}", function->usage));
  return *function;
}

void check_count(const Function& function, const Node& node, const Source& source) {
  const std::size_t found = node.children.size();
  if (found >= function.least && found <= function.most) return;
  const std::size_t in_front = node.is_method ? 1 : 0;
  const std::size_t least = function.least - in_front;
  const std::size_t most = function.most - in_front;
  const bool is_open = function.most == kMostOperands;
  const std::string wanted = least == most              ? fmt::format("{}", least)
                             : is_open && found < least ? fmt::format("at least {}", least)
                             : is_open                  ? fmt::format("at most {}", most)
                                                        : fmt::format("{} or {}", least, most);
  const bool is_one = wanted == "1" || (wanted == "0 or 1");
  throw source.error(node.mark,
                     fmt::format("{}() wants {} {}, found {}", function.name, wanted,
                                 is_one ? "argument" : "arguments", found - in_front),
                     fmt::format("write {}", function.usage));
}

void check_kinds(const Step& step, const Node& node, const Source& source) {
  for (std::size_t i = 0; i < step.operands.size(); ++i) {
    const Step& operand = step.operands[i];
    const Kinds wants = step.function->wants_of(i);
    if (operand.kinds & wants) continue;
    const bool is_time_wanted = (wants & (kTimestamp | kDuration)) && (operand.kinds & kString);
    throw source.error(
        operand.span,
        fmt::format("{}() wants {}, found {}", node.text, list_of(wants), list_of(operand.kinds)),
        is_time_wanted ? fmt::format("write timestamp({})", source.text(operand.span))
                       : fmt::format("write {}", step.function->usage));
  }
}

void compile_pattern(Step& step, const Node& node, const Source& source) {
  const Step& pattern = step.operands[1];
  if (!pattern.is_constant(Tag::string))
    throw source.error(pattern.span, "the pattern of matches() must be written out",
                       fmt::format("write {}", step.function->usage));
  re2::RE2::Options options;
  options.set_log_errors(false);
  step.pattern = std::make_unique<re2::RE2>(pattern.text, options);
  if (step.pattern->ok()) return;
  throw source.error(node.children[1].span,
                     fmt::format("not a regular expression: {}", printable(step.pattern->error())),
                     "its syntax is that of RE2; backslashes are safe in r\"...\"");
}

// What a function makes of literals is known now, and so is that it fails.
void try_literals(const Step& step, const Node& node, const Source& source) {
  if (step.operands.size() == 2 && (step.function->wants_of(0) & kTimestamp) &&
      step.operands[1].is_constant(Tag::string) && !parse_zone(step.operands[1].text))
    throw source.error(step.operands[1].span,
                       fmt::format("unknown time zone '{}'", printable(step.operands[1].text, 60)),
                       "write \"UTC\", or an offset from it like \"+02:00\"");
  const auto is_literal = [](const Step& one) { return one.form == Step::Form::constant; };
  if (!std::all_of(step.operands.begin(), step.operands.end(), is_literal)) return;
  Arena arena;
  const Cell result = evaluate(step, {}, 1, arena).cells[0];
  if (result.tag != Tag::fault) return;
  throw source.error(node.span, explain(*result.fault, source.text()).message, "it is so for each event");
}

}  // namespace

const Function& callee_of(const Node& node, const Source& source) {
  const Function& function = function_called(node, source);
  check_count(function, node, source);
  return function;
}

void check_call(Step& step, const Node& node, const Source& source) {
  const Function& function = *step.function;
  check_kinds(step, node, source);
  if (function.name == "matches") compile_pattern(step, node, source);
  if (function.gives == 0)
    for (const Step& operand : step.operands) step.kinds |= operand.kinds & function.wants_of(0);
  try_literals(step, node, source);
}

}  // namespace flux::expr
