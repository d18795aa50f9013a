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
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "plan/plan.hpp"
#include "runtime/options.hpp"
#include "runtime/shared_state.hpp"
#include "transport/source_reader.hpp"

namespace flux::runtime {

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
  // `source` and `sink` outlive this.
  Pipeline(const plan::Plan& plan, const plugin::Host& host, TicketSource& source, TicketSink& sink,
           Failures& failures, const Options& options, std::function<void()> is_through);
  ~Pipeline();

  void start();
  void join();
  // Makes agents that wait return soon. By any thread; what is in flight goes on.
  void interrupt();

  // What has come and gone so far.
  Tally tally() const { return shared_.delivery.tally(); }
  // Events that were read and have not come out, given what has.
  std::uint64_t events_in_flight(const Tally& so_far) const {
    return shared_.source.events_in_flight(so_far.tickets);
  }
  // Whether the stream came to its end, or to a limit: not where it broke off. Valid
  // when all is through.
  bool ended_orderly() const { return ended_orderly_; }
  // Whether nothing is read any more. By any thread.
  bool is_draining() const { return is_draining_.load(std::memory_order_relaxed); }
  // Of one that is live.
  Injector& injector() { return *injector_; }

 private:
  void worker_is_through(Worker& worker);
  void tell(Pheromone signal) const;

  SharedState shared_;
  const std::function<void()> is_through_;
  bool ended_orderly_ = false;            // set by the last worker
  std::atomic<bool> is_draining_{false};  // relaxed: says so to whoever asks
  std::vector<std::unique_ptr<Worker>> workers_;
  std::unique_ptr<Injector> injector_;
  std::atomic<std::size_t> working_{0};  // acq_rel: the last one sees what the others did
  std::vector<std::jthread> threads_;
};

}  // namespace flux::runtime
