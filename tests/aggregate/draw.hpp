// Random draws from a printed seed: FLUX_SEED=n repeats one.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <cstdlib>
#include <random>

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : bits_(seed) {}
  std::uint64_t bits() { return bits_(); }
  std::uint64_t below(std::uint64_t limit) { return bits_() % limit; }
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(most - least) + 1));
  }

 private:
  std::mt19937_64 bits_;
};

// Calls property(draw) with `times` seeds.
template <class Property>
void for_seeds(int times, Property property) {
  const char* const given = std::getenv("FLUX_SEED");
  const std::uint64_t first = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  for (int i = 0; i < (given != nullptr ? 1 : times); ++i) {
    const std::uint64_t here = first + static_cast<std::uint64_t>(i);
    CAPTURE(here);  // FLUX_SEED=here repeats it
    Draw draw(here);
    property(draw);
  }
}
