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

}  // namespace

Injector::Injector(Pipeline& pipeline, std::size_t seat)
    : pipeline_(pipeline),
      plan_(pipeline.plan_),
      decoder_(plan_, pipeline.options_.max_line, kForgiving),
      runners_(plan_.fluxes.size()),
      encoder_(plan_.last().gives) {
  for (std::size_t f = plan_.first; f < plan_.end(); ++f) {
    if (plan_.fluxes[f].is_serial()) continue;
    runners_[f] = std::make_unique<FluxRunner>(
        plan_, plan_.fluxes[f], f, pipeline.instances_of_[seat * plan_.fluxes.size() + f], kForgiving);
  }
}

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
    answer.error = "the pipeline is DRAINING: no event enters any more";
    return;
  }
  const bool is_first = from == plan_.first;
  const Place place = is_first ? Place{0, 0} : place_of(from);
  if (from == 0 && !pipeline_.inlet_.afford()) {
    refuse(0, 1, Answer::Kind::unaffordable, "");
  } else if (is_first) {
    read_lines(values);
  } else {
    read_value(from, values.front(), place);
  }
  if (from == 0 && pipeline_.inlet_.is_full()) {
    ticket_.stop_at({kNoLine, 0, StopReason::max_events, {}});
    note_stop(0);
  }
  for (std::size_t s = place.segment; s < plan_.segments.size(); ++s)
    run_segment(s, s == place.segment ? place.step : 0);
  tell_failures();
  pipeline_.delivery_.add(ticket_.books);
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
  char* begin = ticket_.block.prepare(0, text.size());
  std::memcpy(begin, text.data(), text.size());
  ticket_.cut.text = {begin, text.size()};
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
    for (const Batch& batch : batches) run_step(segment, first_step, batch);
  };
  if (plan_.segments[segment].is_serial) {
    pipeline_.doors_[segment]->cut_in(run);
  } else {
    run();
  }
}

void Injector::run_step(std::size_t segment, std::size_t step, const Batch& batch) {
  const auto& steps = plan_.segments[segment].steps;
  if (step == steps.size()) {
    if (segment + 1 < plan_.segments.size()) return ticket_.queue(segment + 1, batch);
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
      Bytes value;
      encoder_.put_row(batch, row, value);
      results_.emplace_back(value.view());
    }
    return;
  }
  const std::size_t flux = steps[step].flux;
  if (pipeline_.has_ended_[flux] != 0)
    return refuse(flux, batch.rows, Answer::Kind::not_flowing,
                  "the pipeline is DRAINING: no event enters any more");
  NextStep next(*this, segment, step);
  if (steps[step].kind == plan::Step::Kind::admit) {
    if (!admit(steps[step], batch)) return refuse(flux, batch.rows, Answer::Kind::unaffordable, "");
    next.take(batch, ticket_);
  } else if (FeedbackLoop* loop = pipeline_.loops_[flux].get()) {
    if (!loop->perturb(batch, ticket_, next)) refuse(flux, batch.rows, Answer::Kind::unaffordable, "");
  } else {
    FluxRunner& runner = runners_[flux] ? *runners_[flux] : *pipeline_.serial_runners_[flux];
    runner.run(batch, ticket_, next, Arrival::perturbed);
  }
  note_stop(flux);
}

void Injector::NextStep::take(const Batch& batch, Ticket&) {
  const plan::Step& giver = injector.plan_.segments[segment].steps[step];
  if (injector.wants_trace_ && giver.kind == plan::Step::Kind::run) {
    auto& trace = injector.answer_->trace;
    if (trace.empty() || trace.back().flux != giver.flux) trace.push_back({giver.flux, {}});
    const Encoder encoder(injector.plan_.fluxes[giver.flux].gives);
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
      Bytes value;
      encoder.put_row(batch, row, value);
      trace.back().values.emplace_back(value.view());
    }
  }
  injector.run_step(segment, step + 1, batch);
}

// At the gate of a later flux. REQUIRES: inside its segment.
bool Injector::admit(const plan::Step& step, const Batch& batch) {
  const settings::Limit& limit = plan_.fluxes[step.flux].limit;
  std::uint64_t& admitted = pipeline_.admitted_[step.flux];
  if (limit.events - admitted < batch.rows) return false;
  admitted += batch.rows;
  if (admitted == limit.events && !limit.collapses)
    ticket_.stop_at({kNoLine, static_cast<std::uint32_t>(step.flux), StopReason::max_events, {}});
  return true;
}

void Injector::refuse(std::size_t flux, std::uint32_t rows, Answer::Kind kind, std::string why) {
  ticket_.books[flux].perturbed += rows;
  ticket_.books[flux].unprocessed += rows;
  answer_->kind = kind;
  answer_->error = std::move(why);
  if (kind != Answer::Kind::unaffordable) return;
  const settings::Limit& limit = plan_.fluxes[flux].limit;
  answer_->error = fmt::format("'{}' cannot afford it: {}", plan_.fluxes[flux].id,
                               limit.collapses ? "its entropy is exhausted" : "it has reached max_events");
}

// An event from outside can be the last one that a flux takes.
void Injector::note_stop(std::size_t flux) {
  if (!ticket_.stop) return;
  Stop stop = *std::exchange(ticket_.stop, {});
  if (stop.reason == StopReason::failure || stop.reason == StopReason::abandoned) return;
  if (stop.reason == StopReason::agent_failed) {
    answer_->kind = Answer::Kind::failed;
    answer_->error = stop.message;
  }
  const bool wants_no_more = stop.reason == StopReason::agent_end || stop.reason == StopReason::agent_failed;
  if (wants_no_more && plan_.fluxes[flux].is_serial()) pipeline_.has_ended_[flux] = 1;
  stop.line = kNoLine;
  pipeline_.delivery_.add_stop(std::move(stop));
  pipeline_.inlet_.stop();
}

void Injector::tell_failures() {
  if (ticket_.failures.empty() || answer_->kind != Answer::Kind::answered) return;
  const Failure& first = ticket_.failures.front();
  answer_->kind = Answer::Kind::failed;
  if (first.message.empty()) {
    answer_->error = explain(first.line, ticket_, plan_, pipeline_.options_.max_line).message;
  } else {
    answer_->error = first.message;
  }
  if (first.kind != FailureKind::decode) answer_->error = fmt::format("{}: {}", first.agent, answer_->error);
}

}  // namespace flux::runtime
