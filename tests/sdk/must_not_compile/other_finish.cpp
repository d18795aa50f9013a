// expect: flux: finish() gives what invoke() gives: an Out, a std::optional<Out> or a std::vector<Out>
#include <flux/agent.hpp>

struct Mistake {
  std::int64_t invoke(std::int64_t x) { return x; }
  double finish() { return 0.5; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
