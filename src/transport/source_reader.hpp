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

#include "io/fd.hpp"
#include "io/framer.hpp"
#include "rows/ticket.hpp"
#include "settings/admission.hpp"
#include "transport/decoder.hpp"
#include "transport/output.hpp"
#include "transport/ticket_pool.hpp"
#include "transport/ticket_source.hpp"

namespace flux::runtime {

class SourceReader final : public TicketSource {
 public:
  struct Shape {
    std::size_t window;    // tickets in flight at most
    std::size_t bytes;     // bytes in flight at most, but for one block
    std::size_t segments;  // of the plan
    std::size_t fluxes;
    settings::Limit limit;  // of the first flux: counted here, where events arrive
    LineRule lines;         // which are events
  };
  // `way_out`: of the section that reads here; `output`: of the run, watched while the
  // source is idle. REQUIRES: both outlive this.
  SourceReader(io::Framer framer, TicketSink& way_out, Output& output, Shape shape);

  TicketPtr take() override;
  void retire(TicketPtr ticket) override;
  TicketPtr last_ticket() override;
  std::uint64_t events_in_flight(std::uint64_t from) const override;
  bool afford() override;
  bool is_full() const override;
  void worked(std::size_t bytes, double nanoseconds) override;
  void stop() override;
  const std::string& error() const override { return error_; }
  const std::string& source_name(std::size_t source) const override { return framer_.name_of(source); }

 private:
  bool has_room() const;
  bool read(Ticket& ticket);
  void expect_more(bool is_likely);
  bool wait_for_input();
  bool is_ready(int timeout);
  void admit(Ticket& ticket);
  void end_locked();

  io::Framer framer_;  // belongs to the holder of the turn
  TicketSink& way_out_;
  Output& output_;
  const Shape shape_;
  const io::WakeUp wake_;
  bool more_is_likely_ = false;          // belongs to the holder of the turn
  std::size_t bytes_since_look_ = 0;     // likewise: read since the last poll()
  std::string error_;                    // likewise
  std::atomic<bool> is_stopped_{false};  // relaxed: the wake-up carries it
  std::atomic<double> ns_per_byte_{0};   // a guess: races between updates are harmless

  mutable std::mutex limit_mutex_;
  settings::Admission admission_;  // protected by limit_mutex_

  mutable std::mutex mutex_;
  std::condition_variable idle_;
  // Protected by mutex_:
  std::size_t sleeping_ = 0;
  std::vector<const Ticket*> in_flight_;
  std::size_t bytes_in_flight_ = 0;
  std::uint64_t next_number_ = 0;
  bool is_held_ = false;
  bool has_ended_ = false;
  TicketPool pool_;
};

}  // namespace flux::runtime
