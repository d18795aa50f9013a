// expect: flux: flux::Members, flux::Edits and flux::Row need a describe(flux::Ports&) that names the members
#include <flux/agent.hpp>

struct Mistake : flux::Extend {
  void invoke(flux::Edits& edits) const { edits.remove(0); }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
