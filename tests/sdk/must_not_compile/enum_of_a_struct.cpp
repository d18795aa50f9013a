// expect: flux: FLUX_ENUM lists the names of an enum; members of a struct are listed by FLUX_RECORD
#include <flux/agent.hpp>

struct Level {
  static constexpr int low = 0;
};
FLUX_ENUM(Level, low)

struct Mistake {
  std::int64_t invoke(std::int64_t x) const { return x; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
