// expect: flux: checkpoints need save(flux::Writer&) const and restore(flux::Reader&)
#include <flux/agent.hpp>

struct Mistake {
  std::int64_t invoke(std::int64_t x) { return sum += x; }
  void restore(flux::Reader& from) { from.get(sum); }
  std::int64_t sum = 0;
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
