#include "runtime/lifecycle.hpp"

namespace flux::runtime {

std::string_view name_of(State state) {
  switch (state) {
    case State::dormant:
      return "DORMANT";
    case State::flowing:
      return "FLOWING";
    case State::perturbed:
      return "PERTURBED";
    case State::draining:
      return "DRAINING";
    case State::stopped:
      return "STOPPED";
    case State::collapsed:
      return "COLLAPSED";
  }
  return "?";
}

std::optional<State> next(State state, Signal signal) {
  switch (state) {
    case State::dormant:
      if (signal == Signal::start) return State::flowing;
      if (signal == Signal::drain) return State::stopped;  // stopped before it ever ran
      return {};
    case State::flowing:
      if (signal == Signal::perturb) return State::perturbed;
      if (signal == Signal::drain) return State::draining;
      if (signal == Signal::exhaust) return State::collapsed;
      return {};
    case State::perturbed:
      if (signal == Signal::perturb) return State::perturbed;
      if (signal == Signal::answered) return State::flowing;
      if (signal == Signal::drain) return State::draining;
      if (signal == Signal::exhaust) return State::collapsed;
      return {};
    case State::draining:
      if (signal == Signal::drained) return State::stopped;
      return {};
    case State::stopped:
      if (signal == Signal::start) return State::flowing;
      return {};
    case State::collapsed:
      if (signal == Signal::reset) return State::dormant;
      return {};
  }
  return {};
}

}  // namespace flux::runtime
