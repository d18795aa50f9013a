#include "stages/flux_runner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace flux::runtime {

std::uint64_t& arrivals(Books& books, Arrival from) {
  switch (from) {
    case Arrival::upstream:
      return books.upstream;
    case Arrival::fed_back:
      return books.fed_back;
    case Arrival::perturbed:
      return books.perturbed;
  }
  return books.upstream;
}

namespace {

// std::count widens every byte to a word before it adds; a byte has room for 255.
template <class Byte>
std::uint64_t count(std::span<const Byte> bytes, Byte wanted) {
  std::uint64_t sum = 0;
  while (!bytes.empty()) {
    const auto part = bytes.first(std::min(bytes.size(), std::size_t{255}));
    std::uint8_t found = 0;
    for (const Byte byte : part) found += static_cast<std::uint8_t>(byte == wanted);
    sum += found;
    bytes = bytes.subspan(part.size());
  }
  return sum;
}

}  // namespace

FluxRunner::FluxRunner(const plan::Plan& plan, const plan::Flux& flux, std::size_t index,
                       const std::vector<plugin::Instance*>& instances, FailureRule rule)
    : plan_(plan),
      flux_(flux),
      index_(static_cast<std::uint32_t>(index)),
      rule_(rule),
      encoder_(flux_.given) {
  for (std::size_t i = 0; i < flux_.stages.size(); ++i) {
    inputs_.emplace_back(plan_, flux_.stages[i]);
    calls_.push_back(
        std::make_unique<AgentCall>(plan_, flux_.stages[i], *instances[i], plan_.fluxes[index_].id));
  }
}

void FluxRunner::run(const Batch& in, Ticket& ticket, RowSink& next, Arrival from) {
  next_ = &next;
  is_finishing_ = false;
  is_answer_ = from == Arrival::perturbed;
  is_as_read_ = index_ == 0 && from == Arrival::upstream;
  entry_ = in;
  entry_.event = {};
  fates_.assign(in.rows, Fate::open);
  wanted_ = in.rows;
  first_failure_ = ticket.failures.size();
  Books& books = ticket.books[index_];
  first_event_ = books.upstream + books.fed_back + books.perturbed;
  arrivals(books, from) += in.rows;
  run_stage(0, entry_, ticket);
  settle(ticket);
}

void FluxRunner::run_stage(std::size_t stage, const Batch& in, Ticket& ticket) {
  if (in.rows == 0) return;
  if (stage == flux_.stages.size()) return give(in, ticket);
  std::span<const flux_column> columns;
  const Batch rows = bind(stage, in, ticket, columns);
  AgentCall& call = *calls_[stage];
  std::uint32_t done = 0;
  std::uint64_t cursor = 0;
  ArenaScope memory(ticket);
  while (done < rows.rows) {
    call.process(rows, done, columns, cursor, ticket);
    const bool goes_on = take_outcome(stage, rows, done, ticket);
    const std::uint32_t behind = done + call.consumed();
    cursor = call.cursor();
    run_stage(stage + 1, call.results(), ticket);
    if (!goes_on) return;
    done = behind;
    if (done < rows.rows && is_over(ticket, rows.line[done])) {
      const std::uint32_t event = rows.event_of(done);
      return want_only(cursor != 0 && fates_[event] == Fate::gave ? event + 1 : event);
    }
    memory.release();
  }
}

// The rows that fit the agent, and their columns.
Batch FluxRunner::bind(std::size_t stage, const Batch& in, Ticket& ticket,
                       std::span<const flux_column>& columns) {
  Batch rows = inputs_[stage].prepare(in, ticket.arena);
  misfits_.clear();
  columns = inputs_[stage].bind(rows, ticket.arena, misfits_);
  if (misfits_.empty()) return rows;
  auto fitting = ticket.arena.array<std::uint32_t>(rows.rows);
  std::uint32_t count = 0;
  std::size_t misfit = 0;
  for (std::uint32_t row = 0; row < rows.rows; ++row) {
    if (misfit < misfits_.size() && misfits_[misfit].row == row) {
      Misfit& why = misfits_[misfit++];
      fail(stage, rows, row, why.kind, std::move(why.message), ticket);
    } else if (is_finishing_ || rows.event_of(row) < wanted_) {
      fitting[count++] = row;
    }
  }
  return bind(stage, rows.pick(fitting.first(count), ticket.arena), ticket, columns);
}

// Failures and ends that the call told; false: there will be no next one.
bool FluxRunner::take_outcome(std::size_t stage, const Batch& in, std::uint32_t begin, Ticket& ticket) {
  AgentCall& call = *calls_[stage];
  for (const AgentCall::Failed& failed : call.failed())
    fail(stage, in, failed.row, failed.kind, failed.message, ticket);
  const bool is_end = call.status() == FLUX_END;
  if (call.status() != FLUX_FAILED && !is_end) return call.status() == FLUX_MORE;
  const std::uint32_t behind = begin + (is_end ? call.consumed() : 0);
  const std::uint32_t last = behind > 0 ? behind - 1 : 0;
  // An event before it ended the stream already, in another agent of this flux.
  if (!is_finishing_ && in.event_of(last) >= wanted_) return false;
  if (is_end && behind > 0) {
    want_only(in.event_of(last) + 1);
  } else {
    const std::uint32_t event = in.event_of(behind);
    const bool is_begun = behind > 0 && in.event_of(last) == event;
    want_only(is_begun ? event + 1 : event);
  }
  if (is_end) first_wanted_ = std::max(first_wanted_, stage);
  ticket.stop_at({in.line[last], index_, is_end ? StopReason::agent_end : StopReason::agent_failed,
                  is_end ? "" : call.complaint()});
  return false;
}

