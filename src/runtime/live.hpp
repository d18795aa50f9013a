// A pipeline while it runs, for those who ask it: events from outside, its books and
// states, and a word to stop. What it is asked costs the stream nothing: perturbations
// are carried by a thread of this class, in the order of their priority.
//
// Thread safety: any thread may call any member.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "plan/plan.hpp"
#include "runtime/perturbation.hpp"
#include "runtime/sections.hpp"
#include "runtime/summary.hpp"
#include "transport/output.hpp"

namespace flux::runtime {

class Live {
 public:
  using Clock = std::chrono::steady_clock;

  // REQUIRES: all outlive this; the pipeline was made to be live.
  Live(const plan::Plan& plan, Sections& sections, const Output& output, const Options& options,
       Clock::time_point start);
  ~Live();

  // Higher priorities first, ties in the order that they came. The answer always comes.
  [[nodiscard]] std::future<Answer> submit(Perturbation perturbation, std::int64_t priority);
  // Those that wait and the one that is being served.
  std::size_t waiting() const;

  // Asks the source to end; what was read is worked on and written.
  void stop();
  bool was_stopped() const { return was_stopped_.load(std::memory_order_relaxed); }

  // The run is through: whoever waits is answered, and whoever comes is refused.
  void close();

  // The books so far, and the state of every flux.
  Summary summary() const;
  bool is_flowing() const;
  std::optional<Sections::Level> buffer_behind(std::size_t flux) const {
    return sections_.buffer_behind(flux);
  }

  // Who looks at what a flux gives; what it gave before is not seen.
  std::shared_ptr<Watcher> watch(std::size_t flux) const { return (*taps_)[flux]->watch(); }
  std::shared_ptr<PheromoneListener> listen() const { return pheromones_->listen(); }
  // Whether nothing comes any more, so that looking on is in vain.
  bool is_over() const;

  const plan::Plan& plan() const { return plan_; }
  std::optional<std::size_t> flux_named(std::string_view id) const;

 private:
  struct Waiting {
    Perturbation perturbation;
    std::int64_t priority;
    std::promise<Answer> promise;
  };

  void serve();

  const plan::Plan& plan_;
  Sections& sections_;
  const Output& output_;
  const std::vector<std::unique_ptr<Tap>>* const taps_;
  Pheromones* const pheromones_;
  const Clock::time_point start_;
  std::atomic<bool> was_stopped_{false};  // relaxed: read when all is through

  mutable std::mutex mutex_;
  std::condition_variable some_;
  // Protected by mutex_:
  std::vector<Waiting> queue_;          // by priority, then by arrival
  std::optional<std::size_t> serving_;  // the flux that one being served entered at
  bool is_closed_ = false;

  std::thread thread_;
};

}  // namespace flux::runtime
