// A trial: what is done to some instances of an agent, step by step, and what they
// gave. It happens in a process of its own, so that no trial sees what the one before
// left behind, and an agent that crashes, hangs or prints is found out.
//
// Thread safety: try_out() forks: call it while no other thread runs.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "laws/subject.hpp"

namespace flux::laws {

// JSON texts, one each.
using Events = std::vector<std::string>;

struct Step {
  enum class Do : std::uint8_t {
    feed,    // one batch
    storm,   // many small batches, from several threads at once
    finish,  // the stream of this instance ended
    merge,   // takes over `other`
    renew,   // saved, and restored into a new instance that goes on in its place
    drop,    // destroyed
  };
  Do what;
  std::uint32_t instance = 0;         // made when it is first named
  std::uint32_t other = 0;            // of merge
  std::uint32_t label = 0;            // tells apart what different steps gave
  std::vector<std::uint32_t> events;  // of feed and storm: which ones, by index
};

using Script = std::vector<Step>;

inline constexpr std::uint32_t kAtEnd = 0xFFFFFFFF;

// Something that came of an event, or of the end.
struct Entry {
  enum class What : char {
    result = 'r',
    failure = 'f',  // of the event, as the agent says
    no_json = 'j',  // of the event, as flux says of its result
    end = 'e',      // it wants no more, and this was the last event
    broken = 'x',   // FLUX_FAILED: the instance is unusable
  };
  What what;
  std::uint32_t label;
  std::uint32_t event;  // by index; or kAtEnd
  std::string text;
  bool operator==(const Entry&) const = default;
};

struct Observation {
  std::vector<Entry> entries;  // in the order of their coming
  std::string offence;         // a rule that holds for everybody was broken: which
  std::string law;             // the short name of that rule
  bool is_too_much = false;    // it was stopped: so many results, or so slow an agent
};

Observation try_out(const Subject& subject, std::span<const std::string> events, const Script& script);

}  // namespace flux::laws
