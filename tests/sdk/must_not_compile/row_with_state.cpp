// expect: flux: an invoke() that takes flux::Edits or flux::Row is const: it may be asked twice for one event
#include <flux/agent.hpp>

struct Mistake {
  void describe(flux::Ports& ports) const { ports.gives<std::string_view>("text"); }
  void invoke(std::string_view text, flux::Row& row) { row.set(0, text); }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
