// One worker: its decoder, its instances of parallel agents, and the tickets that it
// carries from segment to segment.
//
// Thread safety: none; belongs to its thread. What is shared is reached through the
// Pipeline, and only inside the turnstile that guards it.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "runtime/pipeline.hpp"
#include "stages/flux_runner.hpp"
#include "transport/decoder.hpp"

namespace flux::runtime {

class Worker {
 public:
  Worker(Pipeline& pipeline, std::size_t index);

  // Until the source has no more.
  void work();

  // The end of the stream: what fluxes hold back flows on, and the last ticket
  // leaves. REQUIRES: no other worker is at work.
  void drain(const std::vector<std::unique_ptr<Worker>>& all);

 private:
  // Where the rows that a step gives go: the next step of the segment.
  struct NextStep final : RowSink {
    NextStep(Worker& worker_, std::size_t segment_, std::size_t step_)
        : worker(worker_), segment(segment_), step(step_) {}
    void take(const Batch& batch, Ticket& ticket) override { worker.run_step(segment, step, batch, ticket); }
    Worker& worker;
    std::size_t segment;
    std::size_t step;
  };

  // A ticket and the segment that it comes to next.
  struct Carried {
    TicketPtr ticket;
    std::size_t segment;
  };

  void decode(Ticket& ticket);
  void carry(Carried carried);
  void settle(std::uint64_t below);
  void bring(Carried carried);
  void go_through(TicketPtr ticket, std::size_t segment);
  void go_out(TicketPtr ticket);
  void run_segment(std::size_t segment, Ticket& ticket);
  void run_batches(std::size_t segment, Ticket& ticket);
  void run_step(std::size_t segment, std::size_t step, const Batch& batch, Ticket& ticket);
  void admit(std::size_t flux, Batch batch, RowSink& next, Ticket& ticket);
  void encode(const Batch& batch, Ticket& ticket);
  void print_ints(Ticket& ticket);
  void hand_over(std::size_t segment, const Batch& batch, Ticket& ticket);
  bool is_next_out(Ticket& ticket);
  void relieve(std::size_t segment, Ticket& ticket);
  void stop_early(const Ticket& ticket);
  void finish(std::size_t flux, RowSink& next, const std::vector<std::unique_ptr<Worker>>& all,
              Ticket& ticket);
  bool note_stop(const Stop& stop);
  FluxRunner& runner(std::size_t flux);

  Pipeline& pipeline_;
  const plan::Plan& plan_;
  Decoder decoder_;
  const Encoder encoder_;                             // of what the last flux gives
  std::vector<std::unique_ptr<FluxRunner>> runners_;  // by flux; null for serial ones
  std::vector<std::vector<NextStep>> steps_;          // by segment and step
  const std::size_t most_out_;                        // bytes of results that wait for their ticket
  std::deque<Carried> carried_;                       // in ticket order
  std::vector<char> has_collapsed_;                   // by flux, while draining
  std::vector<char> is_shut_;                         // by flux, while draining: wants no rows any more
};

}  // namespace flux::runtime
