// expect: flux: an agent derived from flux::Extend gives one result per event: make its members std::optional
#include <flux/agent.hpp>

struct Change {
  bool ok;
};
FLUX_RECORD(Change, ok)

struct Mistake : flux::Extend {
  std::optional<Change> invoke(std::int64_t) const { return {}; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
