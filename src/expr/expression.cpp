#include "expr/expression.hpp"

#include <algorithm>
#include <utility>

#include "expr/check.hpp"
#include "expr/evaluate.hpp"
#include "expr/explain.hpp"
#include "expr/parser.hpp"
#include "expr/source.hpp"
#include "json/string.hpp"

namespace flux::expr {

struct Expression::Tree {
  std::string text;
  Step root;
  std::vector<Path> reads;
};

Expression::Expression(std::unique_ptr<const Tree> tree) : tree_(std::move(tree)) {}
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;
Expression::~Expression() = default;

Expression Expression::parse(std::string_view text, const Type& given, const Excerpt& place) {
  const Source source(text, place);
  if (!json::is_utf8(text))
    throw source.error({0, text.size()}, "the expression is not valid UTF-8", "check how it was written");
  Checked checked = check(parse_tree(source), given, source);
  return Expression(std::make_unique<const Tree>(
      Tree{std::string(text), std::move(checked.root), std::move(checked.reads)}));
}

const std::vector<Path>& Expression::reads() const { return tree_->reads; }

Known Expression::known() const { return known_of(tree_->root.kinds); }

bool Expression::is_read() const { return tree_->root.form == Step::Form::input; }

bool Expression::may_be_null() const { return (tree_->root.kinds & kNull) != 0; }

std::span<const Cell> Expression::evaluate(std::span<const std::span<const Cell>> inputs, std::uint32_t rows,
                                           Arena& arena) const {
  const Values values = expr::evaluate(tree_->root, inputs, rows, arena);
  if (!values.is_constant()) return {values.cells, rows};
  const std::span<Cell> all = arena.array<Cell>(rows);
  std::fill(all.begin(), all.end(), values.cells[0]);
  return all;
}

Failing Expression::explain(const Cell& fault) const { return expr::explain(*fault.fault, tree_->text); }

}  // namespace flux::expr
