// expect: flux: a struct listed by FLUX_RECORD that an agent takes has a default constructor: flux makes one
// and sets its members
#include <flux/agent.hpp>

struct Inner {
  explicit Inner(std::int64_t at) : x(at) {}
  std::int64_t x;
};
FLUX_RECORD(Inner, x)

struct Mistake {
  bool invoke(const std::vector<Inner>& all) const { return all.empty(); }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
