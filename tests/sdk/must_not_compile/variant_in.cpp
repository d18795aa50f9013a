// expect: flux: a std::variant is a result: what an agent takes has one type, or is flux::Json
#include <flux/agent.hpp>

struct Mistake {
  bool invoke(const std::variant<bool, std::string>& event) const { return event.index() == 0; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
