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
// `takes_perturbations`: events may also come from outside, to any flux, so that nothing protects.
void place_gates(std::vector<Flux>& fluxes, bool takes_perturbations = false);

// The fluxes from `first` on, up to `end`. `fuse` false: a turnstile between any two.
std::vector<Segment> cut_into_segments(const std::vector<Flux>& fluxes, bool fuse, std::size_t first,
                                       std::size_t end);
inline std::vector<Segment> cut_into_segments(const std::vector<Flux>& fluxes, bool fuse) {
  return cut_into_segments(fluxes, fuse, 0, fluxes.size());
}

}  // namespace flux::plan
