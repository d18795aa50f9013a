// expect: flux: an agent with state returns its results by value
#include <flux/agent.hpp>

struct Mistake {
  const std::vector<std::int64_t>& invoke(std::int64_t x) {
    all.push_back(x);
    return all;
  }
  std::vector<std::int64_t> all;
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
