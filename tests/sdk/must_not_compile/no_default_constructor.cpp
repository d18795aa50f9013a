// expect: flux: an agent without parameters has a default constructor; parameters are a struct Config and a
// list of params
#include <flux/agent.hpp>

struct Mistake {
  explicit Mistake(std::int64_t) {}
  std::int64_t invoke(std::int64_t x) const { return x; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
