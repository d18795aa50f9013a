// expect: flux: invoke() takes a std::int64_t, double, bool, std::string_view, std::string, flux::Json, an
// enum listed by FLUX_ENUM, a struct listed by FLUX_RECORD, or with <flux/nlohmann.hpp> what nlohmann
// serialises, a std::vector of one, flux::Any, flux::Members, or flux::Values
#include <flux/agent.hpp>

struct Event {
  std::int64_t x;
};

struct Mistake {
  std::int64_t invoke(const Event& event) const { return event.x; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
