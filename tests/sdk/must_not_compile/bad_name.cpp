// expect: flux: the name of an agent is lower case letters, digits and _, and begins with a letter
#include <flux/agent.hpp>

struct Mistake {
  std::int64_t invoke(std::int64_t x) const { return x; }
};
FLUX_AGENT(Mistake, "Mistake", "Must not compile");
