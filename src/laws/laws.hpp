// Whether an agent is what it says it is: laws, each with trials that show whether it
// holds, and the smallest input that shows that it does not.
//
// Thread safety: judge() forks: call it while no other thread runs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "laws/subject.hpp"
#include "laws/trial.hpp"

namespace flux::laws {

struct Verdict {
  enum class Kind {
    ok,
    broken,
    unjudged,  // its results cannot be compared, or nobody said how to call it
  };
  Kind kind = Kind::ok;
  std::vector<std::string> held;  // the laws that were tried and hold, by name
  std::string law;                // of broken: which one; here and below
  std::string message;            // or why it is unjudged
  Events input;
  std::vector<std::string> expected;
  std::vector<std::string> found;
};

// Stops at the first law that is broken. `seed`: of the random cuts.
Verdict judge(const Subject& subject, const Events& events, std::uint64_t seed);

// Whether the agent gives what its examples show, of those that are one call of it and no
// more. The one that does not, if any: what is wrong names it.
std::optional<Verdict> find_false_example(const plugin::Agent& agent, plugin::Registry& registry,
                                          const plugin::Host& host);

}  // namespace flux::laws
