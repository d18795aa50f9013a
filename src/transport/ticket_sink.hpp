// Where the results of a section go: the sink, or the drop buffer in front of the next
// section.
//
// Thread safety: any thread may call any member; append() is called in order, by
// whoever is inside the last turnstile.
#pragma once

#include <string>

#include "rows/ticket.hpp"

namespace flux::runtime {

class TicketSink {
 public:
  virtual ~TicketSink() = default;

  // The results of a ticket, or of a part of it, that was read from `source`.
  virtual void append(const Ticket& ticket, const std::string& source) = 0;

  // The next read may make us wait: nothing is held back until expect_more(true).
  virtual void expect_more(bool is_likely) = 0;
  virtual void flush() = 0;

  // Why nothing gets through any more: an errno, or 0.
  virtual int error() const = 0;

  // Whether it has to know where each row ends, and which line it comes from.
  virtual bool wants_rows() const = 0;

  // Whether plain integers may come as they are, without having been printed.
  virtual bool takes_ints() const { return false; }
};

}  // namespace flux::runtime
