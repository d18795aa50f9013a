// What came back from a call: checked value by value, and made into a batch.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "json/check.hpp"
#include "json/edit.hpp"
#include "json/number.hpp"
#include "json/string.hpp"
#include "rows/encoder.hpp"
#include "stages/agent_call.hpp"

namespace flux::runtime {

namespace {

// The text of all results of one call: places in it are 32 bits, and strings grow when
// they are written as JSON. Sizes beyond it are garbage.
constexpr std::size_t kMostText = std::size_t{2} << 30;

}  // namespace

void AgentCall::take_results(const Batch& in, std::uint32_t begin, Arena& arena) {
  const auto count = static_cast<std::uint32_t>(out_.rows);
  const bool selects = stage_.agent->result == plugin::Result::select;
  std::span<const std::uint32_t> origin;  // empty: result r is of row r
  if (out_.origin != nullptr) origin = {out_.origin, count};
  if (!selects && !check_values(origin)) return;
  if (extension_) return extend(in, begin, arena);
  if (json_ && !read_json(origin, arena)) return;

  Batch rows = in;
  if (!selects) rows.documents = nullptr, rows.columns = {};  // of a new value only the descent is left
  const bool is_whole = begin == 0 && failed_.empty();
  const bool is_one_of_each = is_whole && count == in.rows && is_counting(origin);  // the hot path
  const Kept kept = is_one_of_each ? Kept{} : kept_results(begin, origin, arena);
  results_ = is_one_of_each ? rows : rows.pick(kept.rows, arena);
  if (selects) return;
  if (json_) {
    const auto which = is_one_of_each ? counting(count, arena) : kept.results;
    results_.become_text(read_.base, *read_.documents, which);
  } else {
    const bool are_all = is_one_of_each || kept.results.size() == count;
    results_.columns = result_columns(are_all ? std::span<const std::uint32_t>() : kept.results, arena);
  }
}

// What a failed event gave is taken back.
AgentCall::Kept AgentCall::kept_results(std::uint32_t begin, std::span<const std::uint32_t> origin,
                                        Arena& arena) const {
  const auto results = counting(static_cast<std::uint32_t>(out_.rows), arena);
  if (begin == 0 && failed_.empty()) return {results, origin.empty() ? results : origin};
  auto kept = arena.array<std::uint32_t>(results.size());
  auto rows = arena.array<std::uint32_t>(results.size());
  std::uint32_t size = 0;
  for (const std::uint32_t result : results) {
    const std::uint32_t row = origin.empty() ? result : origin[result];
    if (!failed_.empty() && is_failed(row)) continue;
    kept[size] = result;
    rows[size++] = begin + row;
  }
  return {kept.first(size), rows.first(size)};
}

// What the agent wrote, as columns of a batch; `kept` empty: all rows of it.
std::span<const Column> AgentCall::result_columns(std::span<const std::uint32_t> kept, Arena& arena) {
  const auto written = room_.columns();
  auto columns = arena.array<Column>(written.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const Column all{stage_.output.fields[c].kind, written[c].data, written[c].present};
    columns[c] = kept.empty() ? all : pick(all, kept, arena);
  }
  return columns;
}

// False where the instance turns out to be broken.
bool AgentCall::check_values(std::span<const std::uint32_t> origin) {
  const plugin::Crossing crossing = plugin::Crossing::reading(*stage_.agent, at_work_);
  const auto written = room_.columns();
  for (std::size_t c = 0; c < written.size() && status() != FLUX_FAILED; ++c) {
    const Column column{stage_.output.fields[c].kind, written[c].data, written[c].present};
    if (column.present != nullptr) check_present(column, c);
    if (status() != FLUX_FAILED && !json_) check_column(column, c, origin);
  }
  return status() != FLUX_FAILED;
}

void AgentCall::check_present(const Column& column, std::size_t c) {
  const bool extends = stage_.agent->result == plugin::Result::extend;
  const std::uint8_t most = extends ? FLUX_RENAMED : FLUX_PRESENT;
  const std::span present(static_cast<const std::uint8_t*>(column.present), out_.rows);
  const auto wrong = std::ranges::find_if(present, [most](std::uint8_t what) { return what > most; });
  if (wrong == present.end()) return;
  fail_instance(fmt::format("'present' of column {} is {} in row {}, expected at most {}", c, *wrong,
                            wrong - present.begin(), most));
}

// Whether there can be such a text; else the instance has failed.
bool AgentCall::is_text_there(flux_str text, std::uint32_t row, std::size_t c) {
  if (status() == FLUX_FAILED) return false;
  if (text.data == nullptr && text.size != 0)
    return fail_instance(
        fmt::format("the text in row {} of column {} has {} bytes and is NULL", row, c, text.size));
  if (text.size > kMostText - text_given_)
    return fail_instance(
        fmt::format("the text in row {} of column {} has {} bytes, expected at most {} in one call", row, c,
                    text.size, kMostText));
  text_given_ += text.size;
  return true;
}

void AgentCall::check_column(const Column& column, std::size_t c, std::span<const std::uint32_t> origin) {
  const auto each = [&](auto check) {
    for (std::uint32_t r = 0; r < out_.rows; ++r) {
      if (column.present != nullptr && column.present[r] != FLUX_PRESENT) continue;
      const std::uint32_t row = origin.empty() ? r : origin[r];
      if (!failed_.empty() && is_failed(row)) continue;
      check(r, row);
    }
  };
  switch (column.kind) {
    case Kind::int64:
      return;
    case Kind::boolean:
      return each([&](std::uint32_t r, std::uint32_t) {
        if (const std::uint8_t value = column.as<std::uint8_t>()[r]; value > 1 && status() != FLUX_FAILED)
          fail_instance(fmt::format("row {} of column {} is the bool {}, expected 0 or 1", r, c, value));
      });
    case Kind::float64:
      return each([&](std::uint32_t r, std::uint32_t row) {
        if (!std::isfinite(column.as<double>()[r]))
          fail(row, FailureKind::overflow, "the result is not a finite number, and JSON has no other");
      });
    case Kind::string:
      return each([&](std::uint32_t r, std::uint32_t row) {
        const flux_str text = column.as<flux_str>()[r];
        if (is_text_there(text, r, c) && !json::is_utf8(view(text)))
          fail(row, FailureKind::agent, "the plugin gave text that is not valid UTF-8",
               WrongType::is_no_text);
      });
    case Kind::json:
      return each([&](std::uint32_t r, std::uint32_t row) {
        flux_str& cell = column.as<flux_str>()[r];
        if (!is_text_there(cell, r, c)) return;
        if (json::is_number(view(cell))) return;  // most often, and quickly seen
        if (const auto flaw = json::find_flaw(view(cell))) {
          fail_as_no_json(row, *flaw);
        } else {
          cell = str(json::compact(view(cell), *arena_));
        }
      });
  }
}

void AgentCall::fail_as_no_json(std::uint32_t row, const json::Flaw& flaw) {
  fail(row, FailureKind::agent,
       fmt::format("the result is not JSON: {} at column {}", flaw.reason, flaw.offset + 1),
       WrongType::is_no_json);
}

// The results as documents. False where the instance turns out to be broken.
bool AgentCall::read_json(std::span<const std::uint32_t> origin, Arena& arena) {
  const plugin::Crossing crossing = plugin::Crossing::reading(*stage_.agent, at_work_);
  const std::span texts(static_cast<flux_str*>(room_.columns()[0].data), out_.rows);
  const auto row_of = [&](std::uint32_t r) { return origin.empty() ? r : origin[r]; };
  for (std::uint32_t r = 0; r < texts.size(); ++r) {
    if (!failed_.empty() && is_failed(row_of(r))) {
      texts[r] = {};
    } else if (!is_text_there(texts[r], r, 0)) {
      return false;
    }
  }
  read_ = json_->read(texts, arena);
  if (read_.documents->all_ok) return true;
  for (std::uint32_t r = 0; r < texts.size(); ++r)
    if (read_.documents->status[r] == json::Status::bad && !is_failed(row_of(r)))
      fail_as_no_json(row_of(r), *json::find_flaw(view(texts[r])));
  return true;
}

// The events' own text with some members changed.
void AgentCall::extend(const Batch& in, std::uint32_t begin, Arena& arena) {
  auto kept = arena.array<std::uint32_t>(out_.rows);
  std::uint32_t size = 0;
  for (std::uint32_t row = 0; row < out_.rows; ++row)
    if (failed_.empty() || !is_failed(row)) kept[size++] = begin + row;
  results_ = extension_->apply(in, begin, kept.first(size), room_.columns(), arena);
  for (const std::uint32_t row : extension_->unfit())
    fail(row - begin, FailureKind::decode, "not JSON: " + json::find_flaw(in.text(row))->reason);
}

}  // namespace flux::runtime
