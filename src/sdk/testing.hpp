// Tests of an agent without a flux: events in, lines out, through the functions that
// flux calls.
//
//   #include <flux/testing.hpp>
//
//   flux::testing::Agent<Shout> shout;
//   assert(shout.run(R"("a")", "1") == flux::testing::lines(R"("A")", "! event 2: wants string, found 1"));
//
//   flux::testing::Agent<Shout> twice(R"({"times": 2})");     // with parameters
//
// run() is a whole stream on a new instance, up to finish(). Its lines are what flux
// would write, compact: results in the order of their events, in the place of those of
// an event that failed "! event N: why", then the last results. What ends the stream is
// a line as well: "! the agent is broken: why", "! the agent was not made: why".
//
// Every run is made once more in batches of 1, 2 and 7, which must give the same lines.
// Otherwise the last line says "! in batches of 2 event by event …", and shows the first
// line that differs.
//
// Lines compare, print, and are a std::vector<std::string>: for assert() and any test
// framework. Expressions among the parameters need flux itself: `flux run`.
//
// Depends on agent.hpp alone. Thread safety: none.
#pragma once

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "agent.hpp"
#include "testing_stream.hpp"

namespace flux::testing {

// REQUIRES: A keeps to the rules of FLUX_AGENT, which it need not be registered by.
template <class A>
class Agent {
 public:
  explicit Agent(std::string_view parameters = "{}") : parameters_(parameters) {
    agent_.name = "agent";
    agent_.version = "0";
    agent_.summary = "";
    flux::detail::Bridge<A>::fill(agent_);
  }

  template <class... Text>
  Lines run(const Text&... events) const {
    return run(std::vector<std::string>{std::string(events)...});
  }
  Lines run(const std::vector<std::string>& events) const {
    Lines whole = run_in_batches(events, std::max<std::size_t>(events.size(), 1));
    for (const std::size_t size : {1, 2, 7}) {
      const Lines cut = run_in_batches(events, size);
      if (cut == whole) continue;
      const auto [a, b] = std::mismatch(whole.begin(), whole.end(), cut.begin(), cut.end());
      whole.push_back("! in batches of " + std::to_string(size) + " line " +
                      std::to_string(b - cut.begin() + 1) +
                      " differs: " + (b == cut.end() ? "there is none" : *b));
      break;
    }
    return whole;
  }
  // In batches of one size alone: for agents that are not the same twice.
  Lines run_in_batches(const std::vector<std::string>& events, std::size_t size) const {
    try {
      return detail::Stream(agent_, parameters_).run(events, size);
    } catch (const std::exception& why) {
      return lines("! the agent was not made: " + std::string(why.what()));
    }
  }

 private:
  std::string parameters_;
  flux_agent agent_{};
};

}  // namespace flux::testing
