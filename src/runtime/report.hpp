// From what has come and gone to what a summary says of it, while a pipeline runs and
// when it is through.
//
// Thread safety: functions without state.
#pragma once

#include <vector>

#include "plan/plan.hpp"
#include "runtime/summary.hpp"
#include "transport/delivery.hpp"
#include "transport/output.hpp"

namespace flux::runtime {

// How far a flux is, where it has not collapsed.
enum class Progress : std::uint8_t { flowing, perturbed, draining, through };

// `progress`: of each flux.
Summary summarise(const plan::Plan& plan, const Tally& tally, const Output& output, double seconds,
                  const std::vector<Progress>& progress);

}  // namespace flux::runtime
