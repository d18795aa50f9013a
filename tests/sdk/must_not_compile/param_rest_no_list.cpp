// expect: flux: a parameter that takes the rest is a std::vector
#include <flux/agent.hpp>

struct Mistake {
  struct Config {
    std::int64_t n = 1;
  };
  static constexpr auto params = std::tuple{flux::param("n", &Config::n, "A number").rest()};
  explicit Mistake(Config) {}
  std::int64_t invoke(std::int64_t x) const { return x; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
