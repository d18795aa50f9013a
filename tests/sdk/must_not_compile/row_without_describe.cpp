// expect: flux: flux::Members, flux::Edits and flux::Row need a describe(flux::Ports&) that names the members
#include <flux/agent.hpp>

struct Mistake {
  void invoke(std::string_view text, flux::Row& row) const { row.set(0, text); }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
