// expect: flux: void invoke(In) absorbs events, and so needs a finish() that gives the results
#include <flux/agent.hpp>

struct Mistake {
  void invoke(std::int64_t) {}
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
