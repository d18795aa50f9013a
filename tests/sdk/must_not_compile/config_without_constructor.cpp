// expect: flux: an agent with a Config and params has a constructor that takes the Config
#include <flux/agent.hpp>

struct Mistake {
  struct Config {
    std::int64_t n = 1;
  };
  static constexpr auto params = std::tuple{flux::param("n", &Config::n, "A number")};
  std::int64_t invoke(std::int64_t x) const { return x; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
