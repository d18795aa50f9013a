// Tickets that have come back, for the next blocks: their memory is warm.
//
// Thread safety: none; belongs to what protects the ticket source that holds it.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "transport/ticket_source.hpp"

namespace flux::runtime {

class TicketPool {
 public:
  // What each ticket has room for. `segments`: of the plan, and the way out.
  TicketPool(std::size_t segments, std::size_t fluxes) : segments_(segments), fluxes_(fluxes) {}

  // An empty ticket: the one that came back last, or a new one.
  TicketPtr take() {
    TicketPtr ticket;
    if (spares_.empty()) {
      ticket = std::make_unique<Ticket>();
    } else {
      ticket = std::move(spares_.back());
      spares_.pop_back();
    }
    ticket->recycle(segments_, fluxes_);
    return ticket;
  }
  void give_back(TicketPtr ticket) { spares_.push_back(std::move(ticket)); }

 private:
  const std::size_t segments_;
  const std::size_t fluxes_;
  std::vector<TicketPtr> spares_;
};

}  // namespace flux::runtime
