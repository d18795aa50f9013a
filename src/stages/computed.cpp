#include "stages/computed.hpp"

#include <fmt/format.h>

#include <algorithm>

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
// it is of another kind. The kind is a template parameter so that the loop over the
// rows decides it once.
template <Kind kind>
bool store(const Cell& cell, void* cells, std::uint32_t row, Arena& arena) {
  if constexpr (kind == Kind::boolean) {
    if (cell.tag != Tag::boolean) return false;
    static_cast<std::uint8_t*>(cells)[row] = cell.boolean ? 1 : 0;
  } else if constexpr (kind == Kind::int64) {
    if (cell.tag != Tag::int64) return false;
    static_cast<std::int64_t*>(cells)[row] = cell.int64;
  } else if constexpr (kind == Kind::float64) {
    const bool is_int = cell.tag == Tag::int64;
    if (!is_int && cell.tag != Tag::float64) return false;
    static_cast<double*>(cells)[row] = is_int ? static_cast<double>(cell.int64) : cell.float64;
  } else if constexpr (kind == Kind::string) {
    if (cell.tag != Tag::string) return false;
    static_cast<flux_str*>(cells)[row] = {cell.text, cell.size};
  } else {
    if (cell.tag == Tag::fault) return false;
    static_cast<flux_str*>(cells)[row] = str(expr::json_of(cell, arena));
  }
  return true;
}

Misfit failing(const expr::Expression& expression, const Cell& fault, std::uint32_t row) {
  expr::Failing why = expression.explain(fault);
  return {row, std::move(why.message), why.is_overflow ? FailureKind::overflow : FailureKind::type};
}

// `present`: room for the column's, which it has only if a value is missing.
template <Kind kind>
void store_rows(std::span<const Cell> values, std::span<std::uint8_t> present, const plan::Stage& stage,
                const expr::Expression& expression, Column& column, Arena& arena,
                std::vector<Misfit>& misfits) {
  void* const cells = column.data;
  const auto leave_out = [&](const Cell& value, std::uint32_t row) __attribute__((noinline)) {
    if (value.tag == Tag::fault) {
      misfits.push_back(failing(expression, value, row));
    } else if (value.tag == Tag::null) {
      if (column.present == nullptr) std::fill(present.begin(), present.end(), std::uint8_t{FLUX_PRESENT});
      column.present = present.data();
      present[row] = FLUX_ABSENT;
    } else {
      misfits.push_back({row, fmt::format("{} wants {}, found {}", stage.agent->name, name_of(kind),
                                          shown(expr::json_of(value, arena)))});
    }
  };
  for (std::uint32_t row = 0; row < values.size(); ++row)
    if (!store<kind>(values[row], cells, row, arena)) leave_out(values[row], row);
}

void store_kind(std::span<const Cell> values, std::span<std::uint8_t> present, const plan::Stage& stage,
                const expr::Expression& expression, Column& column, Arena& arena,
                std::vector<Misfit>& misfits) {
  switch (column.kind) {
    case Kind::int64:
      return store_rows<Kind::int64>(values, present, stage, expression, column, arena, misfits);
    case Kind::float64:
      return store_rows<Kind::float64>(values, present, stage, expression, column, arena, misfits);
    case Kind::boolean:
      return store_rows<Kind::boolean>(values, present, stage, expression, column, arena, misfits);
    case Kind::string:
      return store_rows<Kind::string>(values, present, stage, expression, column, arena, misfits);
    case Kind::json:
      return store_rows<Kind::json>(values, present, stage, expression, column, arena, misfits);
  }
}

// `what` has the value of a member that may be missing: then, and only then, it is empty.
Cell cell_of_member(std::string_view what, Arena& arena) {
  return what.empty() ? Cell{} : expr::cell_of_json(what, arena);
}

// The values of a member for all rows: those that stand in the batch, or new ones.
std::span<const Cell> members_of(Batch& batch, std::size_t slot, Arena& arena) {
  const std::size_t slots = batch.documents->slots;
  if (batch.cells.empty() || batch.cells[slot].empty()) {
    auto cells = arena.array<Cell>(batch.documents->count);
    for (std::uint32_t row = 0; row < batch.rows; ++row)
      cells[batch.doc[row]] = cell_of_member(batch.member(row, slot), arena);
    auto known = arena.array<std::span<const Cell>>(slots);
    std::fill(std::copy(batch.cells.begin(), batch.cells.end(), known.begin()), known.end(),
              std::span<const Cell>());
    known[slot] = cells;
    batch.cells = known;
  }
  const std::span<const Cell> cells = batch.cells[slot];
  if (batch.is_all) return cells;
  auto picked = arena.array<Cell>(batch.rows);
  for (std::uint32_t row = 0; row < batch.rows; ++row) picked[row] = cells[batch.doc[row]];
  return picked;
}

// Columns hold values, which have no text of their own.
bool is_copy(const plan::Computed& computed, const Batch& batch) {
  return batch.is_text() && computed.kind == Kind::json && computed.expression->is_read();
}

}  // namespace

void ComputedColumns::bind(Batch& batch, Arena& arena, std::span<flux_column> columns,
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
    Column column{computed.kind, arena.take(batch.rows * width_of(computed.kind)), nullptr};
    const auto present = arena.array<std::uint8_t>(batch.rows);
    const Arena::Mark before = arena.mark();
    const auto values = computed.expression->evaluate(inputs, batch.rows, arena);
    store_kind(values, present, stage_, *computed.expression, column, arena, misfits);
    // Numbers and bools are copied out: the next expression works in the same, still warm bytes.
    if (computed.kind != Kind::string && computed.kind != Kind::json) arena.release(before);
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

// A member's values are made once for all expressions down to the next change of the text.
std::span<const Cell> ComputedColumns::look_at(const plan::LookedAt& what, Batch& batch, Arena& arena) const {
  if (batch.is_text() && !what.path.empty()) return members_of(batch, what.place, arena);
  auto cells = arena.array<Cell>(batch.rows);
  for (std::uint32_t row = 0; row < batch.rows; ++row) {
    cells[row] = batch.is_text() ? expr::cell_of_json(batch.text(row), arena)
                                 : cell_of(batch.columns[what.place], row, arena);
  }
  return cells;
}

}  // namespace flux::runtime
