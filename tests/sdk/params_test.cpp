// Parameters: their description, their defaults, and the lists.
#include <doctest/doctest.h>

#include <cstdint>
#include <flux/agent.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "registered.hpp"

using flux::testing::lines;
using flux_test::Registered;
using Lines = std::vector<std::string>;

namespace {

// Gives its parameters back as one text.
class Settings {
 public:
  struct Config {
    std::int64_t times = 2;
    double scale = 0.5;
    bool loud = true;
    std::string unit = "ms";
    flux::Json extra{"[1]"};
    std::optional<std::int64_t> limit;
    std::vector<std::string> tags{"none"};
    std::vector<std::pair<flux::Member, std::int64_t>> weights;
  };
  static constexpr auto params = std::tuple{flux::param("times", &Config::times, "How often"),
                                            flux::param("scale", &Config::scale, "How much"),
                                            flux::param("loud", &Config::loud, "How noisy"),
                                            flux::param("unit", &Config::unit, "Of what"),
                                            flux::param("extra", &Config::extra, "Anything"),
                                            flux::param("limit", &Config::limit, "At most"),
                                            flux::param("tags", &Config::tags, "Names"),
                                            flux::param("weights", &Config::weights, "By member")};

  explicit Settings(Config config) : config_(std::move(config)) {
    if (config_.times < 0) throw std::invalid_argument("times must be at least 0");
  }
  std::string invoke() const {
    std::string text = std::to_string(config_.times) + " " + std::to_string(config_.scale) + " " +
                       (config_.loud ? "loud" : "quiet") + " " + config_.unit + " " +
                       std::string(config_.extra.text) + " " +
                       (config_.limit ? std::to_string(*config_.limit) : "unlimited");
    for (const std::string& tag : config_.tags) text += " #" + tag;
    for (const auto& [member, weight] : config_.weights) {
      text += " " + member.names.back() + "=" + std::to_string(weight);
    }
    return text;
  }

 private:
  Config config_;
};
FLUX_AGENT(Settings, "settings", "Shows its parameters");

class Pick {
 public:
  struct Config {
    std::vector<flux::Member> paths;
  };
  static constexpr auto params =
      std::tuple{flux::param("paths", &Config::paths, "Which members").rest().required()};
  explicit Pick(Config config) : paths_(std::move(config.paths)) {}
  std::vector<std::string> invoke() const {
    std::vector<std::string> texts;
    for (const flux::Member& path : paths_) texts.push_back(path.names.front() + ".." + path.names.back());
    return texts;
  }

 private:
  std::vector<flux::Member> paths_;
};
FLUX_AGENT(Pick, "paths_of", "Shows its paths");

}  // namespace

TEST_CASE("what is not given has the initialiser of Config") {
  CHECK(Registered("settings").run("1") == lines(R"("2 0.500000 loud ms [1] unlimited #none")"));
}

TEST_CASE("what is given replaces the default") {
  Registered settings("settings", R"({"times": 7, "unit": "s", "limit": 9, "tags": ["a", "b"],
                                      "weights": {"length": 3}})");
  CHECK(settings.run("1") == lines(R"("7 0.500000 loud s [1] 9 #a #b length=3")"));
}

TEST_CASE("one value alone is a list of one") {
  CHECK(Registered("settings", R"({"tags": "only"})").run("1") ==
        lines(R"("2 0.500000 loud ms [1] unlimited #only")"));
}

TEST_CASE("a constructor that throws refuses the parameters") {
  CHECK_THROWS_WITH(Registered("settings", R"({"times": -1})"), "times must be at least 0");
}

TEST_CASE("the rest of the arguments arrives as a list of paths") {
  CHECK(Registered("paths_of", R"({"paths": ["user.name", "ts"]})").run("1") ==
        lines(R"("user..name")", R"("ts..ts")"));
}

TEST_CASE("parameters describe themselves") {
  const flux_agent& agent = flux_test::registered("settings");
  REQUIRE(agent.param_count == 8);
  Lines found;
  for (std::uint32_t i = 0; i < agent.param_count; ++i) {
    const flux_param& param = *agent.params[i];
    CHECK(param.struct_size == sizeof(flux_param));
    found.push_back(std::string(param.name) + ": kind " + std::to_string(param.kind) + ", flags " +
                    std::to_string(param.flags) + (param.default_value != nullptr ? ", default" : "") + ", " +
                    param.summary);
  }
  CHECK(found == Lines{"times: kind 1, flags 0, default, How often",
                       "scale: kind 2, flags 0, default, How much",
                       "loud: kind 3, flags 0, default, How noisy", "unit: kind 4, flags 0, default, Of what",
                       "extra: kind 5, flags 0, default, Anything", "limit: kind 1, flags 0, At most",
                       "tags: kind 4, flags 2, Names", "weights: kind 1, flags 8, By member"});
  CHECK(agent.params[0]->default_value->as.int64 == 2);

  const flux_agent& pick = flux_test::registered("paths_of");
  CHECK(pick.params[0]->kind == FLUX_PATH);
  CHECK(pick.params[0]->flags == (FLUX_PARAM_REST | FLUX_PARAM_REQUIRED));
}
