// The laws as pairs of trials: what has to come out the same if an agent is what it says
// it is. Running them and telling what differs is laws.cpp's.
//
// Thread safety: plain values and pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "laws/subject.hpp"
#include "laws/trial.hpp"

namespace flux::laws {

// The run that others are compared with: all events, in batches of 1000.
Script whole(std::size_t count);

// What a trial gives must be what the run of all events, in batches of 1000, gives.
struct Contrast {
  std::string broken;  // what is wrong if it does not
  Script script;
  std::uint32_t label = 0;            // what counts of it
  std::set<std::uint32_t> less = {};  // events that it leaves out
  // Where the other side is not that run: the same script, and what counts of it there.
  std::optional<std::uint32_t> compared_with = {};
};

// What a law has to do with: the events by number, and what came of them.
struct Case {
  const Subject& subject;
  std::size_t count;
  const Observation& base;
  std::uint64_t seed;
};

struct Law {
  const char* name;
  std::vector<Contrast> (*contrasts)(const Case&);  // none: it does not apply
};

// In the order in which they are tried: what most is due to comes first.
std::span<const Law> all_laws();

}  // namespace flux::laws
