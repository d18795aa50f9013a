#include "runtime/computed.hpp"

#include <fmt/format.h>

#include <cstring>

namespace flux::runtime {

namespace {

using expr::Cell;
using expr::Tag;

Cell cell_of(const Column& column, std::uint32_t row, Arena& arena) {
  Cell cell;
  if (column.present != nullptr && column.present[row] == FLUX_ABSENT) return cell;
  switch (column.kind) {
    case Kind::int64:
      cell.tag = Tag::int64;
      cell.int64 = column.as<std::int64_t>()[row];
      return cell;
    case Kind::float64:
      cell.tag = Tag::float64;
      cell.float64 = column.as<double>()[row];
      return cell;
    case Kind::boolean:
      cell.tag = Tag::boolean;
      cell.boolean = column.as<std::uint8_t>()[row] != 0;
      return cell;
    case Kind::string: {
      const flux_str text = column.as<flux_str>()[row];
      cell.tag = Tag::string;
      cell.size = static_cast<std::uint32_t>(text.size);
      cell.text = text.data;
      return cell;
    }
    case Kind::json:
      return expr::cell_of_json(view(column.as<flux_str>()[row]), arena);
  }
  return cell;
}

// The value of an expression in a cell of the kind that the agent wants; false where
// it is of another kind.
bool store(const Cell& cell, Column& column, std::uint32_t row, Arena& arena) {
  switch (column.kind) {
    case Kind::boolean:
      if (cell.tag != Tag::boolean) return false;
      column.as<std::uint8_t>()[row] = cell.boolean ? 1 : 0;
      return true;
    case Kind::int64:
      if (cell.tag != Tag::int64) return false;
      column.as<std::int64_t>()[row] = cell.int64;
      return true;
    case Kind::float64: {
      const bool is_int = cell.tag == Tag::int64;
      column.as<double>()[row] = is_int ? static_cast<double>(cell.int64) : cell.float64;
      return is_int || cell.tag == Tag::float64;
    }
    case Kind::string:
      if (cell.tag != Tag::string) return false;
      column.as<flux_str>()[row] = {cell.text, cell.size};
      return true;
    case Kind::json:
      column.as<flux_str>()[row] = str(expr::json_of(cell, arena));
      return true;
  }
  return false;
}

Misfit failing(const expr::Expression& expression, const Cell& fault, std::uint32_t row) {
  expr::Failing why = expression.explain(fault);
  return {row, std::move(why.message), why.is_overflow ? FailureKind::overflow : FailureKind::type};
}

// `what` has the value of a member that may be missing: then, and only then, it is empty.
Cell cell_of_member(std::string_view what, Arena& arena) {
  return what.empty() ? Cell{} : expr::cell_of_json(what, arena);
}

// Columns hold values, which have no text of their own.
bool is_copy(const plan::Computed& computed, const Batch& batch) {
  return batch.is_text() && computed.kind == Kind::json && computed.expression->is_read();
}

}  // namespace

void ComputedColumns::bind(const Batch& batch, Arena& arena, std::span<flux_column> columns,
                           std::vector<Misfit>& misfits) const {
  auto cells = arena.array<std::span<const Cell>>(stage_.looked_at.size());
  for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = {};
  for (const plan::Computed& computed : stage_.computed) {
    if (is_copy(computed, batch)) continue;
    for (const std::size_t input : computed.inputs)
      if (cells[input].empty()) cells[input] = look_at(stage_.looked_at[input], batch, arena);
  }
  for (std::size_t c = 0; c < stage_.computed.size(); ++c) {
    const plan::Computed& computed = stage_.computed[c];
    if (is_copy(computed, batch)) {
      const Column column = copy(stage_.looked_at[computed.inputs[0]], batch, arena);
      columns[c] = {column.data, column.present};
      continue;
    }
    auto inputs = arena.array<std::span<const Cell>>(computed.inputs.size());
    for (std::size_t i = 0; i < inputs.size(); ++i) inputs[i] = cells[computed.inputs[i]];
    const auto values = computed.expression->evaluate(inputs, batch.rows, arena);
    auto present = arena.array<std::uint8_t>(batch.rows);
    Column column{computed.kind, arena.take(batch.rows * width_of(computed.kind)), present.data()};
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
      const Cell& value = values[row];
      present[row] = FLUX_PRESENT;
      if (value.tag == Tag::fault) {
        misfits.push_back(failing(*computed.expression, value, row));
      } else if (value.tag == Tag::null && computed.kind != Kind::json) {
        present[row] = FLUX_ABSENT;
      } else if (!store(value, column, row, arena)) {
        misfits.push_back({row, fmt::format("{} wants {}, found {}", stage_.agent->name,
                                            name_of(computed.kind), shown(expr::json_of(value, arena)))});
      }
    }
    columns[c] = {column.data, column.present};
  }
}

// A member that goes on as it is keeps its digits: no cell is made of it.
Column ComputedColumns::copy(const plan::LookedAt& what, const Batch& batch, Arena& arena) const {
  auto texts = arena.array<flux_str>(batch.rows);
  for (std::uint32_t row = 0; row < batch.rows; ++row) {
    const std::string_view text = what.path.empty() ? batch.text(row) : batch.member(row, what.place);
    texts[row] = str(text.empty() ? "null" : text);
  }
  return {Kind::json, texts.data(), nullptr};
}

std::span<const Cell> ComputedColumns::look_at(const plan::LookedAt& what, const Batch& batch,
                                               Arena& arena) const {
  auto cells = arena.array<Cell>(batch.rows);
  for (std::uint32_t row = 0; row < batch.rows; ++row) {
    if (!batch.is_text()) {
      cells[row] = cell_of(batch.columns[what.place], row, arena);
    } else if (what.path.empty()) {
      cells[row] = expr::cell_of_json(batch.text(row), arena);
    } else {
      cells[row] = cell_of_member(batch.member(row, what.place), arena);
    }
  }
  return cells;
}

}  // namespace flux::runtime
