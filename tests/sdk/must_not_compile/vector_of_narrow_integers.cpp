// expect: flux: the elements of a std::vector are std::int64_t, double, bool, std::string, flux::Json, an
// enum listed by FLUX_ENUM, a struct listed by FLUX_RECORD, a std::vector of them, or a std::optional of one
#include <flux/agent.hpp>

struct Event {
  std::vector<int> numbers;
};
FLUX_RECORD(Event, numbers)

struct Mistake {
  bool invoke(const Event& event) const { return event.numbers.empty(); }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
