// One worker: its decoder, its instances of parallel agents, and the tickets that it
// carries from segment to segment.
//
// Thread safety: none; belongs to its thread. What is shared is reached through the
// SharedState, and only inside the turnstile that guards it.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "runtime/step_runner.hpp"
#include "stages/flux_runner.hpp"
#include "transport/decoder.hpp"

namespace flux::runtime {

class Worker final : public StepRunner {
 public:
  Worker(SharedState& shared, std::size_t index);

  // Until the source has no more.
  void work();

  // The end of the stream: what fluxes hold back flows on, and the last ticket leaves.
  // Whether the stream came to an orderly end. `others`: who has instances that are to be
  // merged. REQUIRES: none of them is at work.
  bool drain(const std::vector<StepRunner*>& others);

 private:
  // A ticket and the segment that it comes to next.
  struct Carried {
    TicketPtr ticket;
    std::size_t segment;
  };

  // What a flux still wants while the pipeline drains.
  enum class Ending : std::uint8_t {
    open,
    shut,       // no more rows: it or a flux behind it has stopped
    collapsed,  // no more rows, and it does not finish
  };

  bool is_late(const plan::Step& step, const Batch& batch, const Ticket& ticket) const override;
  void refuse(std::size_t flux, std::uint32_t rows, Refusal why, Ticket& ticket) override;
  void hand_over(std::size_t segment, const Batch& batch, Ticket& ticket) override;

  void decode(Ticket& ticket);
  void carry(Carried carried);
  void settle(std::uint64_t below);
  void bring(Carried carried);
  void go_through(TicketPtr ticket, std::size_t segment);
  void go_out(TicketPtr ticket);
  void run_segment(std::size_t segment, Ticket& ticket);
  void run_batches(std::size_t segment, Ticket& ticket);
  void encode(const Batch& batch, Ticket& ticket);
  void print_ints(Ticket& ticket);
  bool is_next_out(Ticket& ticket);
  void relieve(std::size_t segment, Ticket& ticket);
  void stop_early(const Ticket& ticket);
  void finish(std::size_t segment, std::size_t step, const std::vector<StepRunner*>& others, Ticket& ticket);
  bool note_stop(const Stop& stop);

  Decoder decoder_;
  const Encoder encoder_;        // of what the last flux gives
  const std::size_t max_out_;    // bytes of results that wait for their ticket
  std::deque<Carried> carried_;  // in ticket order
  std::vector<Ending> endings_;  // by flux; all are open until the worker drains
};

}  // namespace flux::runtime
