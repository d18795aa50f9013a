// expect: flux: params is a std::tuple of flux::param(name, &Config::member, summary)
#include <flux/agent.hpp>

struct Mistake {
  struct Config {
    std::int64_t n = 1;
  };
  static constexpr auto params = flux::param("n", &Config::n, "A number");
  explicit Mistake(Config) {}
  std::int64_t invoke(std::int64_t x) const { return x; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
