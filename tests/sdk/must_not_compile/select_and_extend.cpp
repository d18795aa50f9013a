// expect: flux: an agent is derived from flux::Select or from flux::Extend, not from both
#include <flux/agent.hpp>

struct Mistake : flux::Select, flux::Extend {
  bool invoke(std::int64_t x) const { return x > 0; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
