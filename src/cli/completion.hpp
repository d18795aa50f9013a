// What a word of the command line may become, word by word and, inside a pipeline,
// agent by agent.
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plugin/registry.hpp"

namespace flux::cli {

struct Candidate {
  std::string text;  // the whole word, as it would be then
  std::string what;  // one line for people
  bool operator==(const Candidate&) const = default;
};

struct Completion {
  std::vector<Candidate> candidates;
  bool goes_on = false;  // a candidate is not the end of its word: no space behind it
  bool is_file = false;  // names of files fit, too
  bool operator==(const Completion&) const = default;
};

// Of a pipeline spec, at its end: an agent, a parameter of one, or a setting of a flux.
Completion complete_pipeline(std::string_view typed, plugin::Registry& registry);

// The agents whose name begins so, each by the shortest name that means it.
Completion complete_agent(std::string_view typed, plugin::Registry& registry);

// Of `words`, all that is typed behind "flux", the last one.
Completion complete(const std::vector<std::string>& words);

}  // namespace flux::cli
