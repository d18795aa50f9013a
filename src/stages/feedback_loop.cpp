#include "stages/feedback_loop.hpp"

#include <algorithm>

namespace flux::runtime {

namespace {

// Outputs are handed on in batches that stay in the cache.
constexpr std::size_t kEnough = 32 << 10;

const plan::Flux& last_of(const plan::Flux& flux) {
  return flux.transform.empty() ? flux : flux.transform.front();
}

// One row of a batch of text.
Batch row_of(const Batch& batch, std::uint32_t row) {
  Batch one = batch;
  one.rows = 1;
  one.line = batch.line.subspan(row, 1);
  one.doc = batch.doc.subspan(row, 1);
  one.is_all = false;
  one.event = {};
  return one;
}

}  // namespace

FeedbackLoop::FeedbackLoop(const plan::Plan& plan, std::size_t flux, FluxRunner& runner,
                           std::unique_ptr<FluxRunner> transform)
    : plan_(plan),
      flux_(plan.fluxes[flux]),
      index_(static_cast<std::uint32_t>(flux)),
      runner_(runner),
      transform_(std::move(transform)),
      reader_in_(json::Wanted(plan.reads[flux_.read_in])),
      reader_out_(json::Wanted(plan.reads[flux_.read_out])),
      encoder_(flux_.gives),
      transform_encoder_(last_of(flux_).gives),
      admission_(flux_.limit) {
  aside_.recycle(0, plan.fluxes.size());
}

bool FeedbackLoop::run(const Batch& in, Ticket& ticket, RowSink& next, Arrival from) {
  ticket_ = &ticket;
  next_ = &next;
  returns_ = from == Arrival::upstream;
  const Batch rows = in.is_text() ? in : as_text(in, flux_.given, reader_in_, ticket.arena);
  if (from == Arrival::perturbed) return perturb(rows, ticket);
  for (std::uint32_t row = 0; row < rows.rows; ++row) {
    count_bad_lines_before(rows.line[row], ticket);
    serve(row_of(rows, row), Arrival::upstream, ticket);
    while (!queue_.empty()) {
      ArenaScope memory(ticket);
      const Returning first = std::move(queue_.front());
      queue_.pop_front();
      Batch one;
      one.rows = 1;
      auto line = ticket.arena.array<std::uint32_t>(1);
      line[0] = first.line;
      one.line = line;
      serve(documents_of(one, first.text, reader_in_, ticket.arena), Arrival::fed_back, ticket);
    }
  }
  hand_on(ticket);
  return true;
}

void FeedbackLoop::serve(const Batch& row, Arrival from, Ticket& ticket) {
  Books& books = ticket.books[index_];
  const std::uint32_t line = row.line[0];
  const bool is_late = ticket.stop && ticket.stop->is_before(line, index_);
  // What lies beyond the limit of the first flux is not read.
  const bool is_unread = is_late && index_ == 0 && from == Arrival::upstream && ticket.stop->flux == 0 &&
                         ticket.stop->is_limit();
  if (is_unread) return;
  if (is_late || !admit(line, ticket)) {
    ++arrivals(books, from);
    ++books.unprocessed;
    return;
  }
  ArenaScope memory(ticket);
  runner_.run(row, ticket, *this, from);
}

// False where the event cannot be afforded: it collapses the flux. It does not where an
// event from outside was the last one, of max_events.
bool FeedbackLoop::admit(std::uint32_t line, Ticket& ticket) {
  if (admission_.admit(1) == 0) {
    if (admission_.limit().collapses) ticket.stop_at({line, index_, StopReason::collapsed, {}});
    return false;
  }
  if (admission_.is_complete()) ticket.stop_at({line, index_, StopReason::max_events, {}});
  return true;
}

void FeedbackLoop::count_bad_lines(Ticket& ticket) { count_bad_lines_before(kNoLine, ticket); }

void FeedbackLoop::count_bad_lines_before(std::uint32_t line, Ticket& ticket) {
  if (index_ != 0 || flux_.limit.is_none()) return;
  if (number_ != ticket.number) counted_ = 0;
  number_ = ticket.number;
  for (; counted_ < ticket.failures.size(); ++counted_) {
    const Failure& failure = ticket.failures[counted_];
    const bool is_bad_line = failure.kind == FailureKind::decode;
    if (!is_bad_line) continue;
    const std::uint32_t bad = failure.line;
    if (bad >= line || (ticket.stop && ticket.stop->line < bad)) return;
    // With --on-error fail it has stopped the run already, unless it cannot be afforded.
    const std::optional<Stop> before = ticket.stop;
    if (admit(bad, ticket)) {
      if (before && before->line == bad) ticket.stop = before;
      continue;
    }
    ticket.failures.erase(ticket.failures.begin() + static_cast<std::ptrdiff_t>(counted_));
    --ticket.books[0].failed;
    ++ticket.books[0].unprocessed;
    return;
  }
}

void FeedbackLoop::take(const Batch& results, Ticket& ticket) {
  for (std::uint32_t row = 0; row < results.rows; ++row) {
    encoder_.put_row(results, row, text_);
    text_.append('\n');
    lines_.push_back(results.line[row]);
    if (returns_ && flux_.config.feedback.returns(++outputs_)) send_back(results, row, ticket);
  }
  if (text_.size() >= kEnough || plan_.is_blocking) hand_on(ticket);
}

void FeedbackLoop::send_back(const Batch& results, std::uint32_t row, Ticket& ticket) {
  if (!transform_) {
    one_.clear(kEnough);
    encoder_.put_row(results, row, one_);
    return queue(one_.view(), results.line[row]);
  }
  if (transform_has_ended_) return drop();
  auto which = ticket.arena.array<std::uint32_t>(1);
  which[0] = row;
  ArenaScope memory(aside_);
  transform_->run(results.pick(which, ticket.arena), aside_, return_);
  if (!aside_.failures.empty()) drop();
  aside_.failures.clear();
  if (!aside_.stop) return;
  if (aside_.stop->reason == StopReason::agent_end) transform_has_ended_ = true;
  if (aside_.stop->reason == StopReason::agent_failed)
    ticket.stop_at({results.line[row], index_, StopReason::agent_failed, aside_.stop->message});
  aside_.stop.reset();
}

void FeedbackLoop::Return::take(const Batch& batch, Ticket&) {
  for (std::uint32_t row = 0; row < batch.rows; ++row) {
    loop.one_.clear(kEnough);
    loop.transform_encoder_.put_row(batch, row, loop.one_);
    loop.queue(loop.one_.view(), batch.line[row]);
  }
}

void FeedbackLoop::queue(std::string_view text, std::uint32_t line) {
  if (queue_.size() == flux_.config.feedback.queue_size) return drop();
  queue_.push_back({std::string(text) + '\n', line});
}

void FeedbackLoop::drop() { ++ticket_->books[index_].feedback_dropped; }

// The outputs so far go on, as one batch.
void FeedbackLoop::hand_on(Ticket& ticket) {
  if (lines_.empty()) return;
  Batch rows;
  rows.rows = static_cast<std::uint32_t>(lines_.size());
  auto line = ticket.arena.array<std::uint32_t>(lines_.size());
  std::copy(lines_.begin(), lines_.end(), line.begin());
  rows.line = line;
  const Batch text = documents_of(rows, text_.view(), reader_out_, ticket.arena);
  text_.clear(4 * kEnough);
  lines_.clear();
  next_->take(text, ticket);
}

// All rows go in, or none does.
bool FeedbackLoop::perturb(const Batch& rows, Ticket& ticket) {
  if (admission_.left() < rows.rows) return false;
  for (std::uint32_t row = 0; row < rows.rows; ++row) {
    admit(rows.line[row], ticket);
    runner_.run(row_of(rows, row), ticket, *this, Arrival::perturbed);
  }
  hand_on(ticket);
  return true;
}

void FeedbackLoop::finish(Ticket& ticket, RowSink& next, bool is_wanted) {
  ticket_ = &ticket;
  next_ = &next;
  returns_ = false;
  runner_.finish(ticket, *this, is_wanted);
  hand_on(ticket);
}

}  // namespace flux::runtime
