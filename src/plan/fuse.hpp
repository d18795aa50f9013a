// Cuts a pipeline into segments. The functor laws are the licence: neighbours that
// need no order between them run as one, and what gives every event back is gone.
//
// Thread safety: functions without state.
#pragma once

#include <vector>

#include "plan/plan.hpp"

namespace flux::plan {

// Decides which fluxes count their events at a gate: those with a limit, but the
// first (counted where events are read), those with feedback (they count what returns
// as well) and those that an earlier, smaller limit protects.
void place_gates(std::vector<Flux>& fluxes);

// `fuse` false: a turnstile between any two fluxes.
std::vector<Segment> cut_into_segments(const std::vector<Flux>& fluxes, bool fuse);

}  // namespace flux::plan
