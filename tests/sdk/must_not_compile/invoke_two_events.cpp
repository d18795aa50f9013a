// expect: flux: invoke() takes one event, and behind it flux::Edits& or flux::Row& or nothing; several
// members of an event are a struct listed by FLUX_RECORD
#include <flux/agent.hpp>

struct Mistake {
  std::int64_t invoke(std::int64_t x, std::int64_t y) const { return x + y; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
