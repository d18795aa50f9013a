#include "stages/input.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "json/number.hpp"
#include "json/string.hpp"
#include "rows/encoder.hpp"

namespace flux::runtime {

namespace {

constexpr std::string_view kNull = "null";

std::string wanted(const Field& field, std::string_view found) {
  if (field.path.empty()) return fmt::format("wants {}, found {}", name_of(field.kind), found);
  return fmt::format("member '{}': wants {}, found {}", to_string(field.path), name_of(field.kind), found);
}

// One JSON value into one cell; false with the reason where it does not fit. The
// kind is a template parameter so that the loop over the rows decides it once.
template <Kind kind>
bool read_cell(std::string_view raw, Column& column, std::uint32_t row, const Field& field, Arena& arena,
               std::string& why) {
  if constexpr (kind == Kind::json) {
    column.as<flux_str>()[row] = str(raw);
    return true;
  } else if constexpr (kind == Kind::string) {
    if (raw.front() == '"') {
      column.as<flux_str>()[row] = str(json::unescape(raw.substr(1, raw.size() - 2), arena));
      return true;
    }
  } else if constexpr (kind == Kind::boolean) {
    if (raw == "true" || raw == "false") {
      column.as<std::uint8_t>()[row] = raw == "true" ? 1 : 0;
      return true;
    }
  } else if constexpr (kind == Kind::int64) {
    switch (json::parse_int(raw, column.as<std::int64_t>()[row])) {
      case json::IntResult::ok:
        return true;
      case json::IntResult::not_an_int:
        break;
      case json::IntResult::overflow:
        why = wanted(field, shown(raw) + ", which is beyond 64 bits");
        return false;
    }
  } else if (raw.front() == '-' || (raw.front() >= '0' && raw.front() <= '9')) {
    switch (json::parse_float(raw, column.as<double>()[row])) {
      case json::FloatResult::ok:
        return true;
      case json::FloatResult::out_of_range:
        why = wanted(field, shown(raw) + ", which is beyond the range of a float");
        return false;
      case json::FloatResult::inexact_integer:
        why = wanted(field, shown(raw) + ", which no float equals");
        return false;
    }
  }
  why = wanted(field, shown(raw));
  return false;
}

using RawOf = std::string_view (*)(const Batch&, std::uint32_t row, std::size_t slot);

std::string_view value_of(const Batch& batch, std::uint32_t row, std::size_t) { return batch.text(row); }

std::string_view member_of(const Batch& batch, std::uint32_t row, std::size_t slot) {
  return batch.member(row, slot);
}

template <Kind kind, RawOf raw_of>
void read_rows(const Batch& batch, std::size_t slot, Column& column, const Field& field, Arena& arena,
               std::vector<Misfit>& misfits) {
  std::string why;
  for (std::uint32_t row = 0; row < batch.rows; ++row) {
    const std::string_view raw = raw_of(batch, row, slot);
    const bool is_missing = raw_of == member_of && raw.empty();
    if (field.optional && (is_missing || raw == kNull)) {
      column.present[row] = FLUX_ABSENT;
      continue;
    }
    if (is_missing) {
      misfits.push_back({row, fmt::format("member '{}' is missing, and {} is wanted", to_string(field.path),
                                          name_of(kind))});
    } else if (!read_cell<kind>(raw, column, row, field, arena, why)) {
      misfits.push_back({row, why});
    }
  }
}

template <RawOf raw_of>
void read_kind(const Batch& batch, std::size_t slot, Column& column, const Field& field, Arena& arena,
               std::vector<Misfit>& misfits) {
  switch (field.kind) {
    case Kind::int64:
      return read_rows<Kind::int64, raw_of>(batch, slot, column, field, arena, misfits);
    case Kind::float64:
      return read_rows<Kind::float64, raw_of>(batch, slot, column, field, arena, misfits);
    case Kind::boolean:
      return read_rows<Kind::boolean, raw_of>(batch, slot, column, field, arena, misfits);
    case Kind::string:
      return read_rows<Kind::string, raw_of>(batch, slot, column, field, arena, misfits);
    case Kind::json:
      return read_rows<Kind::json, raw_of>(batch, slot, column, field, arena, misfits);
  }
}

Column new_column(const Field& field, std::uint32_t rows, Arena& arena) {
  Column column{field.kind, arena.take(rows * width_of(field.kind)), nullptr};
  if (!field.optional) return column;
  auto present = arena.array<std::uint8_t>(rows);
  std::fill(present.begin(), present.end(), std::uint8_t{FLUX_PRESENT});
  column.present = present.data();
  return column;
}

// Misfits of several columns, told once per row: the first column's reason.
void merge(std::vector<Misfit>& misfits) {
  const auto by_row = [](const Misfit& a, const Misfit& b) { return a.row < b.row; };
  std::stable_sort(misfits.begin(), misfits.end(), by_row);
  const auto same_row = [](const Misfit& a, const Misfit& b) { return a.row == b.row; };
  misfits.erase(std::unique(misfits.begin(), misfits.end(), same_row), misfits.end());
}

// int -> float, where that changes nothing.
void widen(const Batch& batch, const Column& from, Column& to, const Field& field,
           std::vector<Misfit>& misfits) {
  constexpr double kTwoTo63 = 9223372036854775808.0;
  for (std::uint32_t row = 0; row < batch.rows; ++row) {
    if (from.present != nullptr && from.present[row] == FLUX_ABSENT) continue;
    const std::int64_t whole = from.as<std::int64_t>()[row];
    const auto number = static_cast<double>(whole);
    to.as<double>()[row] = number;
    if (number < kTwoTo63 && static_cast<std::int64_t>(number) == whole) continue;
    misfits.push_back({row, wanted(field, fmt::format("{}, which no float equals", whole))});
  }
}

// Any value -> its JSON text.
void render(const Batch& batch, const Column& from, Column& to, Arena& arena) {
  Bytes text;
  for (std::uint32_t row = 0; row < batch.rows; ++row) {
    if (from.present != nullptr && from.present[row] == FLUX_ABSENT) continue;
    text.clear(1 << 16);
    put_cell(from, row, text);
    to.as<flux_str>()[row] = str(arena.copy(text.view()));
  }
}

}  // namespace

Input::Input(const plan::Plan& plan, const plan::Stage& stage)
    : stage_(stage), reader_(json::Wanted(plan.reads[stage.read_in])), computed_(stage) {
  for (const Field& field : stage.input.fields) {
    const auto& given = stage.given.fields;
    const auto found =
        std::find_if(given.begin(), given.end(), [&](const Field& f) { return f.path == field.path; });
    sources_.push_back(found == given.end() ? -1 : found - given.begin());
  }
}

Batch Input::prepare(const Batch& batch, Arena& arena) {
  return stage_.reads_text ? as_text(batch, stage_.given, reader_, arena) : batch;
}

std::span<const flux_column> Input::bind(Batch& batch, Arena& arena, std::vector<Misfit>& misfits) const {
  const std::size_t count = stage_.input.fields.size();
  auto columns = arena.array<flux_column>(count + stage_.computed.size());
  const bool wants_object = stage_.input.is_record() || stage_.agent->result == plugin::Result::extend;
  if (wants_object && batch.is_text()) require_objects(batch, misfits);
  if (!misfits.empty()) return columns;
  for (std::size_t i = 0; i < count; ++i) {
    const Column column =
        batch.is_text() ? from_text(batch, i, arena, misfits) : from_columns(batch, i, arena, misfits);
    columns[i] = {column.data, column.present};
  }
  if (!stage_.computed.empty()) computed_.bind(batch, arena, columns.subspan(count), misfits);
  if (misfits.size() > 1) merge(misfits);
  return columns;
}

void Input::require_objects(const Batch& batch, std::vector<Misfit>& misfits) const {
  for (std::uint32_t row = 0; row < batch.rows; ++row) {
    const std::string_view text = batch.text(row);
    if (text.front() != '{') misfits.push_back({row, fmt::format("wants an object, found {}", shown(text))});
  }
}

Column Input::from_text(const Batch& batch, std::size_t index, Arena& arena,
                        std::vector<Misfit>& misfits) const {
  const Field& field = stage_.input.fields[index];
  Column column = new_column(field, batch.rows, arena);
  if (field.path.empty()) {
    read_kind<value_of>(batch, 0, column, field, arena, misfits);
  } else {
    read_kind<member_of>(batch, stage_.slots[index], column, field, arena, misfits);
  }
  return column;
}

Column Input::from_columns(const Batch& batch, std::size_t index, Arena& arena,
                           std::vector<Misfit>& misfits) const {
  const Field& field = stage_.input.fields[index];
  // A bare json input takes whatever there is: plan::columns_suffice sees to it
  // that there is one column then.
  const std::ptrdiff_t source = sources_[index];
  Column column = new_column(field, batch.rows, arena);
  if (source < 0) {
    std::fill_n(column.present, batch.rows, std::uint8_t{FLUX_ABSENT});
    return column;
  }
  const Column& from = batch.columns[static_cast<std::size_t>(source)];
  if (from.kind == field.kind) {
    column.data = from.data;
  } else if (field.kind == Kind::json) {
    render(batch, from, column, arena);
  } else {
    widen(batch, from, column, field, misfits);
  }
  if (field.optional && from.present != nullptr) column.present = from.present;
  return column;
}

}  // namespace flux::runtime
