// expect: flux: flux::Members, flux::Edits and flux::Row need a describe(flux::Ports&) that names the members
#include <flux/agent.hpp>

struct Mistake {
  bool invoke(const flux::Members& members) const { return members[0].has_value(); }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
