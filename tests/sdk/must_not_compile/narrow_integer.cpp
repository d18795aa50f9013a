// expect: invoke\(\) takes a std::int64_t
#include <flux/agent.hpp>

struct Mistake {
  std::int64_t invoke(short x) const { return x; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
