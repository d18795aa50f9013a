// expect: flux: a member of a record is a std::int64_t, double, bool, std::string_view, std::string,
// flux::Json, flux::JsonText, an enum listed by FLUX_ENUM, a struct listed by FLUX_RECORD, a std::vector or a
// std::optional of one, or with <flux/nlohmann.hpp> what nlohmann serialises
#include <flux/agent.hpp>

enum class Level { low, high };
struct Event {
  Level level;
};
FLUX_RECORD(Event, level)

struct Mistake {
  bool invoke(const Event& event) const { return event.level == Level::high; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
