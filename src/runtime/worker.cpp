#include "runtime/worker.hpp"

#include "plan/look_ahead.hpp"

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

Worker::Worker(SharedState& shared, std::size_t index)
    : StepRunner(shared, index, Arrival::upstream, shared.options.failures),
      decoder_(plan_, shared.options.max_line, shared.options.failures, check_of(plan_, shared.options)),
      encoder_(plan_.last().gives, shared.options.raw_output),
      max_out_(shared.sink.wants_rows() ? kBufferedBytes : kPieceBytes),
      endings_(plan_.fluxes.size()) {}

void Worker::work() {
  while (TicketPtr ticket = shared_.source.take()) {
    const auto start = std::chrono::steady_clock::now();
    const std::size_t bytes = ticket->in.cut.text.size();
    ticket->in.lines_before = shared_.delivery.lines_before(*ticket);
    decode(*ticket);
    const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
    shared_.source.worked(bytes, took.count());
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
    const bool is_parallel = !shared_.is_serial(carried.segment);
    if (is_parallel) run_segment(carried.segment++, *carried.ticket);
    bring(std::move(carried));
  }
}

// REQUIRES: what the ticket comes to has a turnstile.
void Worker::bring(Carried carried) {
  const std::size_t segment = carried.segment;
  auto& turnstile = shared_.serial[segment]->turnstile;
  const auto pass = [&](TicketPtr ticket) { go_through(std::move(ticket), segment); };
  const std::uint64_t number = carried.ticket->number;
  if (!carried.ticket->has_entered[segment]) return turnstile.arrive(number, std::move(carried.ticket), pass);
  go_through(std::move(carried.ticket), segment);
  turnstile.leave(pass);
}

// Inside a turnstile. What lies behind it is done outside, so that others can go in.
void Worker::go_through(TicketPtr ticket, std::size_t segment) {
  if (segment == shared_.way_out()) return go_out(std::move(ticket));
  run_segment(segment, *ticket);
  if (ticket->stop) shared_.serial[segment]->is_closed = true;
  carry({std::move(ticket), segment + 1});
}

void Worker::carry(Carried carried) {
  const auto is_later = [&](const Carried& other) { return other.ticket->number > carried.ticket->number; };
  carried_.insert(std::find_if(carried_.begin(), carried_.end(), is_later), std::move(carried));
}

void Worker::go_out(TicketPtr ticket) {
  const bool is_over = shared_.delivery.deliver(*ticket, shared_.source.source_name(ticket->in.cut.source));
  if (is_over) shared_.source.stop();
  shared_.source.retire(std::move(ticket));
}

void Worker::run_segment(std::size_t segment, Ticket& ticket) {
  if (!shared_.is_serial(segment)) return run_batches(segment, ticket);
  shared_.serial[segment]->work([&] { run_batches(segment, ticket); });
}

void Worker::run_batches(std::size_t segment, Ticket& ticket) {
  std::vector<Batch> batches = std::move(ticket.queues[segment]);
  ticket.queues[segment].clear();
  ticket.waiting -= batches.size();
  SerialSegment* const serial = shared_.serial[segment].get();
  if (serial != nullptr && serial->is_closed) return;
  for (const Batch& batch : batches) {
    ArenaScope memory(ticket);
    run_step(segment, 0, batch, ticket);
  }
  if (serial != nullptr) {
    for (SerialFlux& flux : serial->fluxes)
      if (flux.loop) flux.loop->count_bad_lines(ticket);
  }
  stop_early(ticket);
}

bool Worker::is_late(const plan::Step& step, const Batch& batch, const Ticket& ticket) const {
  if (endings_[step.flux] != Ending::open) return true;
  if (!ticket.stop || plan_.fluxes[step.flux].feeds_back()) return false;  // a loop judges event by event
  // What a gate let through on the line that it stopped at is not late.
  const bool is_admitted = step.kind == plan::Step::Kind::run && plan_.fluxes[step.flux].has_gate &&
                           ticket.stop->flux == step.flux && ticket.stop->is_limit() &&
                           batch.line[0] <= ticket.stop->line;
  return !is_admitted && ticket.stop->is_before(batch.line[0], static_cast<std::uint32_t>(step.flux));
}

void Worker::refuse(std::size_t flux, std::uint32_t rows, Refusal, Ticket& ticket) {
  ticket.books[flux].upstream += rows;
  ticket.books[flux].unprocessed += rows;
}

// The end of a segment: rows wait for the next one, or are results.
void Worker::hand_over(std::size_t segment, const Batch& batch, Ticket& ticket) {
  const std::size_t next = segment + 1;
  bool is_too_much = false;
  if (next == shared_.way_out()) {
    encode(batch, ticket);
    is_too_much = ticket.out.size() > kPieceBytes || (ticket.out.size() > max_out_ && is_next_out(ticket));
  } else {
    ticket.queue(next, batch);
    is_too_much = ticket.arena.used() > kPieceBytes;
  }
  // A serial segment is left first: nobody is to wait at its door for a slow sink.
  const bool comes_at_once = plan_.is_blocking && !shared_.is_serial(segment);
  if (is_too_much || comes_at_once) relieve(next, ticket);
}

