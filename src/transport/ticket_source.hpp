// Where a section gets its tickets from: the source, by way of the reading turn, or the
// drop buffer behind the section before.
//
// Thread safety: any thread may call any member; stop() also in any state.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "rows/ticket.hpp"

namespace flux::runtime {

using TicketPtr = std::unique_ptr<Ticket>;

class TicketSource {
 public:
  virtual ~TicketSource() = default;

  // Waits for a block of lines; null when there will be none any more.
  virtual TicketPtr take() = 0;

  // The ticket has left the last turnstile.
  virtual void retire(TicketPtr ticket) = 0;

  // An empty ticket, numbered behind all others. REQUIRES: take() gave null to all.
  virtual TicketPtr last_ticket() = 0;

  // Events of the tickets in flight from this number on.
  virtual std::uint64_t events_in_flight(std::uint64_t from) const = 0;

  // Counts one event from outside; false where the limit at the source is reached.
  virtual bool afford() { return true; }
  // Whether that limit is reached, and is one that stops.
  virtual bool is_full() const { return false; }

  // How long the work on a ticket took: whether another worker is worth waking.
  virtual void worked(std::size_t bytes, double nanoseconds) = 0;

  // Nothing is taken any more; what has a ticket is still worked on.
  virtual void stop() = 0;

  // Why reading failed; empty if it did not. Valid when take() gave null to all.
  virtual const std::string& error() const = 0;

  // Whether the stream came to an orderly end before it got here, so that fluxes give
  // what they hold back. Valid likewise.
  virtual bool ends_orderly() const { return error().empty(); }

  virtual const std::string& source_name(std::size_t source) const = 0;
};

}  // namespace flux::runtime
