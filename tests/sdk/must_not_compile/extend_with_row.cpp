// expect: flux: an agent with void invoke(In, flux::Row&) is neither a flux::Extend nor a flux::Select
#include <flux/agent.hpp>

struct Mistake : flux::Extend {
  void describe(flux::Ports& ports) const { ports.gives<bool>("x"); }
  void invoke(flux::Any, flux::Row& row) const { row.set(0, true); }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
