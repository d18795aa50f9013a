// expect: flux: invoke() takes its event by value or by const reference
#include <flux/agent.hpp>

struct Mistake {
  std::int64_t invoke(std::int64_t& x) const { return x; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
