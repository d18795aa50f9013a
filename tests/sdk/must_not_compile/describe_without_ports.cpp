// expect: flux: members are named in describe(flux::Ports&)
#include <flux/agent.hpp>

struct Mistake {
  void describe() const {}
  std::int64_t invoke(std::int64_t x) const { return x; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
