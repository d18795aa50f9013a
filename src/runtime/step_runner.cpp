#include "runtime/step_runner.hpp"

namespace flux::runtime {

StepRunner::StepRunner(SharedState& shared, std::size_t seat, Arrival arrival, FailureRule rule)
    : shared_(shared), plan_(shared.plan), arrival_(arrival), runners_(plan_.fluxes.size()) {
  for (std::size_t f = plan_.first; f < plan_.end(); ++f) {
    if (plan_.fluxes[f].is_serial()) continue;
    runners_[f] = std::make_unique<FluxRunner>(plan_, plan_.fluxes[f], f, shared.instances.of(seat, f), rule);
    if (arrival == Arrival::upstream) runners_[f]->show_to(shared.options.tap_of(f));
  }
  for (std::size_t s = 0; s < plan_.segments.size(); ++s) {
    next_steps_.emplace_back();
    for (std::size_t i = 0; i < plan_.segments[s].steps.size(); ++i) next_steps_[s].emplace_back(*this, s, i);
  }
}

void StepRunner::NextStep::take(const Batch& batch, Ticket& ticket) {
  runner.gave(runner.plan_.segments[segment].steps[step], batch);
  runner.run_step(segment, step + 1, batch, ticket);
}

void StepRunner::run_step(std::size_t segment, std::size_t step, const Batch& batch, Ticket& ticket) {
  const auto& steps = plan_.segments[segment].steps;
  if (step == steps.size()) return hand_over(segment, batch, ticket);
  const std::size_t flux = steps[step].flux;
  SerialFlux* const serial = serial_flux(segment, flux);
  if ((serial != nullptr && serial->has_ended) || is_late(steps[step], batch, ticket))
    return refuse(flux, batch.rows, Refusal::too_late, ticket);
  NextStep& next = next_steps_[segment][step];
  if (steps[step].kind == plan::Step::Kind::admit) {
    admit(flux, serial->admission, batch, next, ticket);
  } else if (serial == nullptr) {
    runners_[flux]->run(batch, ticket, next, arrival_);
  } else if (!serial->loop) {
    serial->runner->run(batch, ticket, next, arrival_);
  } else if (!serial->loop->run(batch, ticket, next, arrival_)) {
    refuse(flux, batch.rows, Refusal::unaffordable, ticket);
  }
  has_run(flux, ticket);
}

// The gate of a later flux: the k-th event in stream order is the one that stops it. Events
// from outside go in together, or not at all.
void StepRunner::admit(std::size_t flux, settings::Admission& admission, const Batch& batch, RowSink& next,
                       Ticket& ticket) {
  const bool is_whole = arrival_ == Arrival::perturbed;
  if (is_whole && admission.left() < batch.rows)
    return refuse(flux, batch.rows, Refusal::unaffordable, ticket);
  const auto fitting = static_cast<std::uint32_t>(admission.admit(batch.rows));
  const auto index = static_cast<std::uint32_t>(flux);
  const std::uint32_t refused = batch.rows - fitting;
  if (refused > 0) refuse(flux, refused, Refusal::unaffordable, ticket);
  if (refused > 0 && admission.limit().collapses) {
    ticket.stop_at({batch.line[fitting], index, StopReason::collapsed, {}});
  } else if (fitting > 0 && admission.is_complete()) {
    ticket.stop_at({batch.line[fitting - 1], index, StopReason::max_events, {}});
  }
  if (fitting > 0) next.take(batch.first(fitting), ticket);
}

void StepRunner::finish_step(std::size_t segment, std::size_t step, bool is_wanted, Ticket& ticket) {
  const std::size_t flux = plan_.segments[segment].steps[step].flux;
  NextStep& next = next_steps_[segment][step];
  SerialFlux* const serial = serial_flux(segment, flux);
  if (serial == nullptr) return runners_[flux]->finish(ticket, next, is_wanted);
  if (!serial->loop) return serial->runner->finish(ticket, next, is_wanted);
  serial->loop->finish(ticket, next, is_wanted);
}

std::optional<std::string> StepRunner::merge(std::size_t flux, StepRunner& other) {
  if (!runners_[flux]) return {};
  return runners_[flux]->merge(*other.runners_[flux]);
}

}  // namespace flux::runtime
