// expect: flux: an agent derived from flux::Select has bool invoke(In)
#include <flux/agent.hpp>

struct Mistake : flux::Select {
  std::int64_t invoke(std::int64_t x) const { return x; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
