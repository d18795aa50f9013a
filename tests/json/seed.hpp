// Randomness of property tests: every failure prints the seed that repeats it.
//
//   FLUX_SEED=123 ctest ...
#pragma once

#include <cstdint>
#include <cstdlib>
#include <random>

inline std::uint64_t property_seed() {
  if (const char* given = std::getenv("FLUX_SEED")) return std::strtoull(given, nullptr, 10);
  return std::random_device{}();
}
