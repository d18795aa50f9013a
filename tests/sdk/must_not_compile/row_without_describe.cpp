// expect: need a describe\(flux::Ports&\)
#include <flux/agent.hpp>

struct Mistake {
  void invoke(std::string_view text, flux::Row& row) const { row.set(0, text); }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
