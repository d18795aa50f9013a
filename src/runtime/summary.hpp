// What a run came to: its books, why it ended, and its exit status.
//
// Plain values; thread safety as for any value.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plan/plan.hpp"
#include "rows/books.hpp"
#include "runtime/lifecycle.hpp"

namespace flux::runtime {

struct FluxSummary {
  std::string id;
  State state = State::dormant;
  Books books;
  std::string entropy_remaining;  // a JSON number, or null without a limit
};

// The object of one flux in a summary, without its closing brace: more may follow.
std::string json_of(const FluxSummary& flux);

struct Summary {
  std::uint64_t read = 0;
  std::uint64_t written = 0;
  std::uint64_t failed = 0;
  std::uint64_t bytes_in = 0;
  std::uint64_t bytes_out = 0;
  double seconds = 0;
  int exit = 0;
  std::string reason;
  std::vector<FluxSummary> fluxes;

  std::string to_json() const;    // one line
  std::string to_people() const;  // several
};

}  // namespace flux::runtime
