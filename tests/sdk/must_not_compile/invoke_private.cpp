// expect: flux: an agent has one public member function invoke(), neither overloaded nor a template
#include <flux/agent.hpp>

class Mistake {
  std::int64_t invoke(std::int64_t x) const { return x; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
