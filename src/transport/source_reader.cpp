#include "transport/source_reader.hpp"

#include <cerrno>
#include <utility>

#include "core/error.hpp"

namespace flux::runtime {

namespace {

// What waking another worker costs here, about; less work than this is quicker done
// by the one who has it.
constexpr double kWakeUpNanoseconds = 40e3;

// Of files, which never wait: read between two looks at the sink.
constexpr std::size_t kLookEvery = 256 << 10;

}  // namespace

SourceReader::SourceReader(io::Framer framer, TicketSink& way_out, Output& output, Shape shape)
    : framer_(std::move(framer)),
      way_out_(way_out),
      output_(output),
      shape_(shape),
      admission_(shape.limit),
      pool_(shape.segments, shape.fluxes) {}

bool SourceReader::has_room() const {
  return in_flight_.size() < shape_.window && (in_flight_.empty() || bytes_in_flight_ < shape_.bytes);
}

TicketPtr SourceReader::take() {
  std::unique_lock lock(mutex_);
  while (!has_ended_ && (is_held_ || !has_room())) {
    ++sleeping_;
    idle_.wait(lock);
    --sleeping_;
  }
  if (has_ended_) return nullptr;
  is_held_ = true;
  TicketPtr ticket = pool_.take();
  lock.unlock();
  const bool has_lines = read(*ticket);
  if (!has_lines) expect_more(false);  // fluxes may take their time to finish
  lock.lock();
  is_held_ = false;
  if (is_stopped_.load(std::memory_order_relaxed) || !has_lines) end_locked();
  if (!has_lines) return nullptr;
  ticket->number = next_number_++;
  in_flight_.push_back(ticket.get());
  bytes_in_flight_ += ticket->in.cut.text.size();
  const double work =
      static_cast<double>(ticket->in.cut.text.size()) * ns_per_byte_.load(std::memory_order_relaxed);
  if (sleeping_ > 0 && has_room() && work > kWakeUpNanoseconds) idle_.notify_one();
  return ticket;
}

// Reads until there are whole lines, and admits them; false at the end.
bool SourceReader::read(Ticket& ticket) {
  try {
    for (;;) {
      if (framer_.is_at_end() || !wait_for_input()) return false;
      const io::Framer::Got got = framer_.read(ticket.in.block, ticket.in.cut);
      if (got == io::Framer::Got::end) return false;
      if (got == io::Framer::Got::part) continue;
      bytes_since_look_ += ticket.in.cut.text.size();
      expect_more(ticket.in.cut.more_is_likely);
      ticket.in.source = &framer_.source(ticket.in.cut.source);
      admit(ticket);
      return true;
    }
  } catch (const Error& error) {
    error_ = error.message;
    return false;
  }
}

void SourceReader::expect_more(bool is_likely) {
  if (std::exchange(more_is_likely_, is_likely) != is_likely) way_out_.expect_more(is_likely);
}

// Waits until the next read will not; false when there is nothing to wait for.
bool SourceReader::wait_for_input() {
  if (framer_.never_waits() && bytes_since_look_ < kLookEvery)
    return !is_stopped_.load(std::memory_order_relaxed) && output_.error() == 0;
  if (more_is_likely_ && !is_ready(0)) expect_more(false);
  while (!is_stopped_.load(std::memory_order_relaxed) && output_.error() == 0) {
    if (is_ready(-1)) return true;
  }
  return false;
}

bool SourceReader::is_ready(int timeout) {
  bytes_since_look_ = 0;
  // The sink is watched for errors only, so that a reader that goes away while the
  // source is idle is noticed now, and not at the next write.
  pollfd fds[] = {{framer_.fd(), POLLIN, 0}, {wake_.fd(), POLLIN, 0}, {output_.fd(), 0, 0}};
  if (::poll(fds, 3, timeout) <= 0) return false;
  if ((fds[2].revents & POLLERR) != 0) output_.note_error(EPIPE);
  return fds[0].revents != 0;
}

// Every event costs when it arrives, before anything is done with it; what lies
// beyond a limit is not read.
void SourceReader::admit(Ticket& ticket) {
  if (shape_.limit.is_none()) return;
  const std::lock_guard lock(limit_mutex_);
  std::size_t end = 0;
  const std::string_view text = ticket.in.cut.text;
  // A line that was too long is an event, whatever is left of it looks like.
  LineRule lines = shape_.lines;
  lines.blank_counts = lines.blank_counts || ticket.in.cut.is_oversized;
  admission_.admit(count_events(text, lines, admission_.left(), end));
  if (!admission_.is_full()) return;
  ticket.in.cut.text = text.substr(0, end);
  if (!shape_.limit.collapses) {
    ticket.stop_at({kNoLine, 0, StopReason::max_events, {}});
  } else {
    std::size_t next_end = 0;
    if (count_events(text.substr(end), lines, 1, next_end) == 0) return;  // exactly affordable so far
    ticket.books[0].upstream += 1;
    ticket.books[0].unprocessed += 1;
    ticket.stop_at({kNoLine, 0, StopReason::collapsed, {}});
  }
  is_stopped_.store(true, std::memory_order_relaxed);
}

bool SourceReader::afford() {
  if (shape_.limit.is_none()) return true;
  const std::lock_guard lock(limit_mutex_);
  return admission_.admit(1) == 1;
}

bool SourceReader::is_full() const {
  if (shape_.limit.is_none()) return false;
  const std::lock_guard lock(limit_mutex_);
  return admission_.is_complete();
}

void SourceReader::retire(TicketPtr ticket) {
  const std::lock_guard lock(mutex_);
  const bool was_full = !has_room();
  bytes_in_flight_ -= ticket->in.cut.text.size();
  std::erase(in_flight_, ticket.get());
  pool_.give_back(std::move(ticket));
  // Only the step from full to not full can be what a sleeper waits for: else there
  // is a worker at work, which comes for the turn itself.
  if (was_full && sleeping_ > 0 && !is_held_) idle_.notify_one();
}

// Blocks are not written to while they are in flight, and none lands while mutex_ is held.
std::uint64_t SourceReader::events_in_flight(std::uint64_t from) const {
  const std::lock_guard lock(mutex_);
  std::uint64_t events = 0;
  std::size_t end = 0;
  for (const Ticket* ticket : in_flight_) {
    if (ticket->number >= from)
      events += count_events(ticket->in.cut.text, shape_.lines, ~std::uint64_t{0}, end);
  }
  return events;
}

TicketPtr SourceReader::last_ticket() {
  const std::lock_guard lock(mutex_);
  TicketPtr ticket = pool_.take();
  ticket->number = next_number_++;
  in_flight_.push_back(ticket.get());
  return ticket;
}

void SourceReader::worked(std::size_t bytes, double nanoseconds) {
  const double now = nanoseconds / static_cast<double>(bytes + 1);
  const double before = ns_per_byte_.load(std::memory_order_relaxed);
  ns_per_byte_.store(before + (now - before) / 8, std::memory_order_relaxed);
}

void SourceReader::stop() {
  is_stopped_.store(true, std::memory_order_relaxed);
  wake_.wake();
  const std::lock_guard lock(mutex_);
  if (!is_held_) end_locked();
}

void SourceReader::end_locked() {
  has_ended_ = true;
  idle_.notify_all();
}

}  // namespace flux::runtime
