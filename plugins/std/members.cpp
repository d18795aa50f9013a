// Agents that look at, or take away, members named by their parameters.
#include <array>
#include <cstddef>
#include <flux/agent.hpp>
#include <tuple>
#include <utility>
#include <vector>

namespace {

class Has : public flux::Select {
 public:
  struct Config {
    std::vector<flux::Member> paths;
  };
  static constexpr auto params = std::tuple{
      flux::param("paths", &Config::paths, "The members that must be there and not null").rest().required()};
  static constexpr auto examples = std::array{
      flux::example("has(user.id)", "{\"user\": {\"id\": 7}}\n{\"user\": {\"id\": null}}\n{\"user\": 7}\n",
                    "{\"user\": {\"id\": 7}}\n"),
      flux::example("has(a, b)", "{\"a\":1}\n{\"b\":2,\"a\":1}\n", "{\"b\":2,\"a\":1}\n")};

  explicit Has(Config config) : paths_(std::move(config.paths)) {}

  void describe(flux::Ports& ports) const {
    for (const flux::Member& path : paths_) ports.wants(path);
  }
  bool invoke(const flux::Members& members) const {
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (!members[i].has_value()) return false;
    }
    return true;
  }

 private:
  std::vector<flux::Member> paths_;
};
FLUX_AGENT(Has, "has", "Keeps events that have all the named members", FLUX_PURE | FLUX_CONCURRENT);

class Drop : public flux::Extend {
 public:
  struct Config {
    std::vector<flux::Member> paths;
  };
  static constexpr auto params =
      std::tuple{flux::param("paths", &Config::paths, "The members to take away").rest().required()};
  static constexpr auto examples = std::array{
      flux::example("drop(b)", "{\"a\": 1, \"b\": 2}\n{\"a\": 1}\n", "{\"a\": 1}\n{\"a\": 1}\n"),
      flux::example("drop(a.b, c)", "{\"a\":{\"b\":1,\"x\":1.10},\"c\":2}\n", "{\"a\":{\"x\":1.10}}\n")};

  explicit Drop(Config config) : paths_(std::move(config.paths)) {}

  void describe(flux::Ports& ports) const {
    for (const flux::Member& path : paths_) ports.removes(path);
  }
  void invoke(flux::Edits& edits) const {
    for (std::size_t i = 0; i < edits.size(); ++i) edits.remove(i);
  }

 private:
  std::vector<flux::Member> paths_;
};
FLUX_AGENT(Drop, "drop", "Takes the named members away", FLUX_PURE | FLUX_CONCURRENT);

}  // namespace
