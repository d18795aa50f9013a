// expect: flux: a struct listed by FLUX_RECORD that an agent takes has a default constructor: flux makes one
// and sets its members
#include <flux/agent.hpp>

struct Event {
  explicit Event(std::int64_t at) : x(at) {}
  std::int64_t x;
};
FLUX_RECORD(Event, x)

struct Mistake {
  std::int64_t invoke(const Event& event) const { return event.x; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
