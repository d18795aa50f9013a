// A law holds for all seeds; so many of them are tried, and one that breaks it is
// printed.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>

#include "random.hpp"

namespace laws {

// Calls law(random) for as many seeds. REQUIRES: its only randomness is `random`.
template <class Law>
void for_all(int seeds, Law law) {
  const std::uint64_t first = seed();
  for (int i = 0; i < seeds; ++i) {
    const std::uint64_t here = first + static_cast<std::uint64_t>(i);
    CAPTURE(here);  // FLUX_SEED=here FLUX_CASES=1 repeats it
    Random random(here);
    law(random);
  }
}

}  // namespace laws
