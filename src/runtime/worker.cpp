#include "runtime/worker.hpp"

#include "plan/look_ahead.hpp"
#include "runtime/injector.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

namespace flux::runtime {

namespace {

// More than this in one ticket does not wait for the ticket to be done: it goes on
// piece by piece, when it is the ticket's turn. What bounds the memory of a flat-map.
constexpr std::size_t kPieceBytes = 4 << 20;

// In front of a drop buffer sooner, if it is the ticket's turn anyhow: its consumer should
// not get all at once.
constexpr std::size_t kBufferedBytes = 4 << 10;

constexpr std::uint64_t kAll = std::numeric_limits<std::uint64_t>::max();

// Raw output undoes the escapes of whole events.
json::Check check_of(const plan::Plan& plan, const Options& options) {
  const bool trusts = options.trusts_input && !options.raw_output && plan::looks_at_members_alone(plan);
  return trusts ? json::Check::wanted : json::Check::everything;
}

}  // namespace

Worker::Worker(Pipeline& pipeline, std::size_t index)
    : pipeline_(pipeline),
      plan_(pipeline.plan_),
      decoder_(plan_, pipeline.options_.max_line, pipeline.options_.failures,
               check_of(plan_, pipeline.options_)),
      encoder_(plan_.last().gives, pipeline.options_.raw_output),
      runners_(plan_.fluxes.size()),
      most_out_(pipeline.way_out_.wants_rows() ? kBufferedBytes : kPieceBytes),
      has_collapsed_(plan_.fluxes.size()),
      is_shut_(plan_.fluxes.size()) {
  for (std::size_t f = plan_.first; f < plan_.end(); ++f) {
    if (plan_.fluxes[f].is_serial()) continue;
    runners_[f] = std::make_unique<FluxRunner>(plan_, plan_.fluxes[f], f,
                                               pipeline.instances_of_[index * plan_.fluxes.size() + f],
                                               pipeline.options_.failures);
    runners_[f]->show_to(pipeline_.tap_of(f));
  }
  for (std::size_t s = 0; s < plan_.segments.size(); ++s) {
    steps_.emplace_back();
    for (std::size_t i = 0; i <= plan_.segments[s].steps.size(); ++i) steps_[s].emplace_back(*this, s, i);
  }
}

FluxRunner& Worker::runner(std::size_t flux) {
  return runners_[flux] ? *runners_[flux] : *pipeline_.serial_runners_[flux];
}

void Worker::work() {
  while (TicketPtr ticket = pipeline_.inlet_.take()) {
    const auto start = std::chrono::steady_clock::now();
    const std::size_t bytes = ticket->cut.text.size();
    ticket->lines_before = pipeline_.delivery_.lines_before(*ticket);
    decode(*ticket);
    const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
    pipeline_.inlet_.worked(bytes, took.count());
    carry({std::move(ticket), 1});
    settle(kAll);
  }
}

// The first segment: chunk by chunk, each through all its steps while it is warm.
void Worker::decode(Ticket& ticket) {
  Batch batch;
  for (;;) {
    ArenaScope memory(ticket);
    if (!decoder_.next(ticket, batch)) break;
    if (batch.rows != 0) run_step(0, 0, batch, ticket);
  }
  stop_early(ticket);
}

// Brings the tickets that this worker carries, and that are numbered below `below`,
// as far as they can go now.
void Worker::settle(std::uint64_t below) {
  while (!carried_.empty() && carried_.front().ticket->number < below) {
    Carried carried = std::move(carried_.front());
    carried_.pop_front();
    const bool is_parallel =
        carried.segment < pipeline_.behind_segments() && !plan_.segments[carried.segment].is_serial;
    if (is_parallel) run_segment(carried.segment++, *carried.ticket);
    bring(std::move(carried));
  }
}

// REQUIRES: what the ticket comes to has a turnstile.
void Worker::bring(Carried carried) {
  const std::size_t segment = carried.segment;
  auto& turnstile = pipeline_.turnstile(segment);
  const auto pass = [&](TicketPtr ticket) { go_through(std::move(ticket), segment); };
  const std::uint64_t number = carried.ticket->number;
  if (!carried.ticket->has_entered[segment]) return turnstile.arrive(number, std::move(carried.ticket), pass);
  go_through(std::move(carried.ticket), segment);
  turnstile.leave(pass);
}

// Inside a turnstile. What lies behind it is done outside, so that others can go in.
void Worker::go_through(TicketPtr ticket, std::size_t segment) {
  if (segment == pipeline_.behind_segments()) return go_out(std::move(ticket));
  run_segment(segment, *ticket);
  if (ticket->stop) pipeline_.is_closed_[segment] = 1;
  carry({std::move(ticket), segment + 1});
}

void Worker::carry(Carried carried) {
  const auto is_later = [&](const Carried& other) { return other.ticket->number > carried.ticket->number; };
  carried_.insert(std::find_if(carried_.begin(), carried_.end(), is_later), std::move(carried));
}

void Worker::go_out(TicketPtr ticket) {
  const bool is_over = pipeline_.delivery_.deliver(*ticket, pipeline_.inlet_.source_name(ticket->cut.source));
  if (is_over) pipeline_.inlet_.stop();
  pipeline_.inlet_.retire(std::move(ticket));
}

void Worker::run_segment(std::size_t segment, Ticket& ticket) {
  const bool has_door = segment < pipeline_.doors_.size() && pipeline_.doors_[segment];
  if (!has_door) return run_batches(segment, ticket);
  pipeline_.doors_[segment]->work([&] { run_batches(segment, ticket); });
}

void Worker::run_batches(std::size_t segment, Ticket& ticket) {
  std::vector<Batch> batches = std::move(ticket.queues[segment]);
  ticket.queues[segment].clear();
  ticket.waiting -= batches.size();
  if (pipeline_.is_closed_[segment] != 0 && plan_.segments[segment].is_serial) return;
  for (const Batch& batch : batches) {
    ArenaScope memory(ticket);
    run_step(segment, 0, batch, ticket);
  }
  // A serial first flux stands at the beginning of the first serial segment.
  if (segment == 1 && pipeline_.loops_[0]) pipeline_.loops_[0]->count_bad_lines(ticket);
  stop_early(ticket);
}

void Worker::run_step(std::size_t segment, std::size_t step, const Batch& batch, Ticket& ticket) {
  const auto& steps = plan_.segments[segment].steps;
  if (step == steps.size()) return hand_over(segment, batch, ticket);
  const std::size_t flux = steps[step].flux;
  // What a gate let through on the line that it stopped at is not late.
  const bool is_admitted = steps[step].kind == plan::Step::Kind::run && plan_.fluxes[flux].has_gate &&
                           ticket.stop && ticket.stop->flux == flux && ticket.stop->is_limit() &&
                           batch.line[0] <= ticket.stop->line;
  FeedbackLoop* loop = pipeline_.loops_[flux].get();  // which judges for itself, event by event
  const bool is_late = !is_admitted && loop == nullptr && ticket.stop &&
                       ticket.stop->is_before(batch.line[0], static_cast<std::uint32_t>(flux));
  if (is_late || is_shut_[flux] != 0 || pipeline_.has_ended_[flux] != 0) {
    ticket.books[flux].upstream += batch.rows;
    ticket.books[flux].unprocessed += batch.rows;
    return;
  }
  NextStep& next = steps_[segment][step + 1];
  if (steps[step].kind == plan::Step::Kind::admit) return admit(flux, batch, next, ticket);
  if (loop != nullptr) return loop->run(batch, ticket, next);
  runner(flux).run(batch, ticket, next);
}

// The gate of a later flux: the k-th event in stream order is the one that stops it.
void Worker::admit(std::size_t flux, Batch batch, RowSink& next, Ticket& ticket) {
  const settings::Limit limit = plan_.fluxes[flux].limit;
  std::uint64_t& admitted = pipeline_.admitted_[flux];
  const std::uint64_t left = limit.events - admitted;
  const auto fitting = static_cast<std::uint32_t>(std::min<std::uint64_t>(left, batch.rows));
  admitted += fitting;
  const std::uint32_t refused = batch.rows - fitting;
  ticket.books[flux].upstream += refused;
  ticket.books[flux].unprocessed += refused;
  const auto index = static_cast<std::uint32_t>(flux);
  if (refused > 0 && limit.collapses) {
    ticket.stop_at({batch.line[fitting], index, StopReason::collapsed, {}});
  } else if (admitted == limit.events && !limit.collapses && fitting > 0) {
    ticket.stop_at({batch.line[fitting - 1], index, StopReason::max_events, {}});
  }
  if (fitting > 0) next.take(batch.first(fitting), ticket);
}

// The end of a segment: rows wait for the next one, or are results.
void Worker::hand_over(std::size_t segment, const Batch& batch, Ticket& ticket) {
  const std::size_t next = segment + 1;
  bool is_too_much = false;
  if (next == pipeline_.behind_segments()) {
    encode(batch, ticket);
    is_too_much = ticket.out_size() > kPieceBytes || (ticket.out_size() > most_out_ && is_next_out(ticket));
  } else {
    ticket.queue(next, batch);
    is_too_much = ticket.arena.used() > kPieceBytes;
  }
  // A serial segment is left first: nobody is to wait at its door for a slow sink.
  const bool comes_at_once = plan_.is_blocking && !plan_.segments[segment].is_serial;
  if (is_too_much || comes_at_once) relieve(next, ticket);
}

void Worker::encode(const Batch& batch, Ticket& ticket) {
  ticket.written_rows += batch.rows;
  if (!pipeline_.way_out_.wants_rows()) return encoder_.put_lines(batch, ticket.out);
  ticket.out_lines.insert(ticket.out_lines.end(), batch.line.begin(), batch.line.begin() + batch.rows);
  if (pipeline_.way_out_.takes_ints() && !batch.is_text() && ticket.out.empty()) {
    const auto* values = batch.columns[0].as<std::int64_t>();
    ticket.out_ints.insert(ticket.out_ints.end(), values, values + batch.rows);
    return;
  }
  print_ints(ticket);
  encoder_.put_lines(batch, ticket.out, ticket.out_ends);
}

// Results are all of one kind.
void Worker::print_ints(Ticket& ticket) {
  if (ticket.out_ints.empty()) return;
  const Column column = {Kind::int64, ticket.out_ints.data(), nullptr};
  Batch ints;
  ints.rows = static_cast<std::uint32_t>(ticket.out_ints.size());
  ints.columns = {&column, 1};
  encoder_.put_lines(ints, ticket.out, ticket.out_ends);
  ticket.out_ints.clear();
}

// Whether the ticket is inside the last turnstile, now if not before.
bool Worker::is_next_out(Ticket& ticket) {
  const std::size_t out = pipeline_.behind_segments();
  if (!ticket.has_entered[out]) ticket.has_entered[out] = pipeline_.turnstile(out).try_enter(ticket.number);
  return ticket.has_entered[out];
}

// Takes what waits for a segment through it now, in the middle of the one before.
void Worker::relieve(std::size_t segment, Ticket& ticket) {
  const bool is_out = segment == pipeline_.behind_segments();
  settle(ticket.number);  // whoever waits to be next must carry no one who is before
  if ((is_out || plan_.segments[segment].is_serial) && !ticket.has_entered[segment]) {
    pipeline_.turnstile(segment).enter(ticket.number);
    ticket.has_entered[segment] = true;
  }
  if (is_out)
    return pipeline_.delivery_.deliver_part(ticket, pipeline_.inlet_.source_name(ticket.cut.source));
  run_segment(segment, ticket);
  if (plan_.is_blocking && plan_.segments[segment].is_serial) relieve(segment + 1, ticket);
}

// A ticket that stopped is the last one that counts: nothing more need be read.
void Worker::stop_early(const Ticket& ticket) {
  if (ticket.stop) pipeline_.inlet_.stop();
}

void Worker::drain(const std::vector<std::unique_ptr<Worker>>& all) {
  bool is_orderly = pipeline_.inlet_.ends_orderly() && pipeline_.way_out_.error() == 0;
  for (const Stop& stop : pipeline_.tally().stops) is_orderly = note_stop(stop) && is_orderly;
  pipeline_.ended_orderly_ = is_orderly;
  if (!is_orderly || !pipeline_.options_.finishes) return;
  pipeline_.delivery_.resume();
  TicketPtr ticket = pipeline_.inlet_.last_ticket();
  for (std::size_t s = 0; s <= pipeline_.behind_segments(); ++s) {
    if (s < pipeline_.behind_segments() && !plan_.segments[s].is_serial) continue;
    pipeline_.turnstile(s).enter(ticket->number);
    ticket->has_entered[s] = true;
    pipeline_.is_closed_[s] = 0;
  }
  for (std::size_t s = 0; s < plan_.segments.size() && is_orderly; ++s) {
    for (std::size_t i = 0; i < plan_.segments[s].steps.size() && is_orderly; ++i) {
      const plan::Step step = plan_.segments[s].steps[i];
      if (step.kind != plan::Step::Kind::run || has_collapsed_[step.flux] != 0) continue;
      finish(step.flux, steps_[s][i + 1], all, *ticket);
      for (std::size_t later = s + 1; later < plan_.segments.size(); ++later) run_segment(later, *ticket);
      // One flux that stops now does not keep those behind it from finishing.
      if (!ticket->stop) continue;
      is_orderly = note_stop(*ticket->stop);
      pipeline_.delivery_.add_stop(*std::exchange(ticket->stop, {}));
    }
  }
  pipeline_.ended_orderly_ = is_orderly;
  pipeline_.delivery_.deliver(*ticket, {});
}

// What a flux holds back; first it takes over what other workers' instances have seen.
void Worker::finish(std::size_t flux, RowSink& next, const std::vector<std::unique_ptr<Worker>>& all,
                    Ticket& ticket) {
  for (const auto& other : all) {
    if (other.get() == this || !runners_[flux]) continue;
    const auto why = runners_[flux]->merge(*other->runners_[flux]);
    if (!why) continue;
    return ticket.stop_at({kNoLine, static_cast<std::uint32_t>(flux), StopReason::agent_failed, *why});
  }
  if (pipeline_.injector_ && runners_[flux]) {
    if (const auto why = runners_[flux]->merge(pipeline_.injector_->runner(flux)))
      return ticket.stop_at({kNoLine, static_cast<std::uint32_t>(flux), StopReason::agent_failed, *why});
  }
  const bool is_wanted = flux + 1 == is_shut_.size() || is_shut_[flux + 1] == 0;
  if (FeedbackLoop* loop = pipeline_.loops_[flux].get()) return loop->finish(ticket, next, is_wanted);
  runner(flux).finish(ticket, next, is_wanted);
}

// Whether the stream still ends in an orderly way. Fluxes before the one that stopped
// may have been ahead of it, by more or less: what they give now goes nowhere.
bool Worker::note_stop(const Stop& stop) {
  for (std::size_t f = 0; f <= stop.flux && f < is_shut_.size(); ++f) is_shut_[f] = 1;
  switch (stop.reason) {
    case StopReason::max_events:
    case StopReason::agent_end:
      return true;
    case StopReason::collapsed:
      has_collapsed_[stop.flux] = 1;
      return true;
    case StopReason::failure:
    case StopReason::agent_failed:
    case StopReason::abandoned:
      return false;
  }
  return false;
}

}  // namespace flux::runtime
