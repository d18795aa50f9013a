// The states of a flux and the only ways between them. Everything that starts,
// stops or exhausts a flux goes through `next`; what is not in its table is a
// programming error.
//
// Pure functions; thread safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace flux::runtime {

enum class State : std::uint8_t { dormant, flowing, perturbed, draining, stopped, collapsed };

enum class Signal : std::uint8_t {
  start,     // a source is connected
  perturb,   // a perturbation enters
  answered,  // the last perturbation in flight is answered
  drain,     // the source ended, a limit was reached, stop was asked, an agent ended or failed
  drained,   // nothing is in flight any more
  exhaust,   // an event arrived that entropy cannot afford
  reset,     // of a collapsed flux
};

// "FLOWING".
std::string_view name_of(State state);

// The state after `signal`, or nothing if that transition does not exist.
std::optional<State> next(State state, Signal signal);

}  // namespace flux::runtime
