// A section of a running pipeline, which is all of it where no buffer drops anything:
// workers that take turns at the source, carry their tickets through the segments of
// the plan, in order where order is needed, and out.
//
//   take the turn -> decode -> parallel segment -> turnstile -> serial segment -> …
//     -> encode -> last turnstile -> write
//
// Threads: N workers, owned and joined here. Whoever builds it is told when they are
// through, and may stop() at any time.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "io/framer.hpp"
#include "plan/plan.hpp"
#include "plugin/instance.hpp"
#include "stages/feedback_loop.hpp"
#include "stages/flux_runner.hpp"
#include "transport/delivery.hpp"
#include "transport/pheromones.hpp"
#include "transport/side_door.hpp"
#include "transport/source_reader.hpp"
#include "transport/ticket_sink.hpp"
#include "transport/ticket_source.hpp"
#include "transport/turnstile.hpp"

namespace flux::runtime {

struct Options {
  std::size_t workers = 1;
  std::size_t max_line = 16 << 20;  // bytes
  bool raw_output = false;          // strings without quotes
  bool trusts_input = false;        // what no agent looks at is not checked
  bool finishes = true;             // fluxes give what they hold back at the end
  bool is_live = false;             // events may come from outside
  // Of a live pipeline, by flux: who looks on. They outlive it.
  const std::vector<std::unique_ptr<Tap>>* taps = nullptr;
  Pheromones* pheromones = nullptr;  // if anybody listens; likewise
  FailureRule failures;
};

// How many bytes a read asks for: a plan that may wait for long takes small bites,
// so that a stop does not find hours of work in flight.
std::size_t read_size(const plan::Plan& plan);

// What the turn at the source has to know.
SourceReader::Shape shape_of(const plan::Plan& plan, const Options& options);

class Injector;
class Worker;

class Pipeline {
 public:
  // Makes the instances; throws Error if a plugin refuses. `is_through`: called by the
  // last worker when nothing is in flight any more. REQUIRES: `plan`, `failures`,
  // `inlet` and `way_out` outlive this.
  Pipeline(const plan::Plan& plan, const plugin::Host& host, TicketSource& inlet, TicketSink& way_out,
           Failures& failures, const Options& options, std::function<void()> is_through);
  ~Pipeline();

  void start();
  void join();
  // Makes agents that wait return soon. By any thread; what is in flight goes on.
  void interrupt();

  // What has come and gone so far.
  Tally tally() const { return delivery_.tally(); }
  // Events that were read and have not come out, given what has.
  std::uint64_t events_in_flight(const Tally& so_far) const {
    return inlet_.events_in_flight(so_far.tickets);
  }
  // Whether the stream came to its end, or to a limit: not where it broke off. Valid
  // when all is through.
  bool ended_orderly() const { return ended_orderly_; }
  // Whether nothing is read any more. By any thread.
  bool is_draining() const { return is_draining_.load(std::memory_order_relaxed); }
  // Of one that is live.
  Injector& injector() { return *injector_; }

 private:
  friend class Worker;
  friend class Injector;

  // The way out counts as a segment behind the last one.
  std::size_t behind_segments() const { return plan_.segments.size(); }
  Turnstile<TicketPtr>& turnstile(std::size_t segment) { return *turnstiles_[segment]; }
  void make_instances(const plugin::Host& host);
  void make_instance(const plan::Stage& stage, const plugin::Host& host);
  Tap* tap_of(std::size_t flux) const {
    return options_.taps == nullptr ? nullptr : (*options_.taps)[flux].get();
  }
  void make_serial_runners(const plugin::Host& host);
  void worker_is_through(Worker& worker);
  void tell(Pheromone signal) const;

  const plan::Plan& plan_;
  const Options options_;
  TicketSource& inlet_;
  TicketSink& way_out_;
  Delivery delivery_;
  const std::function<void()> is_through_;
  bool ended_orderly_ = false;            // set by the last worker
  std::atomic<bool> is_draining_{false};  // relaxed: says so to whoever asks

  std::deque<plugin::Instance> instances_;
  std::vector<std::vector<plugin::Instance*>> instances_of_;  // [worker * fluxes + flux][stage]
  // Of serial fluxes there is one; it belongs to whoever is inside its turnstile.
  std::vector<std::unique_ptr<FluxRunner>> serial_runners_;  // by flux; null for parallel ones
  std::vector<std::unique_ptr<FeedbackLoop>> loops_;         // by flux, likewise; null without feedback
  std::vector<std::uint64_t> admitted_;                      // by flux, likewise
  std::vector<char> has_ended_;  // by serial flux, likewise: an event from outside was its last
  std::vector<char> is_closed_;  // by segment, likewise: a ticket stopped, no later one counts
  std::vector<std::unique_ptr<Turnstile<TicketPtr>>> turnstiles_;  // by segment; null for parallel ones
  std::vector<std::unique_ptr<SideDoor>> doors_;  // by segment, of serial ones of a live pipeline
  std::vector<std::unique_ptr<Worker>> workers_;
  std::unique_ptr<Injector> injector_;
  std::atomic<std::size_t> working_{0};  // acq_rel: the last one sees what the others did
  std::vector<std::jthread> threads_;
};

}  // namespace flux::runtime
