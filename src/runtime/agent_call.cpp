#include "runtime/agent_call.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "json/check.hpp"
#include "json/number.hpp"
#include "json/string.hpp"
#include "runtime/text.hpp"

namespace flux::runtime {

namespace {

// An agent that multiplies gets room for at least this many results at once.
constexpr std::uint32_t kLeastRoom = 1024;

// With this much text in one batch, the agent is asked to go on in the next.
constexpr std::size_t kEnoughText = 32 << 20;

}  // namespace

AgentCall::AgentCall(const plan::Plan& plan, const plan::Stage& stage, plugin::Instance& instance)
    : stage_(stage), instance_(instance), reader_(json::Wanted(plan.reads[stage.read_out])) {
  if (stage.agent->result == plugin::Result::extend) extension_.emplace(plan, stage);
  out_.struct_size = sizeof out_;
  out_.ctx = this;
  out_.text = [](flux_out* out, std::size_t size) -> char* {
    auto& call = *static_cast<AgentCall*>(out->ctx);
    if (call.text_size_ >= kEnoughText) return nullptr;
    call.text_size_ += size;
    return reinterpret_cast<char*>(call.arena_->take(size));
  };
  out_.fail = [](flux_out* out, std::size_t row, flux_reason reason, flux_str message) {
    auto& call = *static_cast<AgentCall*>(out->ctx);
    const auto kind = reason == FLUX_OVERFLOW ? FailureKind::overflow : FailureKind::agent;
    call.fail(static_cast<std::uint32_t>(row), kind, std::string(view(message)));
  };
}

void AgentCall::process(const Batch& in, std::uint32_t begin, std::span<const flux_column> columns,
                        std::uint64_t cursor, Arena& arena) {
  const std::uint32_t rows = in.rows - begin;
  auto rest = arena.array<flux_column>(columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const std::size_t fields = stage_.input.fields.size();
    const Kind kind = c < fields ? stage_.input.fields[c].kind : stage_.computed[c - fields].kind;
    const std::size_t width = width_of(kind);
    rest[c].data = static_cast<const char*>(columns[c].data) + begin * width;
    rest[c].present = columns[c].present == nullptr ? nullptr : columns[c].present + begin;
  }
  const flux_batch batch{sizeof batch, static_cast<std::uint32_t>(rest.size()), rest.data(), rows, cursor};
  give_room(rows, arena);
  plugin::Outcome outcome = instance_.process(batch, out_);
  status_ = outcome.status;
  message_ = std::move(outcome.message);
  const bool all = status_ == FLUX_OK;
  consumed_ = static_cast<std::uint32_t>(all ? rows : std::min<std::size_t>(out_.consumed, rows));
  if (status_ == FLUX_FAILED || !is_sound(rows)) return;
  if (cursor != 0 && is_failed(0))
    return fail_instance("it failed a row of which it had given results already");
  take_results(in, begin, arena);
  for (Failed& failed : failed_) failed.row += begin;
}

void AgentCall::finish(Arena& arena) {
  give_room(0, arena);
  consumed_ = 0;
  plugin::Outcome outcome = instance_.finish(out_);
  status_ = outcome.status;
  message_ = std::move(outcome.message);
  if (status_ == FLUX_FAILED) return;
  // Every row comes from the end of the stream: one event, so to say, and no line.
  Batch end;
  end.rows = 1;
  const auto line = arena.array<std::uint32_t>(1);
  line[0] = kNoLine;
  end.line = line;
  if (out_.rows <= out_.capacity) std::fill_n(out_.origin, out_.rows, 0U);
  if (!is_sound(1)) return;
  take_results(end, 0, arena);
}

// Columns for the results, from the arena; nothing is zeroed but what must be.
void AgentCall::give_room(std::uint32_t rows, Arena& arena) {
  const bool selects = stage_.agent->result == plugin::Result::select;
  const bool extends = stage_.agent->result == plugin::Result::extend;
  const bool one_to_one = selects || extends || stage_.is(FLUX_MAP);
  const bool at_end = rows == 0;
  arena_ = &arena;
  failed_.clear();
  broke_a_rule_ = false;
  results_ = {};
  text_size_ = 0;
  out_.capacity = one_to_one && !at_end ? rows : std::max(rows, kLeastRoom);
  out_.rows = 0;
  out_.consumed = rows;
  out_.cursor = 0;
  const bool needs_origin = at_end || !(stage_.is(FLUX_MAP) || extends);
  out_.origin = needs_origin ? arena.array<std::uint32_t>(out_.capacity).data() : nullptr;
  const auto& fields = stage_.output.fields;
  out_columns_ = arena.array<flux_out_column>(selects ? 0 : fields.size());
  for (std::size_t c = 0; c < out_columns_.size(); ++c) {
    out_columns_[c] = {arena.take(out_.capacity * width_of(fields[c].kind)), nullptr};
    if (!extends && !fields[c].optional) continue;
    out_columns_[c].present = arena.array<std::uint8_t>(out_.capacity).data();
    std::memset(out_columns_[c].present, FLUX_ABSENT, out_.capacity);
  }
  out_.columns = out_columns_.data();
  out_.column_count = static_cast<std::uint32_t>(out_columns_.size());
}

void AgentCall::fail_instance(std::string why) {
  status_ = FLUX_FAILED;
  broke_a_rule_ = true;
  message_ = "the plugin broke a rule: " + std::move(why);
}

void AgentCall::fail(std::uint32_t row, FailureKind kind, std::string message, WrongType wrong_type) {
  // An agent fails rows in order, nearly always; and a row once.
  if (failed_.empty() || failed_.back().row < row) {
    failed_.push_back({row, kind, std::move(message), wrong_type});
    return;
  }
  const auto at = std::lower_bound(failed_.begin(), failed_.end(), row,
                                   [](const Failed& failed, std::uint32_t r) { return failed.row < r; });
  if (at == failed_.end() || at->row != row) failed_.insert(at, {row, kind, std::move(message), wrong_type});
}

bool AgentCall::is_failed(std::uint32_t row) const {
  return std::binary_search(failed_.begin(), failed_.end(), Failed{row, {}, {}, {}},
                            [](const Failed& a, const Failed& b) { return a.row < b.row; });
}

// Counts and origins within bounds; else the instance has failed.
bool AgentCall::is_sound(std::uint32_t rows) {
  const bool maps = stage_.is(FLUX_MAP) || stage_.agent->result == plugin::Result::extend;
  if (out_.rows > out_.capacity) {
    fail_instance(fmt::format("it gave {} results where there was room for {}", out_.rows, out_.capacity));
  } else if (!failed_.empty() && failed_.back().row >= rows) {
    fail_instance(fmt::format("it failed row {} of {}", failed_.back().row, rows));
  } else if (maps && out_.origin == nullptr && out_.rows != consumed_) {
    fail_instance(fmt::format("it gave {} results for {} events, and it says it maps", out_.rows, consumed_));
  } else if (status_ == FLUX_MORE && consumed_ == 0 && out_.rows == 0 && rows != 0) {
    fail_instance("it wants to be called again without having done anything");
  } else if (rows == 0 && out_.rows != 0) {
    fail_instance(fmt::format("it gave {} results for 0 events", out_.rows));
  } else if (out_.origin != nullptr) {
    std::uint32_t least = 0;
    for (std::size_t r = 0; r < out_.rows; ++r) {
      if (out_.origin[r] >= rows || out_.origin[r] < least) {
        fail_instance(fmt::format("result {} says it comes from row {} of {}", r, out_.origin[r], rows));
        break;
      }
      least = out_.origin[r];
    }
  }
  return status_ != FLUX_FAILED;
}

void AgentCall::take_results(const Batch& in, std::uint32_t begin, Arena& arena) {
  const auto count = static_cast<std::uint32_t>(out_.rows);
  const bool selects = stage_.agent->result == plugin::Result::select;
  std::span<const std::uint32_t> origin;  // empty: result r is of row r
  if (out_.origin != nullptr) origin = {out_.origin, count};
  if (!selects) check_values(origin);
  if (stage_.agent->result == plugin::Result::extend) return extend(in, begin, arena);
  if (origin.empty() && out_.origin == nullptr && begin == 0 && failed_.empty() && count == in.rows) {
    results_ = in;  // a map, and all is well: the hot path
    results_.documents = nullptr;
    results_.columns = result_columns({}, arena);
  } else {
    auto kept = arena.array<std::uint32_t>(count);  // what a failed event gave is taken back
    auto from = arena.array<std::uint32_t>(count);
    std::uint32_t size = 0;
    for (std::uint32_t r = 0; r < count; ++r) {
      const std::uint32_t row = out_.origin == nullptr ? r : origin[r];
      if (!failed_.empty() && is_failed(row)) continue;
      kept[size] = r;
      from[size++] = begin + row;
    }
    Batch source = in;
    if (!selects) source.documents = nullptr, source.columns = {};  // of a new value only the descent is left
    results_ = source.pick(from.first(size), arena);
    if (!selects)
      results_.columns = result_columns(size == count ? std::span<std::uint32_t>() : kept.first(size), arena);
  }
  if (!selects && stage_.output.is_bare(Kind::json)) make_text(arena);
}

// What the agent wrote, as columns of a batch; `kept` empty: all rows of it.
std::span<const Column> AgentCall::result_columns(std::span<const std::uint32_t> kept, Arena& arena) {
  auto columns = arena.array<Column>(out_columns_.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const Column all{stage_.output.fields[c].kind, out_columns_[c].data, out_columns_[c].present};
    columns[c] = kept.empty() ? all : pick(all, kept, arena);
  }
  return columns;
}

void AgentCall::check_values(std::span<const std::uint32_t> origin) {
  for (std::size_t c = 0; c < out_columns_.size(); ++c) {
    const Field& field = stage_.output.fields[c];
    check_column({field.kind, out_columns_[c].data, out_columns_[c].present}, origin);
  }
}

void AgentCall::check_column(const Column& column, std::span<const std::uint32_t> origin) {
  const auto each = [&](auto check) {
    for (std::uint32_t r = 0; r < out_.rows; ++r) {
      if (column.present != nullptr && column.present[r] != FLUX_PRESENT) continue;
      const std::uint32_t row = origin.empty() ? r : origin[r];
      if (!failed_.empty() && is_failed(row)) continue;
      check(r, row);
    }
  };
  // Text with line breaks would be several lines: that is made compact all the same.
  const bool is_verbatim = stage_.is(FLUX_VERBATIM) && stage_.output.is_bare();
  switch (column.kind) {
    case Kind::int64:
    case Kind::boolean:
      return;
    case Kind::float64:
      return each([&](std::uint32_t r, std::uint32_t row) {
        if (!std::isfinite(column.as<double>()[r]))
          fail(row, FailureKind::overflow, "the result is not a finite number, and JSON has no other");
      });
    case Kind::string:
      return each([&](std::uint32_t r, std::uint32_t row) {
        if (!json::is_utf8(view(column.as<flux_str>()[r])))
          fail(row, FailureKind::agent, "the plugin gave text that is not valid UTF-8",
               WrongType::is_no_text);
      });
    case Kind::json:
      return each([&](std::uint32_t r, std::uint32_t row) {
        flux_str& cell = column.as<flux_str>()[r];
        if (json::is_number(view(cell))) return;  // most often, and quickly seen
        if (const auto flaw = json::find_flaw(view(cell))) {
          fail(row, FailureKind::agent,
               fmt::format("the result is not JSON: {} at column {}", flaw->reason, flaw->offset + 1),
               WrongType::is_no_json);
        } else {
          if (!is_verbatim || view(cell).find('\n') != std::string_view::npos)
            cell = str(json::compact(view(cell), *arena_));
        }
      });
  }
}

// The events' own text with some members changed.
void AgentCall::extend(const Batch& in, std::uint32_t begin, Arena& arena) {
  auto kept = arena.array<std::uint32_t>(out_.rows);
  std::uint32_t size = 0;
  for (std::uint32_t row = 0; row < out_.rows; ++row)
    if (failed_.empty() || !is_failed(row)) kept[size++] = begin + row;
  results_ = extension_->apply(in, begin, kept.first(size), out_columns_, arena);
}

// A json result is text like any other: who comes next may want members of it.
void AgentCall::make_text(Arena& arena) { results_ = as_text(results_, stage_.output, reader_, arena); }

}  // namespace flux::runtime
