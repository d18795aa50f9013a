#include "transport/delivery.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace flux::runtime {

namespace {

// Of one line flux by flux: how many of its values went through several fluxes at
// once must not show.
bool comes_first(const Failure& a, const Failure& b) {
  return std::tie(a.line, a.flux, a.event) < std::tie(b.line, b.flux, b.event);
}

}  // namespace

Delivery::Delivery(std::size_t first, std::size_t fluxes, Failures& failures, TicketSink& way_out,
                   Pheromones* pheromones)
    : first_(first), failures_(failures), way_out_(way_out), pheromones_(pheromones) {
  tally_.books.resize(fluxes);
}

bool Delivery::deliver(Ticket& ticket, const std::string& source) {
  if (is_over_) {
    leave(ticket);
    return true;
  }
  place(ticket);
  source_lines_ += ticket.physical_lines;
  forget_what_came_too_late(ticket);
  failures_.tell(ticket, source);
  if (pheromones_ != nullptr) signal(ticket);
  way_out_.append(ticket, source);
  is_over_ = ticket.stop.has_value() || way_out_.error() != 0 || !failures_.error().empty();
  const std::lock_guard lock(mutex_);
  tally_.tickets = ticket.number + 1;
  tally_.bytes_in += ticket.in.cut.bytes;
  tally_.failed = failures_.count();
  for (std::size_t i = 0; i < tally_.books.size(); ++i) tally_.books[i] += ticket.books[i];
  if (ticket.stop) tally_.stops.push_back(*ticket.stop);
  return is_over_;
}

// What comes too late was never read, but if a buffer was emptied for it.
void Delivery::leave(const Ticket& ticket) {
  if (ticket.in.taken == 0) return;
  const std::lock_guard lock(mutex_);
  tally_.tickets = ticket.number + 1;
  tally_.books[first_].upstream += ticket.in.taken;
  tally_.books[first_].unprocessed += ticket.in.taken;
}

// One of each kind per flux and ticket, however many events it is about.
void Delivery::signal(const Ticket& ticket) const {
  for (std::size_t f = 0; f < ticket.books.size(); ++f) {
    const Failure* first = nullptr;
    std::uint64_t failed = 0;
    for (const Failure& failure : ticket.failures) {
      if (failure.flux != f) continue;
      if (failed++ == 0) first = &failure;
    }
    if (first != nullptr)
      pheromones_->tell(Pheromone::error, f, failed,
                        first->message.empty() ? "a line is no event" : first->message);
    if (ticket.books[f].feedback_dropped != 0)
      pheromones_->tell(Pheromone::feedback_dropped, f, ticket.books[f].feedback_dropped);
  }
  if (ticket.stop && ticket.stop->reason == StopReason::collapsed)
    pheromones_->tell(Pheromone::collapsed, ticket.stop->flux);
}

void Delivery::place(Ticket& ticket) {
  if (std::exchange(ticket.in.cut.starts_source, false)) source_lines_ = 0;
  ticket.first_line = source_lines_;
}

void Delivery::deliver_part(Ticket& ticket, const std::string& source) {
  place(ticket);
  if (!is_over_) way_out_.append(ticket, source);
  ticket.out.clear();
  // Nobody reads us any more: a flat-map in the middle of a million results stops.
  if (is_over_ || way_out_.error() != 0)
    ticket.stop_at({0, static_cast<std::uint32_t>(ticket.books.size()), StopReason::abandoned, {}});
}

// Agents upstream may have been ahead of the one that stopped: what they failed
// behind that line did not happen, for no other number of workers would have it so.
void Delivery::forget_what_came_too_late(Ticket& ticket) {
  std::stable_sort(ticket.failures.begin(), ticket.failures.end(), comes_first);
  if (!ticket.stop) return;
  const auto late = [&](const Failure& failure) {
    return failure.line != kNoLine && failure.line > ticket.stop->line;
  };
  // What lies beyond a limit of the first flux was not even read.
  const bool is_read = ticket.stop->flux != 0 || !ticket.stop->is_limit();
  for (const Failure& failure : ticket.failures) {
    if (!late(failure)) continue;
    Books& books = ticket.books[failure.flux];
    --books.failed;
    is_read ? ++books.unprocessed : --books.upstream;
  }
  std::erase_if(ticket.failures, late);
}

void Delivery::add_stop(Stop stop) {
  if (pheromones_ != nullptr && stop.reason == StopReason::collapsed)
    pheromones_->tell(Pheromone::collapsed, stop.flux);
  const std::lock_guard lock(mutex_);
  tally_.stops.push_back(std::move(stop));
}

void Delivery::add(const std::vector<Books>& books) {
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < books.size(); ++i) tally_.books[i] += books[i];
}

std::optional<std::uint64_t> Delivery::lines_before(const Ticket& ticket) const {
  if (ticket.in.cut.starts_source) return 0;
  const std::lock_guard lock(mutex_);  // which makes visible what went out before
  return tally_.tickets == ticket.number ? std::optional(source_lines_) : std::nullopt;
}

Tally Delivery::tally() const {
  const std::lock_guard lock(mutex_);
  return tally_;
}

}  // namespace flux::runtime
