// expect: flux: an agent with parameters has both a struct Config and a list of params, both public
#include <flux/agent.hpp>

struct Mistake {
  struct Settings {
    std::int64_t n = 1;
  };
  static constexpr auto params = std::tuple{flux::param("n", &Settings::n, "A number")};
  std::int64_t invoke(std::int64_t x) const { return x; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
