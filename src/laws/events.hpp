// Events for an agent to be tried with: made at random from its input type, mixed with
// the input of its examples; and simpler ones instead of one that shows a flaw.
//
// Thread safety: functions without state.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "laws/subject.hpp"
#include "laws/trial.hpp"

namespace flux::laws {

// Numbers near the ends of their range among them, or none: some agents give up on those.
enum class Extremes { some, none };

// The same for the same seed.
Events make_events(const Subject& subject, std::size_t count, std::uint64_t seed, Extremes extremes);

// Values near `event` that are simpler, the simplest first.
std::vector<std::string> simpler(const std::string& event);

}  // namespace flux::laws
