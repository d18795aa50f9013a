// expect: flux: an agent with parameters has both a struct Config and a list of params, both public
#include <flux/agent.hpp>

struct Mistake {
  struct Config {
    std::int64_t n = 1;
  };
  std::int64_t invoke(std::int64_t x) const { return x; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
