// expect: flux: an agent ends the stream with bool is_done() const
#include <flux/agent.hpp>

struct Mistake {
  std::int64_t invoke(std::int64_t x) { return sum += x; }
  bool is_done() { return sum > 10; }
  std::int64_t sum = 0;
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
