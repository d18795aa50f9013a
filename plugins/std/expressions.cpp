// Agents whose parameters are expressions, which flux works out.
#include <array>
#include <cstddef>
#include <flux/agent.hpp>
#include <tuple>
#include <utility>
#include <vector>

namespace {

class Where : public flux::Select {
 public:
  struct Config {
    flux::Expr<bool> condition;
  };
  static constexpr auto params =
      std::tuple{flux::param("condition", &Config::condition, "What must be true of an event").required()};
  static constexpr auto examples = std::array{
      flux::example(
          "where(level == \"error\" && ms > 250)",
          "{\"level\":\"error\",\"ms\":251}\n{\"level\":\"info\",\"ms\":300}\n{\"level\":\"error\"}\n",
          "{\"level\":\"error\",\"ms\":251}\n"),
      flux::example("where(event > 1)", "1\n2\n3\n", "2\n3\n")};

  explicit Where(Config config) : condition_(config.condition) {}

  bool invoke(const flux::Values& values) const { return values[condition_].value_or(false); }

 private:
  flux::Expr<bool> condition_;
};
FLUX_AGENT(Where, "where", "Keeps events for which a condition is true", FLUX_PURE | FLUX_CONCURRENT);

class Set : public flux::Extend {
 public:
  struct Config {
    std::vector<std::pair<flux::Member, flux::Expr<flux::Json>>> members;
  };
  static constexpr auto params = std::tuple{
      flux::param("members", &Config::members, "Members to set, each to the value of an expression")
          .required()};
  static constexpr auto examples = std::array{
      flux::example("set(seconds = ms / 1000.0)", "{\"ms\": 1500}\n", "{\"ms\": 1500,\"seconds\":1.5}\n"),
      flux::example("set(user.name = user.name.lowerAscii(), seen = true)",
                    "{\"user\": {\"name\": \"Ann\"}}\n", "{\"user\": {\"name\": \"ann\"},\"seen\":true}\n")};

  explicit Set(Config config) : members_(std::move(config.members)) {}

  void describe(flux::Ports& ports) const {
    for (const auto& [path, value] : members_) ports.sets(path);
  }
  void invoke(const flux::Values& values, flux::Edits& edits) const {
    for (std::size_t i = 0; i < members_.size(); ++i) edits.set(i, *values[members_[i].second]);
  }

 private:
  std::vector<std::pair<flux::Member, flux::Expr<flux::Json>>> members_;
};
FLUX_AGENT(Set, "set", "Sets members to the values of expressions", FLUX_PURE | FLUX_CONCURRENT);

}  // namespace
