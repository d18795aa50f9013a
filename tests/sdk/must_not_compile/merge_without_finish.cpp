// expect: flux: merge() joins instances before finish(): without a finish() there is nothing to join
#include <flux/agent.hpp>

struct Mistake {
  std::int64_t invoke(std::int64_t x) { return last = x; }
  void merge(Mistake&& other) { last = other.last; }
  std::int64_t last = 0;
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
