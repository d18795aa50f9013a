#include "expr/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "expr/evaluate.hpp"
#include "expr/explain.hpp"
#include "expr/functions.hpp"
#include "expr/members.hpp"
#include "expr/overloads.hpp"
#include "expr/time.hpp"

namespace flux::expr {
namespace {

class Checker {
 public:
  Checker(const Type& given, const Source& source) : given_(given), source_(source) {}

  Step step(const Node& node);
  std::vector<Path> reads() && { return std::move(reads_); }

 private:
  Step literal(const Node& node);
  Step path(const Node& node, const Path& path);
  Step read(const Node& node, Path path, Kinds kinds);
  Step member(Step of, std::string name, Span span);
  Step index(const Node& node);
  Step has(const Node& node);
  Step call(const Node& node);
  Step operation(const Node& node);

  Step make(Step::Form form, const Node& node, Kinds kinds);
  void add_operands(Step& step, const Node& node);
  const Function& function_of(const Node& node) const;
  [[noreturn]] void reject_function(const Node& node) const;
  void check_count(const Function& function, const Node& node) const;
  void check_kinds(const Step& step, const Node& node) const;
  void compile_pattern(Step& step, const Node& node) const;
  void try_literals(const Step& step, const Node& node) const;

  [[noreturn]] void reject_member(const Node& node, const Path& path, const Found& found) const;
  [[noreturn]] void reject_no_members(Span span, std::string_view what, Kinds kinds) const;

