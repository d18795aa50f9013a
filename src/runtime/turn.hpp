// The reading turn: N workers share one source, and one of them at a time reads a
// block of whole lines from it and gives it the next ticket. There is no reader
// thread: with quick agents an event is read, worked on and written by one thread,
// without a wake-up (about 40 us) in between.
//
// Liveness. Let t be the lowest ticket in flight. Its block is with a worker at
// work, or in the slot of a turnstile that somebody is coming to: never with a
// worker that waits here, for a worker has no ticket while it waits here. So t needs
// neither the turn nor room in the window; it leaves, and by induction all do. The
// window is full only while there is a lowest ticket, so it opens again.
//
// Thread safety: any thread may call any member; stop() also in any state.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "flow/config.hpp"
#include "io/fd.hpp"
#include "io/framer.hpp"
#include "runtime/decoder.hpp"
#include "runtime/output.hpp"
#include "runtime/ticket.hpp"

namespace flux::runtime {

using TicketPtr = std::unique_ptr<Ticket>;

class Turn {
 public:
  struct Shape {
    std::size_t window;    // tickets in flight at most
    std::size_t bytes;     // bytes in flight at most, but for one block
    std::size_t segments;  // of the plan
    std::size_t fluxes;
    flow::Limit limit;  // of the first flux: counted here, where events arrive
    LineRule lines;     // which are events
  };
  // REQUIRES: `output` outlives this.
  Turn(io::Framer framer, Output& output, Shape shape);

  // Waits for a block of lines; null when there will be none any more.
  TicketPtr take();

  // The ticket has left the last turnstile.
  void retire(TicketPtr ticket);

  // An empty ticket, numbered behind all others. REQUIRES: take() gave null to all.
  TicketPtr last_ticket();

  // Events of the tickets in flight from this number on.
  std::uint64_t events_in_flight(std::uint64_t from) const;

  // How long the work on a ticket took: whether another worker is worth waking.
  void worked(std::size_t bytes, double nanoseconds);

  // Nothing is read any more; what has a ticket is still worked on.
  void stop();

  // Why reading failed; empty if it did not. Valid when take() gave null to all.
  const std::string& error() const { return error_; }
  const std::string& source_name(std::size_t source) const { return framer_.name_of(source); }

 private:
  bool has_room() const;
  TicketPtr spare();
  bool read(Ticket& ticket);
  bool wait_for_input();
  bool is_ready(int timeout);
  void admit(Ticket& ticket);
  void end_locked();

  io::Framer framer_;  // belongs to the holder of the turn
  Output& output_;
  const Shape shape_;
  const io::WakeUp wake_;
  std::uint64_t admitted_ = 0;           // events, belongs to the holder of the turn
  bool more_is_likely_ = false;          // likewise
  std::string error_;                    // likewise
  std::atomic<bool> is_stopped_{false};  // relaxed: the wake-up carries it
  std::atomic<double> ns_per_byte_{0};   // a guess: races between updates are harmless

  mutable std::mutex mutex_;
  std::condition_variable idle_;
  // Protected by mutex_:
  std::size_t sleeping_ = 0;
  std::vector<const Ticket*> in_flight_;
  std::size_t bytes_in_flight_ = 0;
  std::uint64_t next_number_ = 0;
  bool is_held_ = false;
  bool has_ended_ = false;
  std::vector<TicketPtr> spares_;
};

}  // namespace flux::runtime
