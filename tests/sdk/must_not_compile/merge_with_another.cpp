// expect: flux: merge() takes another instance of the same agent: void merge(A&&)
#include <flux/agent.hpp>

struct Mistake {
  void invoke(std::int64_t x) { sum += x; }
  std::int64_t finish() const { return sum; }
  void merge(std::int64_t other) { sum += other; }
  std::int64_t sum = 0;
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
