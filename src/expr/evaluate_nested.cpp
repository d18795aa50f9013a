// Looking into objects and lists, and making lists.
#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "expr/arithmetic.hpp"
#include "expr/compare.hpp"
#include "expr/evaluation.hpp"
#include "expr/expression.hpp"
#include "expr/nested.hpp"
#include "expr/text.hpp"

namespace flux::expr {
namespace {

// A member of what has none is null, as it is where the whole path is looked up at once.
Cell member_of(const Cell& whole, std::string_view name, Arena& arena) {
  if (whole.tag == Tag::fault) return whole;
  if (whole.tag != Tag::json || whole.text[0] != '{') return {};
  const auto value = find_member(whole.view(), name);
  return value ? cell_of_json(*value, arena) : Cell{};
}

}  // namespace

// The JSON text of the list, anew for each row.
Values Evaluation::list(const Step& step) {
  const Context at{step, arena_};
  const std::span<Values> elements = arena_.array<Values>(step.operands.size());
  for (std::size_t i = 0; i < elements.size(); ++i) elements[i] = run(step.operands[i]);
  const std::span<std::string_view> texts = arena_.array<std::string_view>(elements.size());
  const auto list_of_row = [&](std::size_t row) {
    std::size_t size = 2;
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (elements[i][row].tag == Tag::fault) return elements[i][row];
      texts[i] = json_of(elements[i][row], arena_);
      size += texts[i].size() + 1;
    }
    if (size > kMaxText) return at.fault(Reason::too_long, {});
    char* const text = arena_.array<char>(size).data();
    char* out = text;
    *out++ = '[';
    for (const std::string_view& element : texts) {
      if (&element != texts.data()) *out++ = ',';
      out = std::copy(element.begin(), element.end(), out);
    }
    *out++ = ']';
    return cell_of(std::string_view(text, static_cast<std::size_t>(out - text)), Tag::json);
  };
  const Values result = result_of(elements);
  for (std::size_t row = 0, rows = rows_of(result); row < rows; ++row) result.scratch[row] = list_of_row(row);
  return result;
}

// Of a list that is written out, one element after the other is compared, and no list is
// ever made: x in [a, b] is x == a || x == b.
Values Evaluation::in_list(const Step& step) {
  const Values item = run(step.operands[0]);
  const std::vector<Step>& elements = step.operands[1].operands;
  Values found = fresh(item.stride);
  for (std::size_t row = 0, rows = rows_of(found); row < rows; ++row)
    found.scratch[row] = item[row].tag == Tag::fault ? item[row] : cell_of(false);
  for (const Step& element : elements) {
    const Values other = run(element);
    const Values before = found;
    if (other.stride > found.stride) found = fresh(other.stride);
    for (std::size_t row = 0, rows = rows_of(found); row < rows; ++row) {
      const Cell so_far = before[row];
      const bool is_found = so_far.tag == Tag::boolean && so_far.boolean;
      const Cell here = is_found ? so_far : equal(item[row], other[row], arena_);
      const bool decides = here.tag == Tag::fault || here.boolean;
      found.scratch[row] = decides && !(so_far.tag == Tag::fault && here.tag == Tag::fault) ? here : so_far;
    }
  }
  return found;
}

Values Evaluation::in(const Step& step) {
  if (step.operands[1].form == Step::Form::list) return in_list(step);
  const Context at{step, arena_};
  const Values item = run(step.operands[0]);
  return map(item, run(step.operands[1]), [&](const Cell& left, const Cell& whole) {
    if (left.tag == Tag::fault) return left;
    if (whole.tag == Tag::fault) return whole;
    if (whole.tag != Tag::json) return at.fault(Reason::wrong_kind, whole, {}, 1);
    if (whole.text[0] == '[') return is_element(left, whole.view(), arena_);
    if (left.tag != Tag::string) return at.fault(Reason::wrong_kind, left, {}, 0);
    return cell_of(find_member(whole.view(), left.view()).has_value());
  });
}

Values Evaluation::member(const Step& step) {
  return map(run(step.operands[0]), [&](const Cell& cell) { return member_of(cell, step.text, arena_); });
}

Values Evaluation::index(const Step& step) {
  const Context at{step, arena_};
  const Values of = run(step.operands[0]);
  return map(of, run(step.operands[1]), [&](const Cell& whole, const Cell& key) {
    if (whole.tag == Tag::fault || whole.tag == Tag::null) return whole;
    if (key.tag == Tag::string) return member_of(whole, key.view(), arena_);
    if (key.tag == Tag::fault) return key;
    if (key.tag != Tag::int64) return at.fault(Reason::wrong_kind, key, {}, 1);
    if (whole.tag != Tag::json || whole.text[0] != '[') return at.fault(Reason::wrong_kind, whole, {}, 0);
    const auto element = key.int64 < 0 ? std::nullopt : find_element(whole.view(), key.int64);
    return element ? cell_of_json(*element, arena_) : at.fault(Reason::no_element, whole, key);
  });
}

}  // namespace flux::expr
