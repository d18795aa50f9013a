// Random expressions, and events for them to be worked out on. FLUX_SEED=n sets the
// first seed of a test, and FLUX_CASES=n how many follow.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <vector>

#include "expr/ast.hpp"

std::uint64_t first_seed();

// How many cases a test draws: fewer under a sanitizer.
int cases(int usual);

class Random {
 public:
  explicit Random(std::uint64_t seed) : bits_(seed) {}

  std::size_t below(std::size_t limit) { return bits_() % limit; }
  bool one_in(std::size_t n) { return below(n) == 0; }
  std::string any_of(std::initializer_list<const char*> choices) {
    return *(choices.begin() + below(choices.size()));
  }

 private:
  std::mt19937_64 bits_;
};

// Most of them make sense, for they are drawn with a kind of value in mind.
flux::expr::Node random_expression(Random& random);

// An object with members that the expressions know.
std::string random_event(Random& random);
