// Layers of settings put on top of each other, and how many events that affords.
#include <doctest/doctest.h>

#include <initializer_list>
#include <utility>

#include "core/error.hpp"
#include "settings/config.hpp"

using flux::settings::DropPolicy;
using flux::settings::entropy_remaining;
using flux::settings::FluxConfig;
using flux::settings::Layer;
using flux::settings::Limit;

namespace {

using Settings = std::initializer_list<std::pair<const char*, const char*>>;

Layer layer(Settings settings) {
  Layer layer;
  for (const auto& [key, value] : settings) layer.set(key, value);
  return layer;
}

FluxConfig resolve(std::initializer_list<Settings> settings) {
  std::vector<Layer> layers;
  for (const Settings& each : settings) layers.push_back(layer(each));
  return flux::settings::resolve(layers);
}

std::string refusal(std::initializer_list<Settings> settings) {
  try {
    resolve(settings);
  } catch (const flux::Error& error) {
    return flux::describe(error);
  }
  return "";
}

// "100 then collapses", "5 then stops", "no limit".
std::string limit(const FluxConfig& config) {
  const Limit limit = limit_of(config);
  if (limit.is_none()) return "no limit";
  return std::to_string(limit.events) + (limit.collapses ? " then collapses" : " then stops");
}

std::string limit(std::initializer_list<Settings> settings) { return limit(resolve(settings)); }

}  // namespace

TEST_CASE("where nobody says anything nothing is limited") {
  CHECK(limit({}) == "no limit");
  const FluxConfig config = resolve({{}, {}});
  CHECK(config.entropy_budget.infinite);
  CHECK(config.entropy_decay.is_zero());
  CHECK(config.max_events == std::nullopt);
  CHECK(config.buffer_size == 100);
  CHECK(config.drop_policy == DropPolicy::block);
  CHECK(config.agent_id.empty());
  CHECK(config.is_invisible());
}

TEST_CASE("the library's own default admits 100 events") {
  CHECK(limit(FluxConfig{}) == "100 then collapses");
}

TEST_CASE("decimals admit as many events as a person counts") {
  CHECK(limit({{{"entropy_budget", "1.0"}, {"entropy_decay", "0.01"}}}) == "100 then collapses");
  CHECK(limit({{{"entropy_budget", "10"}, {"entropy_decay", "0.1"}}}) == "100 then collapses");
  CHECK(limit({{{"entropy_budget", "1"}, {"entropy_decay", "0.3"}}}) == "4 then collapses");
}

TEST_CASE("a budget alone brings in decay 0.01, a decay alone budget 1.0") {
  CHECK(limit({{{"entropy_budget", "5"}}}) == "500 then collapses");
  CHECK(limit({{{"entropy_decay", "0.1"}}}) == "10 then collapses");
  CHECK(limit({{}, {{"entropy_decay", "0.5"}}}) == "2 then collapses");
}

TEST_CASE("a budget and a decay of different layers belong together") {
  CHECK(limit({{{"entropy_budget", "5"}}, {{"entropy_decay", "0.5"}}}) == "10 then collapses");
}

TEST_CASE("decay 0 or budget inf admits any number") {
  CHECK(limit({{{"entropy_budget", "1"}, {"entropy_decay", "0"}}}) == "no limit");
  CHECK(limit({{{"entropy_budget", "inf"}, {"entropy_decay", "0.1"}}}) == "no limit");
  CHECK(limit({{{"entropy_budget", "inf"}}}) == "no limit");
}

TEST_CASE("the first layer that says something wins, setting by setting") {
  const FluxConfig config =
      resolve({{{"max_events", "1"}},
               {{"max_events", "2"}, {"buffer_size", "20"}, {"agent_id", "flag"}},
               {{"buffer_size", "30"}, {"agent_id", "file"}, {"drop_policy", "block"}}});
  CHECK(config.max_events == 1);
  CHECK(config.buffer_size == 20);
  CHECK(config.agent_id == "flag");
  CHECK(config.drop_policy == DropPolicy::block);
}

TEST_CASE("of entropy and max_events the smaller limit counts, and max_events of two equal ones") {
  const auto both = [](const char* max_events) {
    return limit({{{"entropy_budget", "1"}, {"entropy_decay", "0.1"}, {"max_events", max_events}}});
  };
  CHECK(both("9") == "9 then stops");
  CHECK(both("10") == "10 then stops");
  CHECK(both("11") == "10 then collapses");
}