void FluxRunner::fail(std::size_t stage, const Batch& in, std::uint32_t row, FailureKind kind,
                      std::string message, Ticket& ticket) {
  const std::uint32_t event = in.event_of(row);
  const std::string& agent = flux_.stages[stage].agent->name;
  Failure failure{in.line[row], index_, first_event_ + event, kind, agent, std::move(message), {}};
  if (!is_finishing_) {
    if (event >= wanted_ || fates_[event] == Fate::failed) return;  // once is enough
    fates_[event] = Fate::failed;
    if (!is_as_read_ && rule_.keeps_values) {
      Bytes value;
      encoder_.put_row(entry_, event, value);
      failure.value = std::make_unique<std::string>(value.view());
    }
  }
  ticket.failures.push_back(std::move(failure));
  if (!rule_.is_fatal) return;
  want_only(event + 1);
  ticket.stop_at({in.line[row], index_, StopReason::failure, {}});
}

void FluxRunner::give(const Batch& batch, Ticket& ticket) {
  Batch rows = batch;
  Books& books = ticket.books[index_];
  if (is_finishing_) {
    books.finish_rows += rows.rows;
  } else {
    const bool all_well = wanted_ == fates_.size() && ticket.failures.size() == first_failure_;
    if (!all_well) {  // another agent of this flux may have failed an event of these
      auto kept = ticket.arena.array<std::uint32_t>(rows.rows);
      std::uint32_t count = 0;
      for (std::uint32_t row = 0; row < rows.rows; ++row) {
        const std::uint32_t event = rows.event_of(row);
        if (event < wanted_ && fates_[event] != Fate::failed) kept[count++] = row;
      }
      if (count != rows.rows) rows = rows.pick(kept.first(count), ticket.arena);
    }
    if (rows.event.empty()) {
      std::fill_n(fates_.begin(), rows.rows, Fate::gave);
    } else {
      for (const std::uint32_t event : rows.event) fates_[event] = Fate::gave;
    }
    books.results += rows.rows;
  }
  (is_answer_ ? books.answered : books.delivered) += rows.rows;
  rows.event = {};
  if (tap_ != nullptr && !is_answer_) tap_->show(rows);
  if (rows.rows != 0) next_->take(rows, ticket);
}

// What became of each event of the batch.
void FluxRunner::settle(Ticket& ticket) {
  Books& books = ticket.books[index_];
  const auto fates = std::span<const Fate>(fates_).first(wanted_);
  const std::uint64_t gave = count(fates, Fate::gave);
  const std::uint64_t failed = ticket.failures.size() == first_failure_ ? 0 : count(fates, Fate::failed);
  const std::uint64_t none = wanted_ - gave - failed;
  books.gave += gave;
  books.failed += failed;
  (flux_.is(FLUX_ABSORB) ? books.absorbed : books.filtered) += none;
  books.unprocessed += fates_.size() - wanted_;
  if (wanted_ == fates_.size()) return;
  // Failures of events that in the end were not wanted did not happen.
  const auto begin = ticket.failures.begin() + static_cast<std::ptrdiff_t>(first_failure_);
  const auto unwanted = [&](const Failure& failure) {
    return failure.flux == index_ && failure.event >= first_event_ + wanted_;
  };
  ticket.failures.erase(std::remove_if(begin, ticket.failures.end(), unwanted), ticket.failures.end());
}

bool FluxRunner::is_over(const Ticket& ticket, std::uint32_t line) const {
  return ticket.stop && ticket.stop->is_before(line, index_) && ticket.stop->flux > index_;
}

void FluxRunner::finish(Ticket& ticket, RowSink& next, bool is_wanted) {
  next_ = &next;
  is_finishing_ = true;
  is_answer_ = false;
  fates_.assign(1, Fate::open);  // all rows come from one event, so to say: the end
  wanted_ = 1;
  for (std::size_t stage = 0; stage < flux_.stages.size(); ++stage) {
    if (flux_.stages[stage].agent->functions.finish == nullptr) continue;
    AgentCall& call = *calls_[stage];
    do {
      ArenaScope memory(ticket);
      call.finish(ticket);
      // A last result that cannot be taken belongs to no event that could fail for it.
      const bool is_taken = call.failed().empty();
      if (call.status() == FLUX_FAILED || !is_taken) {
        const std::string& agent = flux_.stages[stage].agent->name;
        ticket.stop_at({kNoLine, index_, StopReason::agent_failed,
                        call.status() == FLUX_FAILED
                            ? call.complaint()
                            : fmt::format("'{}' failed: {}", agent, call.failed().front().message)});
        return;
      }
      if (stage < first_wanted_) continue;
      run_stage(is_wanted ? stage + 1 : flux_.stages.size(), call.results(), ticket);
    } while (call.status() == FLUX_MORE && !is_over(ticket, kNoLine));
  }
}

std::optional<std::string> FluxRunner::merge(FluxRunner& other) {
  for (std::size_t stage = 0; stage < calls_.size(); ++stage)
    if (auto why = calls_[stage]->merge(*other.calls_[stage])) return why;
  return {};
}

}  // namespace flux::runtime
