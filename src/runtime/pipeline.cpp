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
  return plan.is_live() ? kBufferedReadSize : kReadSize;
}

Pipeline::Pipeline(const plan::Plan& plan, const plugin::Host& host, TicketSource& inlet, TicketSink& way_out,
                   Failures& failures, const Options& options, std::function<void()> is_through)
    : plan_(plan),
      options_(options),
      inlet_(inlet),
      way_out_(way_out),
      delivery_(plan.first, plan.fluxes.size(), failures, way_out, options.pheromones),
      is_through_(std::move(is_through)),
      serial_runners_(plan.fluxes.size()),
      loops_(plan.fluxes.size()),
      admitted_(plan.fluxes.size()),
      has_ended_(plan.fluxes.size()),
      is_closed_(plan.segments.size() + 1),
      doors_(plan.segments.size()) {
  make_instances(host);
  make_serial_runners(host);
  for (std::size_t s = 0; s <= behind_segments(); ++s) {
    const bool has_turnstile = s == behind_segments() || plan.segments[s].is_serial;
    turnstiles_.push_back(has_turnstile ? std::make_unique<Turnstile<TicketPtr>>(window_of(options.workers))
                                        : nullptr);
  }
  for (std::size_t w = 0; w < options.workers; ++w) workers_.push_back(std::make_unique<Worker>(*this, w));
  if (!options.is_live) return;
  for (std::size_t s = 0; s < plan.segments.size(); ++s)
    if (plan.segments[s].is_serial) doors_[s] = std::make_unique<SideDoor>();
  injector_ = std::make_unique<Injector>(*this, options.workers);
}

Pipeline::~Pipeline() = default;

// One instance per worker of what may run in parallel; one in all of what is serial,
// or may be called by several threads at once.
void Pipeline::make_instances(const plugin::Host& host) {
  const std::size_t fluxes = plan_.fluxes.size();
  const std::size_t seats = options_.workers + (options_.is_live ? 1 : 0);
  instances_of_.resize(seats * fluxes);
  for (std::size_t f = plan_.first; f < plan_.end(); ++f) {
    const plan::Flux& flux = plan_.fluxes[f];
    for (const plan::Stage& stage : flux.stages) {
      const bool is_shared = flux.is_serial() || stage.is(FLUX_CONCURRENT);
      for (std::size_t w = 0; w < seats; ++w) {
        if (w == 0 || !is_shared) make_instance(stage, host);
        instances_of_[w * fluxes + f].push_back(&instances_.back());
      }
    }
  }
}

void Pipeline::make_instance(const plan::Stage& stage, const plugin::Host& host) {
  instances_.emplace_back(*stage.agent, stage.values, host);
  const bool is_anything = stage.given.is_bare(Kind::json);
  instances_.back().describe(is_anything ? std::nullopt : std::optional(stage.given));
}

void Pipeline::make_serial_runners(const plugin::Host& host) {
  for (std::size_t f = plan_.first; f < plan_.end(); ++f) {
    const plan::Flux& flux = plan_.fluxes[f];
    if (!flux.is_serial()) continue;
    serial_runners_[f] = std::make_unique<FluxRunner>(plan_, flux, f, instances_of_[f], options_.failures);
    serial_runners_[f]->show_to(tap_of(f));
    if (!flux.feeds_back()) continue;
    std::unique_ptr<FluxRunner> transform;
    if (!flux.transform.empty()) {
      std::vector<plugin::Instance*> instances;
      for (const plan::Stage& stage : flux.transform.front().stages) {
        make_instance(stage, host);
        instances.push_back(&instances_.back());
      }
      // What fails there is only left out.
      transform = std::make_unique<FluxRunner>(plan_, flux.transform.front(), f, instances, FailureRule{});
    }
    loops_[f] = std::make_unique<FeedbackLoop>(plan_, f, *serial_runners_[f], std::move(transform));
  }
}

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

void Pipeline::interrupt() {
  for (plugin::Instance& instance : instances_) instance.interrupt();
}

void Pipeline::worker_is_through(Worker& worker) {
  if (working_.fetch_sub(1) != 1) return;
  is_draining_.store(true, std::memory_order_relaxed);
  tell(Pheromone::draining);
  if (injector_) injector_->close();
  worker.drain(workers_);
  way_out_.flush();
  tell(Pheromone::stopped);
  is_through_();
}

// Of every flux that did not collapse before.
void Pipeline::tell(Pheromone signal) const {
  if (options_.pheromones == nullptr) return;
  const std::vector<Stop> stops = tally().stops;
  for (std::size_t f = plan_.first; f < plan_.end(); ++f) {
    const bool has_collapsed = std::any_of(stops.begin(), stops.end(), [&](const Stop& stop) {
      return stop.flux == f && stop.reason == StopReason::collapsed;
    });
    if (!has_collapsed) options_.pheromones->tell(signal, f);
  }
}

void Pipeline::join() {
  threads_.clear();
#ifndef NDEBUG
  for (const Books& books : tally().books) assert(books.balance());
#endif
}

}  // namespace flux::runtime
