// Feedback: which of a flux's outputs return to its own input, how many may wait
// there, and what happens to them on the way. No dice: a run is reproducible.
//
// Plain values; thread safety as for any value.
#pragma once

#include <cstdint>
#include <string>

#include "settings/decimal.hpp"

namespace flux::settings {

struct Feedback {
  Decimal fraction;               // from 0 to 1; 0: nothing returns
  std::string transform;          // a pipeline that outputs pass on their way back; empty: none
  std::uint64_t queue_size = 50;  // events that may wait to be served again

  bool is_on() const { return !fraction.is_zero(); }

  // Whether output `n`, counted from 1, returns: where n * fraction passes a whole number.
  bool returns(std::uint64_t n) const { return floor_times(n, fraction) > floor_times(n - 1, fraction); }
};

}  // namespace flux::settings
