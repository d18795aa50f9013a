#include "expr/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "expr/calls.hpp"
#include "expr/functions.hpp"
#include "expr/members.hpp"
#include "expr/overloads.hpp"

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

Step Checker::call(const Node& node) {
  const Function& function = callee_of(node, source_);
  Step step = make(Step::Form::call, node, function.gives);
  step.function = &function;
  add_operands(step, node);
  check_call(step, node, source_);
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
