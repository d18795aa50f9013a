// Takes the rows that a flux gives: the next step of a segment, a feedback loop, a queue.
//
// Thread safety: as the implementation says; the rows belong to the ticket.
#pragma once

#include "rows/ticket.hpp"

namespace flux::runtime {

class RowSink {
 public:
  virtual ~RowSink() = default;
  virtual void take(const Batch& batch, Ticket& ticket) = 0;
};

}  // namespace flux::runtime