TEST_CASE("the preset infinite takes entropy away from the layers below") {
  CHECK(limit({{{"preset", "infinite"}}}) == "no limit");
  CHECK(limit({{{"preset", "infinite"}}, {{"entropy_budget", "5"}, {"entropy_decay", "1"}}}) == "no limit");
  CHECK(limit({{{"preset", "infinite"}}, {{"max_events", "5"}}}) == "5 then stops");
}

TEST_CASE("what is said beside a preset or above it counts") {
  CHECK(limit({{{"preset", "infinite"}, {"entropy_budget", "5"}}}) == "500 then collapses");
  CHECK(limit({{{"entropy_budget", "5"}}, {{"preset", "infinite"}}}) == "500 then collapses");
  CHECK(limit({{{"entropy_decay", "0.1"}}, {{"preset", "infinite"}}}) == "10 then collapses");
}

TEST_CASE("the preset bounded has max_events and no entropy") {
  CHECK(limit({{{"preset", "bounded"}, {"max_events", "7"}}}) == "7 then stops");
  CHECK(limit({{{"preset", "bounded"}, {"max_events", "7"}}, {{"entropy_budget", "0.01"}}}) ==
        "7 then stops");
  CHECK(limit({{{"max_events", "7"}}, {{"preset", "bounded"}}}) == "7 then stops");
  CHECK(refusal({{{"preset", "bounded"}}}) ==
        "flux: the preset 'bounded' needs 'max_events'\nwrite preset=bounded, max_events=N\n");
}

TEST_CASE("feedback is off unless a fraction is given, and layers fill in the rest") {
  const FluxConfig none = resolve({{{"feedback_fraction", "0.0"}}});
  CHECK(!none.feedback.is_on());
  CHECK(none.feedback.queue_size == 50);
  const FluxConfig some = resolve({{{"feedback_fraction", "0.5"}},
                                   {{"feedback_fraction", "1"}, {"feedback_queue_size", "7"}},
                                   {{"feedback_transform", "addone"}}});
  CHECK(some.feedback.is_on());
  CHECK(some.feedback.returns(2));
  CHECK(!some.feedback.returns(3));
  CHECK(some.feedback.queue_size == 7);
  CHECK(some.feedback.transform == "addone");
  CHECK(!some.is_invisible());
}

TEST_CASE("a transform without a fraction, and the preset ouroboric without one, are refused") {
  CHECK(refusal({{{"feedback_transform", "addone"}}}) ==
        "flux: 'feedback_transform' needs 'feedback_fraction'\n"
        "say which share of the outputs returns: feedback_fraction=0.5\n");
  CHECK(refusal({{{"preset", "ouroboric"}, {"feedback_fraction", "0"}}}) ==
        "flux: the preset 'ouroboric' needs 'feedback_fraction'\n"
        "write preset=ouroboric, feedback_fraction=0.5\n");
  CHECK(limit({{{"preset", "ouroboric"}, {"feedback_fraction", "0.5"}}, {{"entropy_budget", "1"}}}) ==
        "no limit");
}

TEST_CASE("the presets of the library are those of the command") {
  CHECK(limit(FluxConfig::infinite()) == "no limit");
  CHECK(limit(FluxConfig::bounded(3)) == "3 then stops");
  CHECK(FluxConfig::infinite().is_invisible());
  CHECK(!FluxConfig::bounded(3).is_invisible());
  CHECK(!FluxConfig::ouroboric({5, -1}).is_invisible());
  FluxConfig buffer = FluxConfig::infinite();
  buffer.drop_policy = DropPolicy::drop_oldest;
  CHECK(!buffer.is_invisible());
}

TEST_CASE("entropy remains as a JSON number, and is null without a limit") {
  const FluxConfig config = resolve({{{"entropy_budget", "10"}, {"entropy_decay", "0.1"}}});
  CHECK(entropy_remaining(config, 0) == "10");
  CHECK(entropy_remaining(config, 99) == "0.1");
  CHECK(entropy_remaining(config, 100) == "0");
  CHECK(entropy_remaining(config, 1000) == "0");
  CHECK(entropy_remaining(FluxConfig::infinite(), 5) == "null");
  CHECK(entropy_remaining(FluxConfig::bounded(3), 3) == "null");
  CHECK(entropy_remaining(resolve({{{"entropy_budget", "1"}, {"entropy_decay", "0"}}}), 5) == "null");
}
