// expect: flux: invoke() is a member function, and not static
#include <flux/agent.hpp>

struct Mistake {
  static std::int64_t invoke(std::int64_t x) { return x; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
