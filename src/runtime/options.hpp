// How a plan is to run.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "rows/ticket.hpp"
#include "stages/tap.hpp"
#include "transport/pheromones.hpp"

namespace flux::runtime {

struct Options {
  std::size_t workers = 1;
  std::size_t max_line = 16 << 20;   // bytes
  bool raw_output = false;           // strings without quotes
  bool trusts_input = false;         // what no agent looks at is not checked
  bool finishes = true;              // fluxes give what they hold back at the end
  bool takes_perturbations = false;  // events may come from outside
  // Only where `takes_perturbations`, one per flux: who looks on. They outlive the run.
  const std::vector<std::unique_ptr<Tap>>* taps = nullptr;
  Pheromones* pheromones = nullptr;  // null: nobody listens. They outlive the run
  FailureRule failures;

  Tap* tap_of(std::size_t flux) const { return taps == nullptr ? nullptr : (*taps)[flux].get(); }
};

}  // namespace flux::runtime
