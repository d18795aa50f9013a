#include "runtime/agent_call.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "json/check.hpp"
#include "json/number.hpp"
#include "json/string.hpp"
#include "runtime/text.hpp"

namespace flux::runtime {

namespace {

// The text of all results of one call: places in it are 32 bits, and strings grow when
// they are written as JSON. Sizes beyond it are garbage.
constexpr std::size_t kMostText = std::size_t{2} << 30;

// What a message may be; the rest of a longer one is not looked at.
constexpr std::size_t kMostOfAMessage = 64 << 10;

}  // namespace

AgentCall::AgentCall(const plan::Plan& plan, const plan::Stage& stage, plugin::Instance& instance,
                     const std::string& flux)
    : stage_(stage),
      instance_(instance),
      reader_(json::Wanted(plan.reads[stage.read_out])),
      at_work_(flux),
      room_(stage) {
  if (stage.agent->result == plugin::Result::extend) extension_.emplace(plan, stage);
  out_.struct_size = sizeof out_;
  out_.ctx = this;
  out_.text = [](flux_out* out, std::size_t size) noexcept {
    return static_cast<AgentCall*>(out->ctx)->room_.text(size);
  };
  out_.fail = [](flux_out* out, std::size_t row, flux_reason reason, flux_str message) noexcept {
    auto& call = *static_cast<AgentCall*>(out->ctx);
    const auto kind = reason == FLUX_OVERFLOW ? FailureKind::overflow : FailureKind::agent;
    if (row >= kNoLine || (message.data == nullptr && message.size != 0)) {
      call.broken_ = row >= kNoLine ? fmt::format("it failed row {}", row)
                                    : fmt::format("it failed row {} with a message of {} bytes at NULL", row,
                                                  message.size);
      return;
    }
    call.fail(static_cast<std::uint32_t>(row), kind,
              message.size == 0 ? "" : std::string(view(message).substr(0, kMostOfAMessage)));
  };
}

void AgentCall::process(const Batch& in, std::uint32_t begin, std::span<const flux_column> columns,
                        std::uint64_t cursor, Ticket& ticket) {
  Arena& arena = ticket.arena;
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
  is_process_ = true;
  make_room(rows, arena);
  at_work_.begin(ticket, in, begin, out_.at);
  outcome_ = instance_.process(batch, out_, &at_work_);
  if (!is_sound(rows)) return;
  consumed_ = static_cast<std::uint32_t>(status() == FLUX_OK ? rows : out_.consumed);
  if (cursor != 0 && is_failed(0)) {
    fail_instance("it failed a row of which it had given results already");
    return;
  }
  take_results(in, begin, arena);
  for (Failed& failed : failed_) failed.row += begin;
}

void AgentCall::finish(Ticket& ticket) {
  Arena& arena = ticket.arena;
  is_process_ = false;
  make_room(0, arena);
  at_work_.begin("giving what it held back until the end of the stream");
  outcome_ = instance_.finish(out_, &at_work_);
  // Every row comes from the end of the stream: one event, so to say, and no line.
  Batch end;
  end.rows = 1;
  const auto line = arena.array<std::uint32_t>(1);
  line[0] = kNoLine;
  end.line = line;
  if (!is_sound(1)) return;
  std::fill_n(out_.origin, out_.rows, 0U);
  take_results(end, 0, arena);
}

std::optional<std::string> AgentCall::merge(AgentCall& other) {
  if (stage_.agent->functions.merge == nullptr || &instance_ == &other.instance_) return {};
  at_work_.begin("taking over what another worker's instance has seen");
  outcome_ = instance_.merge(other.instance_, &at_work_);
  return status() == FLUX_FAILED ? std::optional(complaint()) : std::nullopt;
}

void AgentCall::make_room(std::uint32_t rows, Arena& arena) {
  arena_ = &arena;
  failed_.clear();
  results_ = {};
  broken_.clear();
  text_given_ = 0;
  consumed_ = 0;
  room_.lay_out(out_, rows, arena);
}

std::string AgentCall::complaint() const {
  return plugin::complaint(outcome_, *stage_.agent, at_work_.flux());
}

// The instance is broken: nothing that this call told counts. Returns false.
bool AgentCall::fail_instance(std::string why) {
  outcome_ = {FLUX_FAILED, "broke a rule: " + std::move(why), true};
  failed_.clear();
  results_ = {};
  return false;
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

// Whether what came back can be looked at. What was written beyond an array comes first:
// an agent may say in the same breath that it failed, and the reason is that.
bool AgentCall::is_sound(std::uint32_t rows) {
  if (auto breach = room_.breach(out_)) return fail_instance(*std::move(breach));
  if (status() == FLUX_FAILED) {
    failed_.clear();
    return false;
  }
  if (auto why = broken_rule(rows)) return fail_instance(*std::move(why));
  return true;
}

// Counts and origins within bounds. `rows`: of the input; those of finish() come from one.
std::optional<std::string> AgentCall::broken_rule(std::uint32_t rows) const {
  if (!broken_.empty()) return broken_;
  const bool maps = stage_.is(FLUX_MAP) || stage_.agent->result == plugin::Result::extend;
  const bool goes_on = status() == FLUX_MORE;
  const std::size_t done = !is_process_ ? 0 : status() == FLUX_OK ? rows : out_.consumed;
  if (status() == FLUX_AGAIN) return "it returned FLUX_AGAIN, which only a source may";
  if (out_.rows > out_.capacity)
    return fmt::format("it gave {} results where there was room for {}", out_.rows, out_.capacity);
  if (!failed_.empty() && failed_.back().row >= rows)
    return fmt::format("it failed row {} of {}", failed_.back().row, rows);
  if (is_process_ && done > rows) return fmt::format("it says that it has done {} of {} rows", done, rows);
  if (is_process_ && maps && out_.rows != done)
    return fmt::format("it gave {} results for {} events, and it says it maps", out_.rows, done);
  if (goes_on && done == 0 && out_.rows == 0)
    return "it wants to be called again without having done anything";
  if (goes_on && is_process_ && done == rows && out_.cursor != 0)
    return "it wants to go on within a row, and says that it has done them all";
  if (out_.origin == nullptr || !is_process_) return {};
  std::uint32_t least = 0;
  for (std::size_t r = 0; r < out_.rows; ++r) {
    if (out_.origin[r] >= rows)
      return fmt::format("result {} says it comes from row {} of {}", r, out_.origin[r], rows);
    if (out_.origin[r] < least)
      return fmt::format("result {} says it comes from row {}, and the one before from row {}", r,
                         out_.origin[r], least);
    least = out_.origin[r];
  }
  return {};
}

void AgentCall::take_results(const Batch& in, std::uint32_t begin, Arena& arena) {
  const auto count = static_cast<std::uint32_t>(out_.rows);
  const bool selects = stage_.agent->result == plugin::Result::select;
  std::span<const std::uint32_t> origin;  // empty: result r is of row r
  if (out_.origin != nullptr) origin = {out_.origin, count};
  if (!selects && !check_values(origin)) return;
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
    if (status() != FLUX_FAILED) check_column(column, c, origin);
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
  // Text with line breaks would be several lines: that is made compact all the same.
  const bool is_verbatim = stage_.is(FLUX_VERBATIM) && stage_.output.is_bare();
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
  results_ = extension_->apply(in, begin, kept.first(size), room_.columns(), arena);
  for (const std::uint32_t row : extension_->unfit())
    fail(row - begin, FailureKind::decode, "not JSON: " + json::find_flaw(in.text(row))->reason);
}

// A json result is text like any other: who comes next may want members of it.
void AgentCall::make_text(Arena& arena) { results_ = as_text(results_, stage_.output, reader_, arena); }

}  // namespace flux::runtime
