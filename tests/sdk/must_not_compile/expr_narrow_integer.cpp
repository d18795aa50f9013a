// expect: flux: an expression gives std::int64_t, double, bool, std::string_view or flux::Json
#include <flux/agent.hpp>

struct Mistake {
  struct Config {
    flux::Expr<int> n;
  };
  static constexpr auto params = std::tuple{flux::param("n", &Config::n, "A number")};
  explicit Mistake(Config) {}
  std::int64_t invoke(std::int64_t x) const { return x; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