  const Type& given_;
  const Source& source_;
  std::vector<Path> reads_;
};

// The name that a["name"] spells, or a.name.
const std::string* name_of_member(const Node& node) {
  if (node.form == Node::Form::member) return &node.text;
  if (node.form != Node::Form::index) return nullptr;
  return std::get_if<std::string>(&node.children[1].literal);
}

// The path that a chain of names spells: a.b["c"], event.a.b["c"].
std::optional<Path> path_of(const Node& node) {
  if (node.form == Node::Form::name) return node.text == "event" ? Path{} : Path{node.text};
  const std::string* const name = name_of_member(node);
  if (name == nullptr) return {};
  auto path = path_of(node.children[0]);
  if (path) path->push_back(*name);
  return path;
}

// The part of the chain that spells the first `size` names of its path. Of none of them
// that is `event`, or else the first name, for want of a better place.
const Node& part_of(const Node& chain, const Path& path, std::size_t size) {
  const Node* part = &chain;
  for (std::size_t left = path.size(); left > size && !part->children.empty(); --left)
    part = &part->children[0];
  return *part;
}

Step Checker::make(Step::Form form, const Node& node, Kinds kinds) {
  Step step;
  step.form = form;
  step.span = node.span;
  step.op = node.op;
  step.kinds = kinds;
  return step;
}

void Checker::add_operands(Step& to, const Node& node) {
  to.operands.reserve(node.children.size());
  for (const Node& child : node.children) to.operands.push_back(step(child));
}

Step Checker::step(const Node& node) {
  if (auto chain = path_of(node)) return path(node, *chain);
  switch (node.form) {
    case Node::Form::literal:
      return literal(node);
    case Node::Form::name:
    case Node::Form::member:
      break;
    case Node::Form::index:
      return index(node);
    case Node::Form::list: {
      Step list = make(Step::Form::list, node, kList);
      add_operands(list, node);
      return list;
    }
    case Node::Form::call:
      return node.text == "has" && !node.is_method ? has(node) : call(node);
    case Node::Form::operation:
      return operation(node);
  }
  return member(step(node.children[0]), node.text, node.span);
}

Step Checker::literal(const Node& node) {
  Step constant = make(Step::Form::constant, node, kNull);
  if (const bool* const value = std::get_if<bool>(&node.literal)) constant.constant = cell_of(*value);
  if (const auto* const value = std::get_if<std::int64_t>(&node.literal)) constant.constant = cell_of(*value);
  if (const auto* const value = std::get_if<double>(&node.literal)) constant.constant = cell_of(*value);
  if (const auto* const value = std::get_if<std::string>(&node.literal)) {
    constant.constant.tag = Tag::string;
    constant.text = *value;
  }
  constant.kinds = kinds_of(constant.constant.tag);
  return constant;
}

// As much of the path as can be is looked up in the event at once; the rest, below a
// member of a record, is looked up in what that holds.
Step Checker::path(const Node& node, const Path& path) {
  const Found found = find(path, given_);
  if (found.what != Found::What::member) reject_member(node, path, found);
  const auto end_of_read = path.begin() + static_cast<std::ptrdiff_t>(found.size);
  Step step = read(part_of(node, path, found.size), Path(path.begin(), end_of_read), found.kinds);
  for (std::size_t size = found.size; size < path.size(); ++size)
    step = member(std::move(step), path[size], part_of(node, path, size + 1).span);
  return step;
}

Step Checker::read(const Node& node, Path path, Kinds kinds) {
  Step step = make(Step::Form::input, node, kinds);
  const auto known = std::find(reads_.begin(), reads_.end(), path);
  step.input = static_cast<std::uint32_t>(known - reads_.begin());
  if (known == reads_.end()) reads_.push_back(std::move(path));
  return step;
}

Step Checker::member(Step of, std::string name, Span span) {
  if (!(of.kinds & (kObject | kNull))) reject_no_members(of.span, source_.text(of.span), of.kinds);
  Step step;
  step.form = Step::Form::member;
  step.span = span;
  step.kinds = kEvent;
  step.text = std::move(name);
  step.operands.push_back(std::move(of));
  return step;
}

void Checker::reject_member(const Node& node, const Path& path, const Found& found) const {
  if (found.what == Found::What::inside) {
    if (found.size > 0) {
      const Node& part = part_of(node, path, found.size);
      reject_no_members(part.span, source_.text(part.span), found.kinds);
    }
    const Node& name = part_of(node, path, 1);
    throw source_.error(
        name.mark,
        fmt::format("unknown name '{}': each event is {}, without members", path[0], list_of(found.kinds)),
        "the value itself is called 'event'");
  }
  const std::string& name = path[found.size - 1];
  const std::vector<std::string> names = names_below(path, found.size - 1, given_);
  const auto meant = nearest(name, names);
  // The shell takes quotes away: level == error.
  const bool may_be_text = node.form == Node::Form::name;
  throw source_.error(
      part_of(node, path, found.size).mark, fmt::format("unknown member '{}'", name),
      meant ? fmt::format("did you mean '{}'?", *meant)
            : fmt::format("known here: {}{}", fmt::join(names, ", "),
                          may_be_text ? fmt::format("; text stands in quotes: \"{}\"", name) : ""));
}

void Checker::reject_no_members(Span span, std::string_view what, Kinds kinds) const {
  throw source_.error(span, fmt::format("'{}' is {} and has no members", printable(what, 60), list_of(kinds)),
                      kinds & kString ? "of a string there are size(), contains(), substring() and others"
                                      : "take the member away");
}

Step Checker::index(const Node& node) {
  Step step = make(Step::Form::index, node, kEvent);
  add_operands(step, node);
  const Step& of = step.operands[0];
  const Step& key = step.operands[1];
  if (!(of.kinds & (kList | kObject | kNull)))
    throw source_.error(
        of.span, fmt::format("[] wants list or object, found {}", list_of(of.kinds)),
        of.kinds & kString ? "a part of a string is text.substring(begin, end)" : "take the [] away");
  if (const std::string* const name = name_of_member(node)) {
    std::string text = *name;
    return member(std::move(step.operands[0]), std::move(text), node.span);
  }
  if (!(key.kinds & (kInt | kString)))
    throw source_.error(key.span, fmt::format("[] wants int or string, found {}", list_of(key.kinds)),
                        "elements of a list count from 0, members of an object have a name");
  if (key.is_constant(Tag::int64) && key.constant.int64 < 0)
    throw source_.error(key.span, "elements count from 0",
                        fmt::format("the last one is {0}[size({0}) - 1]", source_.text(of.span)));
  return step;
}

Step Checker::has(const Node& node) {
  if (node.children.size() != 1)
    throw source_.error(node.mark, fmt::format("has() wants 1 argument, found {}", node.children.size()),
                        "has(a.b)");
  const Node& member = node.children[0];
  if (member.form != Node::Form::name && name_of_member(member) == nullptr)
    throw source_.error(member.span, "has() wants a member", "has(a.b)");
  if (const auto path = path_of(member); path && find(*path, given_).what != Found::What::member) {
    Step never = make(Step::Form::constant, node, kBoolean);
    never.constant = cell_of(false);
    return never;
  }
  Step step = make(Step::Form::has, node, kBoolean);
  add_operands(step, node);
  return step;
}

// ---- calls

void Checker::reject_function(const Node& node) const {
  const auto reject = [&](std::string hint) {
    return source_.error(node.mark, fmt::format("unknown function '{}'", node.text), std::move(hint));
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

const Function& Checker::function_of(const Node& node) const {
  const Function* const function = find_function(node.text);
  if (function == nullptr) reject_function(node);
  const auto other = node.is_method ? Function::Style::plain : Function::Style::method;
  if (function->style == other)
    throw source_.error(node.mark,
                        fmt::format("'{}' is {}", node.text,
                                    node.is_method ? "no method" : "a method: it stands behind a value"),
                        fmt::format("write {}", function->usage));
  return *function;
}

void Checker::check_count(const Function& function, const Node& node) const {
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
  throw source_.error(node.mark,
                      fmt::format("{}() wants {} {}, found {}", function.name, wanted,
                                  is_one ? "argument" : "arguments", found - in_front),
                      fmt::format("write {}", function.usage));
}

void Checker::check_kinds(const Step& step, const Node& node) const {
  for (std::size_t i = 0; i < step.operands.size(); ++i) {
    const Step& operand = step.operands[i];
    const Kinds wants = step.function->wants_of(i);
    if (operand.kinds & wants) continue;
    const bool is_time_wanted = (wants & (kTimestamp | kDuration)) && (operand.kinds & kString);
    throw source_.error(
        operand.span,
        fmt::format("{}() wants {}, found {}", node.text, list_of(wants), list_of(operand.kinds)),
        is_time_wanted ? fmt::format("write timestamp({})", source_.text(operand.span))
                       : fmt::format("write {}", step.function->usage));
  }
}

void Checker::compile_pattern(Step& step, const Node& node) const {
  const Step& pattern = step.operands[1];
  if (!pattern.is_constant(Tag::string))
    throw source_.error(pattern.span, "the pattern of matches() must be written out",
                        fmt::format("write {}", step.function->usage));
  re2::RE2::Options options;
  options.set_log_errors(false);
  step.pattern = std::make_unique<re2::RE2>(pattern.text, options);
  if (step.pattern->ok()) return;
  throw source_.error(node.children[1].span,
                      fmt::format("not a regular expression: {}", printable(step.pattern->error())),
                      "its syntax is that of RE2; backslashes are safe in r\"...\"");
}

// What a function makes of literals is known now, and so is that it fails.
void Checker::try_literals(const Step& step, const Node& node) const {
  if (step.operands.size() == 2 && (step.function->wants_of(0) & kTimestamp) &&
      step.operands[1].is_constant(Tag::string) && !parse_zone(step.operands[1].text))
    throw source_.error(step.operands[1].span,
                        fmt::format("unknown time zone '{}'", printable(step.operands[1].text, 60)),
                        "write \"UTC\", or an offset from it like \"+02:00\"");
  const auto is_literal = [](const Step& one) { return one.form == Step::Form::constant; };
  if (!std::all_of(step.operands.begin(), step.operands.end(), is_literal)) return;
  Arena arena;
  const Cell result = evaluate(step, {}, 1, arena).cells[0];
  if (result.tag != Tag::fault) return;
  throw source_.error(node.span, explain(*result.fault, source_.text()).message, "it is so for each event");
}

Step Checker::call(const Node& node) {
  const Function& function = function_of(node);
  check_count(function, node);
  Step step = make(Step::Form::call, node, function.gives);
  step.function = &function;
  add_operands(step, node);
  check_kinds(step, node);
  if (function.name == "matches") compile_pattern(step, node);
  if (function.gives == 0)
    for (const Step& operand : step.operands) step.kinds |= operand.kinds & function.wants_of(0);
  try_literals(step, node);
  return step;
}

Step Checker::operation(const Node& node) {
  Step step = make(Step::Form::operation, node, 0);
  add_operands(step, node);
  step.kinds = result_of(step, node, source_);
  return step;
}

}  // namespace

Checked check(const Node& tree, const Type& given, const Source& source) {
  Checker checker(given, source);
  Step root = checker.step(tree);
  return {std::move(root), std::move(checker).reads()};
}

}  // namespace flux::expr
