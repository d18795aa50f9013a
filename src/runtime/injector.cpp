#include "runtime/injector.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "json/check.hpp"
#include "json/edit.hpp"
#include "rows/encoder.hpp"
#include "stages/entry.hpp"
#include "transport/bad_line.hpp"

namespace flux::runtime {

namespace {

// A caller's event fails for the caller, and ends nothing.
constexpr FailureRule kForgiving{};

constexpr const char* kDraining = "the pipeline is DRAINING: no event enters any more";

void put_values(const Encoder& encoder, const Batch& batch, std::vector<std::string>& values) {
  for (std::uint32_t row = 0; row < batch.rows; ++row) {
    Bytes value;
    encoder.put_row(batch, row, value);
    values.emplace_back(value.view());
  }
}

}  // namespace

Injector::Injector(SharedState& shared, std::size_t seat)
    : StepRunner(shared, seat, Arrival::perturbed, kForgiving),
      decoder_(plan_, shared.options.max_line, kForgiving),
      encoder_(plan_.last().gives) {}

void Injector::close() {
  const std::lock_guard lock(mutex_);
  is_closed_ = true;
}

void Injector::carry(std::size_t from, std::vector<std::string>& values, bool wants_trace, Answer& answer) {
  const std::lock_guard lock(mutex_);
  answer_ = &answer;
  wants_trace_ = wants_trace;
  results_.clear();
  ticket_.recycle(plan_.segments.size() + 1, plan_.fluxes.size());
  if (is_closed_) {
    answer.kind = Answer::Kind::not_flowing;
    answer.error = kDraining;
    return;
  }
  const bool is_first = from == plan_.first;
  const Place place = is_first ? Place{0, 0} : place_of(from);
  if (from == 0 && !shared_.source.afford()) {
    refuse(0, 1, Refusal::unaffordable, ticket_);
  } else if (is_first) {
    read_lines(values);
  } else {
    read_value(from, values.front(), place);
  }
  if (from == 0 && shared_.source.is_full()) {
    ticket_.stop_at({kNoLine, 0, StopReason::max_events, {}});
    has_run(0, ticket_);
  }
  for (std::size_t s = place.segment; s < plan_.segments.size(); ++s)
    run_segment(s, s == place.segment ? place.step : 0);
  tell_failures();
  shared_.delivery.add(ticket_.books);
  values = std::move(results_);
}

// The first step that has to do with the flux.
Injector::Place Injector::place_of(std::size_t flux) const {
  for (std::size_t s = 0; s < plan_.segments.size(); ++s) {
    const auto& steps = plan_.segments[s].steps;
    for (std::size_t i = 0; i < steps.size(); ++i)
      if (steps[i].flux == flux) return {s, i};
  }
  return {0, 0};  // not reached: every flux has a step
}

// As the lines of a block are read; but they come from outside.
void Injector::read_lines(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text += value + "\n";
  char* begin = ticket_.in.block.prepare(0, text.size());
  std::memcpy(begin, text.data(), text.size());
  ticket_.in.cut.text = {begin, text.size()};
  Batch batch;
  while (decoder_.next(ticket_, batch))
    if (batch.rows != 0) ticket_.queue(0, batch);
  Books& books = ticket_.books[plan_.first];
  books.perturbed += std::exchange(books.upstream, 0);
}

// At a later flux: as what the flux before would have given.
void Injector::read_value(std::size_t flux, const std::string& value, Place place) {
  std::string why;
  const auto batch = enter(plan_, flux, value, ticket_, why);
  if (batch) return ticket_.queue(place.segment, *batch);
  ticket_.books[flux].perturbed += 1;
  ticket_.books[flux].failed += 1;
  answer_->kind = Answer::Kind::failed;
  answer_->error = std::move(why);
}

void Injector::run_segment(std::size_t segment, std::size_t first_step) {
  const std::vector<Batch> batches = std::move(ticket_.queues[segment]);
  ticket_.queues[segment].clear();
  if (batches.empty()) return;
  const auto run = [&] {
    for (const Batch& batch : batches) run_step(segment, first_step, batch, ticket_);
  };
  if (shared_.is_serial(segment)) {
    shared_.serial[segment]->door->cut_in(run);
  } else {
    run();
  }
}

void Injector::hand_over(std::size_t segment, const Batch& batch, Ticket& ticket) {
  if (segment + 1 < shared_.way_out()) return ticket.queue(segment + 1, batch);
  put_values(encoder_, batch, results_);
}

void Injector::gave(const plan::Step& giver, const Batch& batch) {
  if (!wants_trace_ || giver.kind != plan::Step::Kind::run) return;
  auto& trace = answer_->trace;
  if (trace.empty() || trace.back().flux != giver.flux) trace.push_back({giver.flux, {}});
  put_values(Encoder(plan_.fluxes[giver.flux].gives), batch, trace.back().values);
}

void Injector::refuse(std::size_t flux, std::uint32_t rows, Refusal why, Ticket& ticket) {
  ticket.books[flux].perturbed += rows;
  ticket.books[flux].unprocessed += rows;
  if (why == Refusal::too_late) {
    answer_->kind = Answer::Kind::not_flowing;
    answer_->error = kDraining;
    return;
  }
  answer_->kind = Answer::Kind::unaffordable;
  const settings::Limit& limit = plan_.fluxes[flux].limit;
  answer_->error = fmt::format("'{}' cannot afford it: {}", plan_.fluxes[flux].id,
                               limit.collapses ? "its entropy is exhausted" : "it has reached max_events");
}

// An event from outside can be the last one that a flux takes.
void Injector::has_run(std::size_t flux, Ticket& ticket) {
  if (!ticket.stop) return;
  Stop stop = *std::exchange(ticket.stop, {});
  if (stop.reason == StopReason::failure || stop.reason == StopReason::abandoned) return;
  if (stop.reason == StopReason::agent_failed) {
    answer_->kind = Answer::Kind::failed;
    answer_->error = stop.message;
  }
  const bool wants_no_more = stop.reason == StopReason::agent_end || stop.reason == StopReason::agent_failed;
  if (wants_no_more && plan_.fluxes[flux].is_serial())
    shared_.serial[place_of(flux).segment]->of(flux).has_ended = true;
  stop.line = kNoLine;
  shared_.delivery.add_stop(std::move(stop));
  shared_.source.stop();
}

void Injector::tell_failures() {
  if (ticket_.failures.empty() || answer_->kind != Answer::Kind::answered) return;
  const Failure& first = ticket_.failures.front();
  answer_->kind = Answer::Kind::failed;
  if (first.message.empty()) {
    answer_->error = explain(first.line, ticket_, plan_, shared_.options.max_line).message;
  } else {
    answer_->error = first.message;
  }
  if (first.kind != FailureKind::decode) answer_->error = fmt::format("{}: {}", first.agent, answer_->error);
}

}  // namespace flux::runtime