void Worker::encode(const Batch& batch, Ticket& ticket) {
  ticket.out.rows += batch.rows;
  if (!shared_.sink.wants_rows()) return encoder_.put_lines(batch, ticket.out.bytes);
  ticket.out.lines.insert(ticket.out.lines.end(), batch.line.begin(), batch.line.begin() + batch.rows);
  if (shared_.sink.takes_ints() && !batch.is_text() && ticket.out.bytes.empty()) {
    const auto* values = batch.columns[0].as<std::int64_t>();
    ticket.out.ints.insert(ticket.out.ints.end(), values, values + batch.rows);
    return;
  }
  print_ints(ticket);
  encoder_.put_lines(batch, ticket.out.bytes, ticket.out.ends);
}

// Results are all of one kind.
void Worker::print_ints(Ticket& ticket) {
  if (ticket.out.ints.empty()) return;
  const Column column = {Kind::int64, ticket.out.ints.data(), nullptr};
  Batch ints;
  ints.rows = static_cast<std::uint32_t>(ticket.out.ints.size());
  ints.columns = {&column, 1};
  encoder_.put_lines(ints, ticket.out.bytes, ticket.out.ends);
  ticket.out.ints.clear();
}

// Whether the ticket is inside the last turnstile, now if not before.
bool Worker::is_next_out(Ticket& ticket) {
  const std::size_t out = shared_.way_out();
  if (!ticket.has_entered[out])
    ticket.has_entered[out] = shared_.serial[out]->turnstile.try_enter(ticket.number);
  return ticket.has_entered[out];
}

// Takes what waits for a segment through it now, in the middle of the one before.
void Worker::relieve(std::size_t segment, Ticket& ticket) {
  const bool is_out = segment == shared_.way_out();
  settle(ticket.number);  // lower tickets first: we would be waiting for ourselves
  if (shared_.is_serial(segment) && !ticket.has_entered[segment]) {
    shared_.serial[segment]->turnstile.enter(ticket.number);
    ticket.has_entered[segment] = true;
  }
  if (is_out) return shared_.delivery.deliver_part(ticket, shared_.source.source_name(ticket.in.cut.source));
  run_segment(segment, ticket);
  if (plan_.is_blocking && shared_.is_serial(segment)) relieve(segment + 1, ticket);
}

// A ticket that stopped is the last one that counts: nothing more need be read.
void Worker::stop_early(const Ticket& ticket) {
  if (ticket.stop) shared_.source.stop();
}

bool Worker::drain(const std::vector<StepRunner*>& others) {
  bool is_orderly = shared_.source.ends_orderly() && shared_.sink.error() == 0;
  for (const Stop& stop : shared_.delivery.tally().stops) is_orderly = note_stop(stop) && is_orderly;
  if (!is_orderly || !shared_.options.finishes) return is_orderly;
  shared_.delivery.resume();
  TicketPtr ticket = shared_.source.last_ticket();
  for (std::size_t s = 0; s <= shared_.way_out(); ++s) {
    if (!shared_.is_serial(s)) continue;
    shared_.serial[s]->turnstile.enter(ticket->number);
    ticket->has_entered[s] = true;
    shared_.serial[s]->is_closed = false;
  }
  for (std::size_t s = 0; s < plan_.segments.size() && is_orderly; ++s) {
    for (std::size_t i = 0; i < plan_.segments[s].steps.size() && is_orderly; ++i) {
      const plan::Step step = plan_.segments[s].steps[i];
      if (step.kind != plan::Step::Kind::run || endings_[step.flux] == Ending::collapsed) continue;
      finish(s, i, others, *ticket);
      for (std::size_t later = s + 1; later < plan_.segments.size(); ++later) run_segment(later, *ticket);
      // One flux that stops now does not keep those behind it from finishing.
      if (!ticket->stop) continue;
      is_orderly = note_stop(*ticket->stop);
      shared_.delivery.add_stop(*std::exchange(ticket->stop, {}));
    }
  }
  shared_.delivery.deliver(*ticket, {});
  return is_orderly;
}

// What a flux holds back; first it takes over what other instances have seen.
void Worker::finish(std::size_t segment, std::size_t step, const std::vector<StepRunner*>& others,
                    Ticket& ticket) {
  const std::size_t flux = plan_.segments[segment].steps[step].flux;
  for (StepRunner* const other : others) {
    if (other == this) continue;
    if (const auto why = merge(flux, *other))
      return ticket.stop_at({kNoLine, static_cast<std::uint32_t>(flux), StopReason::agent_failed, *why});
  }
  const bool is_wanted = flux + 1 == endings_.size() || endings_[flux + 1] == Ending::open;
  finish_step(segment, step, is_wanted, ticket);
}

// Whether the stream still ends in an orderly way. Fluxes before the one that stopped
// may have been ahead of it, by more or less: what they give now goes nowhere.
bool Worker::note_stop(const Stop& stop) {
  for (std::size_t f = 0; f <= stop.flux && f < endings_.size(); ++f)
    endings_[f] = std::max(endings_[f], Ending::shut);
  switch (stop.reason) {
    case StopReason::max_events:
    case StopReason::agent_end:
      return true;
    case StopReason::collapsed:
      endings_[stop.flux] = Ending::collapsed;
      return true;
    case StopReason::failure:
    case StopReason::agent_failed:
    case StopReason::abandoned:
      return false;
  }
  return false;
}

}  // namespace flux::runtime
