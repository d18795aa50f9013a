// expect: flux: each alternative of a std::variant is what an agent may give: a std::int64_t, double, bool,
// std::string_view, std::string, flux::JsonText, an enum listed by FLUX_ENUM, a struct listed by FLUX_RECORD,
// or a std::vector of one
#include <flux/agent.hpp>

struct Mistake {
  std::variant<int, bool> invoke(std::int64_t x) const { return x > 0; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
