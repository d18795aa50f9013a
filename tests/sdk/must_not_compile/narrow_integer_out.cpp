// expect: flux: an agent gives a std::int64_t, double, bool, std::string_view, std::string, flux::Json, an
// enum listed by FLUX_ENUM, a struct listed by FLUX_RECORD, or with <flux/nlohmann.hpp> what nlohmann
// serialises, flux::JsonText, or a std::variant of them
#include <flux/agent.hpp>

struct Mistake {
  int invoke(std::int64_t x) const { return x > 0 ? 1 : 0; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
