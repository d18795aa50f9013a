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

#include "fake_host.hpp"

using flux_test::FakeHost;
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

flux_value list_of(const std::vector<flux_item>& items, flux_kind kind) {
  flux_value value{};
  value.kind = kind;
  value.is_list = 1;
  value.as.list.items = items.data();
  value.as.list.size = items.size();
  return value;
}

}  // namespace

TEST_CASE("what is not given has the initialiser of Config") {
  CHECK(FakeHost("settings").run({{}}).results == Lines{"0: 2 0.500000 loud ms [1] unlimited #none"});
}

TEST_CASE("what is given replaces the default") {
  const flux_str length = FLUX_TEXT("length");
  const std::vector<flux_item> tags{{{}, flux_test::string_value("a")}, {{}, flux_test::string_value("b")}};
  const std::vector<flux_item> weights{{{&length, 1}, flux_test::int_value(3)}};
  FakeHost host("settings", {{"times", flux_test::int_value(7)},
                             {"unit", flux_test::string_value("s")},
                             {"limit", flux_test::int_value(9)},
                             {"tags", list_of(tags, FLUX_STRING)},
                             {"weights", list_of(weights, FLUX_INT64)}});
  CHECK(host.run({{}}).results == Lines{"0: 7 0.500000 loud s [1] 9 #a #b length=3"});
}

TEST_CASE("one value alone is a list of one") {
  FakeHost host("settings", {{"tags", flux_test::string_value("only")}});
  CHECK(host.run({{}}).results == Lines{"0: 2 0.500000 loud ms [1] unlimited #only"});
}

TEST_CASE("a constructor that throws refuses the parameters") {
  const FakeHost host("settings", {{"times", flux_test::int_value(-1)}});
  CHECK_FALSE(host.is_created());
  CHECK(host.error() == "times must be at least 0");
}

TEST_CASE("the rest of the arguments arrives as a list of paths") {
  const std::vector<flux_str> names{FLUX_TEXT("user"), FLUX_TEXT("name"), FLUX_TEXT("ts")};
  std::vector<flux_item> items(2);
  items[0].value.kind = items[1].value.kind = FLUX_PATH;
  items[0].value.as.path = {names.data(), 2};
  items[1].value.as.path = {names.data() + 2, 1};
  FakeHost host("paths_of", {{"paths", list_of(items, FLUX_PATH)}});
  CHECK(host.run({{}}).results == Lines{"0: user..name", "0: ts..ts"});
}

TEST_CASE("parameters describe themselves") {
  const flux_agent& agent = flux_test::find_agent("settings");
  REQUIRE(agent.param_count == 8);
  Lines lines;
  for (std::uint32_t i = 0; i < agent.param_count; ++i) {
    const flux_param& param = *agent.params[i];
    CHECK(param.struct_size == sizeof(flux_param));
    lines.push_back(std::string(param.name) + ": kind " + std::to_string(param.kind) + ", flags " +
                    std::to_string(param.flags) + (param.default_value != nullptr ? ", default" : "") + ", " +
                    param.summary);
  }
  CHECK(lines == Lines{"times: kind 1, flags 0, default, How often",
                       "scale: kind 2, flags 0, default, How much",
                       "loud: kind 3, flags 0, default, How noisy", "unit: kind 4, flags 0, default, Of what",
                       "extra: kind 5, flags 0, default, Anything", "limit: kind 1, flags 0, At most",
                       "tags: kind 4, flags 2, Names", "weights: kind 1, flags 8, By member"});
  CHECK(agent.params[0]->default_value->as.int64 == 2);

  const flux_agent& pick = flux_test::find_agent("paths_of");
  CHECK(pick.params[0]->kind == FLUX_PATH);
  CHECK(pick.params[0]->flags == (FLUX_PARAM_REST | FLUX_PARAM_REQUIRED));
}
