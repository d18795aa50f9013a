// expect: flux: FLUX_AGENT is told FLUX_PURE, FLUX_CONCURRENT, FLUX_BLOCKING, FLUX_STATELESS, FLUX_ABSORB,
// FLUX_IDENTITY or FLUX_VERBATIM; invoke() says the rest
#include <flux/agent.hpp>

struct Mistake {
  std::optional<std::int64_t> invoke(std::int64_t x) const { return x; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile", FLUX_MAP);
