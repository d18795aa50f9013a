#include "runtime/report.hpp"

namespace flux::runtime {

namespace {

// How a flux got to where it is, by the only ways there are.
flow::State state_of(std::size_t flux, const std::vector<Stop>& stops, Progress progress) {
  flow::State state = *flow::next(flow::State::dormant, flow::Signal::start);
  for (const Stop& stop : stops) {
    if (stop.flux == flux && stop.reason == StopReason::collapsed)
      return *flow::next(state, flow::Signal::exhaust);
  }
  switch (progress) {
    case Progress::flowing:
      return state;
    case Progress::perturbed:
      return *flow::next(state, flow::Signal::perturb);
    case Progress::draining:
      return *flow::next(state, flow::Signal::drain);
    case Progress::through:
      return *flow::next(*flow::next(state, flow::Signal::drain), flow::Signal::drained);
  }
  return state;
}

}  // namespace

Summary summarise(const plan::Plan& plan, const Tally& tally, const Output& output, double seconds,
                  const std::vector<Progress>& progress) {
  Summary summary;
  summary.read = tally.books.front().upstream;
  summary.written = output.written();
  summary.failed = tally.failed;
  summary.bytes_in = tally.bytes_in;
  summary.bytes_out = output.bytes();
  summary.seconds = seconds;
  for (std::size_t f = 0; f < plan.fluxes.size(); ++f) {
    const plan::Flux& flux = plan.fluxes[f];
    const flow::Books& books = tally.books[f];
    summary.fluxes.push_back({flux.id, state_of(f, tally.stops, progress[f]), books,
                              flow::entropy_remaining(flux.config, books.events())});
  }
  return summary;
}

}  // namespace flux::runtime
