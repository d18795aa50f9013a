// expect: flux: a result of an agent with state may have to wait for room: give std::string or
// flux::JsonText, not a view, or make invoke() const
#include <flux/agent.hpp>

struct Mistake {
  std::string_view invoke(std::string_view text) { return ++count > 1 ? text : "first"; }
  int count = 0;
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
