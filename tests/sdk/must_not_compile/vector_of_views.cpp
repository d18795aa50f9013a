// expect: flux: text within an array or a nested record is a std::string: its escapes need memory of their
// own
#include <flux/agent.hpp>

struct Mistake {
  bool invoke(const std::vector<std::string_view>& words) const { return words.empty(); }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
