// An event from outside the stream on its way through the pipeline, and what becomes
// of it: all that it gives goes to whoever sent it, and nothing to the sink.
//
// Plain values; thread safety as for any value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace flux::runtime {

struct Perturbation {
  std::string event;                // as a line of the source would have it
  std::optional<std::size_t> flux;  // where it enters; else where the stream does
  bool wants_trace = false;
};

struct Answer {
  enum class Kind : std::uint8_t {
    answered,      // `results`: none, one or several
    failed,        // an agent, or its type, said no: `error`
    unaffordable,  // a limit is reached: `error`
    not_flowing,   // the pipeline is not, or no longer: `error`
    late,          // nobody waited long enough; it may be served yet
  };
  struct Step {
    std::size_t flux;
    std::vector<std::string> values;  // that it gave, as JSON
  };

  Kind kind = Kind::answered;
  std::vector<std::string> results;  // JSON, each in one line
  std::vector<Step> trace;           // if wanted
  std::string error;                 // for people, without "flux: "
};

}  // namespace flux::runtime
