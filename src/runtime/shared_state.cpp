#include "runtime/shared_state.hpp"

namespace flux::runtime {

SharedState::SharedState(const plan::Plan& plan_, const plugin::Host& host, TicketSource& source_,
                         TicketSink& sink_, Failures& failures, const Options& options_, std::size_t window)
    : plan(plan_),
      options(options_),
      source(source_),
      sink(sink_),
      delivery(plan.first, plan.fluxes.size(), failures, sink, options.pheromones),
      // The injector has a seat of its own, behind those of the workers.
      instances(plan, host, options.workers + (options.takes_perturbations ? 1 : 0)) {
  for (const plan::Segment& segment : plan.segments)
    serial.push_back(segment.is_serial ? make_serial(segment, window) : nullptr);
  serial.push_back(std::make_unique<SerialSegment>(window));
}

std::unique_ptr<SerialSegment> SharedState::make_serial(const plan::Segment& segment,
                                                        std::size_t window) const {
  auto made = std::make_unique<SerialSegment>(window);
  if (options.takes_perturbations) made->door.emplace();
  if (segment.steps.empty()) return made;
  made->first_flux = segment.steps.front().flux;
  for (std::size_t f = made->first_flux; f <= segment.steps.back().flux; ++f)
    made->fluxes.push_back(make_serial_flux(f));
  return made;
}

SerialFlux SharedState::make_serial_flux(std::size_t f) const {
  const plan::Flux& flux = plan.fluxes[f];
  SerialFlux made;
  made.admission = settings::Admission(flux.limit);
  if (!flux.is_serial()) return made;
  made.runner = std::make_unique<FluxRunner>(plan, flux, f, instances.of(0, f), options.failures);
  made.runner->show_to(options.tap_of(f));
  if (!flux.feeds_back()) return made;
  std::unique_ptr<FluxRunner> transform;
  if (!flux.transform.empty()) {  // what fails there is only left out
    transform = std::make_unique<FluxRunner>(plan, flux.transform.front(), f, instances.of_transform(f),
                                             FailureRule{});
  }
  made.loop = std::make_unique<FeedbackLoop>(plan, f, *made.runner, std::move(transform));
  return made;
}

}  // namespace flux::runtime
