#include "runtime/pipeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cstdio>
#include <cstdlib>

#include "runtime/injector.hpp"
#include "runtime/worker.hpp"

namespace flux::runtime {

namespace {

constexpr std::size_t kReadSize = 256 << 10;  // larger gained nothing in tests/bench
constexpr std::size_t kSmallReadSize = 4 << 10;
// In front of a drop buffer: what other workers have ready comes to it at once.
constexpr std::size_t kBufferedReadSize = 64 << 10;

// Enough for every worker to have one at work and one that waits for its turn.
std::size_t window_of(std::size_t workers) { return 2 * workers + 2; }

}  // namespace

SourceReader::Shape shape_of(const plan::Plan& plan, const Options& options) {
  const std::size_t window = window_of(options.workers);
  return {window,
          window * kReadSize,
          plan.segments.size() + 1,
          plan.fluxes.size(),
          plan::limit_of_source(plan.fluxes),
          {plan.wire == plan::Wire::raw, options.max_line}};
}

std::size_t read_size(const plan::Plan& plan) {
  if (plan.is_blocking) return kSmallReadSize;
  return plan.may_drop() ? kBufferedReadSize : kReadSize;
}

Pipeline::Pipeline(const plan::Plan& plan, const plugin::Host& host, TicketSource& source, TicketSink& sink,
                   Failures& failures, const Options& options, std::function<void()> is_through)
    : shared_(plan, host, source, sink, failures, options, window_of(options.workers)),
      is_through_(std::move(is_through)) {
  for (std::size_t w = 0; w < options.workers; ++w) workers_.push_back(std::make_unique<Worker>(shared_, w));
  if (options.takes_perturbations) injector_ = std::make_unique<Injector>(shared_, options.workers);
}

Pipeline::~Pipeline() = default;

void Pipeline::start() {
  working_.store(workers_.size());
  for (auto& worker : workers_) {
    threads_.emplace_back([this, &worker] {
      const plugin::CrashStack stack;
      try {
        worker->work();
        worker_is_through(*worker);
      } catch (const std::exception& error) {  // no memory, most likely: nothing can be drained
        fmt::print(stderr, "flux: cannot go on: {}\n", error.what());
        std::_Exit(1);
      }
    });
  }
}

void Pipeline::interrupt() { shared_.instances.interrupt(); }

void Pipeline::worker_is_through(Worker& worker) {
  if (working_.fetch_sub(1) != 1) return;
  is_draining_.store(true, std::memory_order_relaxed);
  tell(Pheromone::draining);
  if (injector_) injector_->close();
  std::vector<StepRunner*> all;
  for (const auto& other : workers_) all.push_back(other.get());
  if (injector_) all.push_back(injector_.get());
  ended_orderly_ = worker.drain(all);
  shared_.sink.flush();
  tell(Pheromone::stopped);
  is_through_();
}

// Of every flux that did not collapse before.
void Pipeline::tell(Pheromone signal) const {
  if (shared_.options.pheromones == nullptr) return;
  const std::vector<Stop> stops = tally().stops;
  for (std::size_t f = shared_.plan.first; f < shared_.plan.end(); ++f) {
    const bool has_collapsed = std::any_of(stops.begin(), stops.end(), [&](const Stop& stop) {
      return stop.flux == f && stop.reason == StopReason::collapsed;
    });
    if (!has_collapsed) shared_.options.pheromones->tell(signal, f);
  }
}

void Pipeline::join() {
  threads_.clear();
#ifndef NDEBUG
  for (const Books& books : tally().books) assert(books.balance());
#endif
}

}  // namespace flux::runtime
