#include "runtime/pipeline.hpp"

#include <fmt/format.h>

#include <cassert>
#include <cstdio>
#include <cstdlib>

#include "runtime/worker.hpp"

namespace flux::runtime {

namespace {

constexpr std::size_t kReadSize = 256 << 10;  // larger gained nothing in tests/bench
constexpr std::size_t kSmallReadSize = 4 << 10;

// Enough for every worker to have one at work and one that waits for its turn.
std::size_t window_of(std::size_t workers) { return 2 * workers + 2; }

Turn::Shape shape_of(const plan::Plan& plan, const Options& options) {
  const std::size_t window = window_of(options.workers);
  return {window,
          window * kReadSize,
          plan.segments.size() + 1,
          plan.fluxes.size(),
          plan.fluxes.front().limit,
          {plan.wire == plan::Wire::raw, options.max_line}};
}

}  // namespace

std::size_t read_size(const plan::Plan& plan) { return plan.is_blocking ? kSmallReadSize : kReadSize; }

Pipeline::Pipeline(const plan::Plan& plan, const plugin::Host& host, io::Framer framer, Output& output,
                   Failures& failures, const Options& options)
    : plan_(plan),
      options_(options),
      turn_(std::move(framer), output, shape_of(plan, options)),
      output_(output),
      delivery_(plan.fluxes.size(), failures, output),
      serial_runners_(plan.fluxes.size()),
      admitted_(plan.fluxes.size()),
      is_closed_(plan.segments.size() + 1) {
  make_instances(host);
  for (std::size_t f = 0; f < plan.fluxes.size(); ++f) {
    if (plan.fluxes[f].is_serial())
      serial_runners_[f] = std::make_unique<FluxRunner>(plan, f, instances_of_[f], options.failures);
  }
  for (std::size_t s = 0; s <= way_out(); ++s) {
    const bool has_turnstile = s == way_out() || plan.segments[s].is_serial;
    turnstiles_.push_back(has_turnstile ? std::make_unique<Turnstile<TicketPtr>>(window_of(options.workers))
                                        : nullptr);
  }
  for (std::size_t w = 0; w < options.workers; ++w) workers_.push_back(std::make_unique<Worker>(*this, w));
}

Pipeline::~Pipeline() = default;

// One instance per worker of what may run in parallel; one in all of what is serial,
// or may be called by several threads at once.
void Pipeline::make_instances(const plugin::Host& host) {
  const std::size_t fluxes = plan_.fluxes.size();
  instances_of_.resize(options_.workers * fluxes);
  for (std::size_t f = 0; f < fluxes; ++f) {
    const plan::Flux& flux = plan_.fluxes[f];
    for (const plan::Stage& stage : flux.stages) {
      const bool is_shared = flux.is_serial() || stage.is(FLUX_CONCURRENT);
      for (std::size_t w = 0; w < options_.workers; ++w) {
        if (w == 0 || !is_shared) {
          instances_.emplace_back(*stage.agent, stage.values, host);
          const bool is_anything = stage.given.is_bare(Kind::json);
          instances_.back().describe(is_anything ? std::nullopt : std::optional(stage.given));
        }
        instances_of_[w * fluxes + f].push_back(&instances_.back());
      }
    }
  }
}

void Pipeline::start() {
  working_.store(workers_.size());
  for (auto& worker : workers_) {
    threads_.emplace_back([this, &worker] {
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

void Pipeline::worker_is_through(Worker& worker) {
  if (working_.fetch_sub(1) != 1) return;
  worker.drain(workers_);
  output_.flush();
  done_.wake();
}

void Pipeline::stop() { turn_.stop(); }

Tally Pipeline::tally_with_events_in_flight() const {
  Tally tally = delivery_.tally();
  const std::uint64_t events = turn_.events_in_flight(tally.tickets);
  tally.books.front().upstream += events;
  tally.books.front().unprocessed += events;
  return tally;
}

void Pipeline::join() {
  threads_.clear();
#ifndef NDEBUG
  for (const flow::Books& books : tally().books) assert(books.balance());
#endif
}

}  // namespace flux::runtime
