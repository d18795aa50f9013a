// expect: flux: void invoke(In, flux::Edits&) needs an agent derived from flux::Extend
#include <flux/agent.hpp>

struct Mistake {
  void describe(flux::Ports& ports) const { ports.removes({{"x"}}); }
  void invoke(flux::Any, flux::Edits& edits) const { edits.remove(0); }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
