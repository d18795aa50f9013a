// expect: flux: a parameter is a std::int64_t, double, bool, std::string, flux::Json, flux::Member,
// flux::Expr or an enum listed by FLUX_ENUM, a std::optional or std::vector of one, or a std::vector of
// std::pair<flux::Member, one>
#include <flux/agent.hpp>

struct Mistake {
  struct Config {
    int n = 1;
  };
  static constexpr auto params = std::tuple{flux::param("n", &Config::n, "A number")};
  explicit Mistake(Config) {}
  std::int64_t invoke(std::int64_t x) const { return x; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
