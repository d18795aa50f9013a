#include "runtime/report.hpp"

namespace flux::runtime {

namespace {

// How a flux got to where it is, by the only ways there are.
State state_of(std::size_t flux, const std::vector<Stop>& stops, Progress progress) {
  State state = *next(State::dormant, Signal::start);
  for (const Stop& stop : stops) {
    if (stop.flux == flux && stop.reason == StopReason::collapsed) return *next(state, Signal::exhaust);
  }
  switch (progress) {
    case Progress::flowing:
      return state;
    case Progress::perturbed:
      return *next(state, Signal::perturb);
    case Progress::draining:
      return *next(state, Signal::drain);
    case Progress::through:
      return *next(*next(state, Signal::drain), Signal::drained);
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
    const Books& books = tally.books[f];
    summary.fluxes.push_back({flux.id, state_of(f, tally.stops, progress[f]), books,
                              settings::entropy_remaining(flux.config, books.events())});
  }
  return summary;
}

}  // namespace flux::runtime
