// expect: flux: an agent derived from flux::Extend returns a struct listed by FLUX_RECORD, or takes
// flux::Edits&
#include <flux/agent.hpp>

struct Mistake : flux::Extend {
  std::int64_t invoke(std::int64_t x) const { return x; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
