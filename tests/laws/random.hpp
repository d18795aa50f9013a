// Random pipelines, streams of events and cuts, each from a seed. FLUX_SEED=n sets the
// first one of a test, and FLUX_CASES=n how many follow.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "engine.hpp"
#include "reference.hpp"

namespace laws {

// The first one of a test.
std::uint64_t seed();

// How many cases a test draws: fewer under a sanitizer.
int cases(int usual);

class Random {
 public:
  explicit Random(std::uint64_t seed) : bits_(seed) {}

  std::uint64_t below(std::uint64_t limit) { return bits_() % limit; }
  bool one_in(std::uint64_t n) { return below(n) == 0; }
  template <class T>
  const T& any_of(const std::vector<T>& choices) {
    return choices[below(choices.size())];
  }

 private:
  std::mt19937_64 bits_;
};

// One to `fluxes` fluxes whose types fit; `with_limits`: some of them stop early.
Pipeline random_pipeline(Random& random, std::size_t fluxes, bool with_limits);

// Some of its fluxes feed back, and stop early where they would not end else.
Pipeline random_loops(Random& random, std::size_t fluxes);

// Lines of all kinds: numbers near their edges, objects with duplicate keys and odd
// white space, lines that are no JSON, blank ones, CRLF.
std::string random_stream(Random& random, std::size_t lines);

// Lines that are ints and nothing else.
std::string random_ints(Random& random, std::size_t lines);

// What each read(2) gets: from single bytes to all at once.
std::vector<std::string_view> random_cut(Random& random, std::string_view stream);

Way random_way(Random& random);

}  // namespace laws
