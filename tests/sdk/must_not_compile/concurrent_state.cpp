// expect: flux: FLUX_STATELESS and FLUX_CONCURRENT need a const invoke()
#include <flux/agent.hpp>

struct Mistake {
  std::int64_t invoke(std::int64_t x) { return sum += x; }
  std::int64_t sum = 0;
};
FLUX_AGENT(Mistake, "mistake", "Must not compile", FLUX_CONCURRENT);
