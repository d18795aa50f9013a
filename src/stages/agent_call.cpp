#include "stages/agent_call.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace flux::runtime {

namespace {

// Whether none is less than the one before; without a jump per number.
bool does_ascend(std::span<const std::uint32_t> numbers) {
  std::uint32_t falls = 0;
  for (std::size_t i = 1; i < numbers.size(); ++i)
    falls |= static_cast<std::uint32_t>(numbers[i] < numbers[i - 1]);
  return falls == 0;
}

// What a message may be; the rest of a longer one is not looked at.
constexpr std::size_t kMostOfAMessage = 64 << 10;

}  // namespace

AgentCall::AgentCall(const plan::Plan& plan, const plan::Stage& stage, plugin::Instance& instance,
                     const std::string& flux)
    : stage_(stage), instance_(instance), at_work_(flux), room_(stage) {
  if (stage.agent->result == plugin::Result::extend) extension_.emplace(plan, stage);
  const bool selects = stage.agent->result == plugin::Result::select;
  if (!selects && !extension_ && stage.output.is_bare(Kind::json))
    json_.emplace(json::Wanted(plan.reads[stage.read_out]), stage.is(FLUX_VERBATIM));
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
  const std::span<const std::uint32_t> origin(out_.origin, out_.rows);
  if (origin.empty() || (does_ascend(origin) && origin.back() < rows)) return {};
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

}  // namespace flux::runtime
