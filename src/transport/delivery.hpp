// The way out: tickets in order, their results written, their failures told, their
// part of the books added up. What lies behind the first stop in stream order is as
// if it had never been read.
//
// Thread safety: deliver() and deliver_part() by whoever is inside the last
// turnstile; resume() when all tickets are through; the rest by any thread.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "plan/plan.hpp"
#include "rows/books.hpp"
#include "rows/ticket.hpp"
#include "transport/failures.hpp"
#include "transport/pheromones.hpp"
#include "transport/ticket_sink.hpp"

namespace flux::runtime {

// What has come and gone so far.
struct Tally {
  std::uint64_t tickets = 0;  // that are through
  std::uint64_t bytes_in = 0;
  std::uint64_t failed = 0;
  std::vector<Books> books;  // by flux
  std::vector<Stop> stops;   // in stream order; of the end of the stream there may be several
};

class Delivery {
 public:
  // `first`: the flux that the section begins with; `fluxes`: of the whole pipeline.
  // REQUIRES: `failures` and `way_out` outlive this.
  // `pheromones`: if anybody listens, likewise.
  Delivery(std::size_t first, std::size_t fluxes, Failures& failures, TicketSink& way_out,
           Pheromones* pheromones);

  // Nothing behind this ticket counts: returns true from the stop on.
  bool deliver(Ticket& ticket, const std::string& source);

  // Results of a ticket that has too many to keep; the rest comes by deliver().
  void deliver_part(Ticket& ticket, const std::string& source);

  // The end of the stream comes behind any stop: what fluxes held back counts again.
  void resume() { is_over_ = false; }
  // A flux that stopped while that was given, or that an event from outside stopped.
  void add_stop(Stop stop);
  // What became of events from outside.
  void add(const std::vector<Books>& books);

  Tally tally() const;

  // Physical lines of the ticket's source before it, if all of them have gone out.
  std::optional<std::uint64_t> lines_before(const Ticket& ticket) const;

 private:
  void place(Ticket& ticket);
  void leave(const Ticket& ticket);
  void signal(const Ticket& ticket) const;
  void forget_what_came_too_late(Ticket& ticket);

  const std::size_t first_;
  Failures& failures_;
  TicketSink& way_out_;
  Pheromones* const pheromones_;
  std::uint64_t source_lines_ = 0;  // physical lines of the current source so far
  bool is_over_ = false;

  mutable std::mutex mutex_;
  Tally tally_;  // protected by mutex_
};

}  // namespace flux::runtime
