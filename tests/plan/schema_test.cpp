// docs/pipeline.schema.json, which ships for editors, and the reader of config files
// agree on what a config file is.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <sstream>

#include "core/error.hpp"
#include "plan/json_schema.hpp"
#include "settings/config.hpp"
#include "spec/config.hpp"

using json_schema::Json;
using json_schema::Schema;

namespace {

Schema shipped_schema() {
  std::ifstream file(FLUX_SCHEMA);
  return Schema(Json::parse(file));
}

// Why the reader refuses a config file; nothing if it does not. The settings are
// taken as flux takes them.
std::optional<flux::Error> refusal(const std::string& json) {
  try {
    const auto one = [](const std::string&) { return "1"; };
    const flux::spec::Config config = flux::spec::parse_config(json, "pipeline.json", one);
    flux::settings::Layer layer;
    for (const auto& setting : config.defaults) layer.set(setting.key, setting.value);
    for (const auto& flux : config.pipeline.fluxes)
      for (const auto& setting : flux.settings) layer.set(setting.key, setting.value);
    return {};
  } catch (const flux::Error& error) {
    return error;
  }
}

// The keys that the reader knows where it finds one that it does not.
std::string keys_known_to_the_reader(const std::string& json) {
  const auto error = refusal(json);
  return error ? error->hint : "no refusal";
}

std::string keys_of(const Json& schema) {
  std::vector<std::string> keys;
  for (const auto& property : schema.at("properties").items()) keys.push_back(property.key());
  return fmt::format("{}", fmt::join(keys, ", "));
}

// The same keys in the order that the schema has them in, which is the alphabet's.
std::string sorted(std::string hint) {
  const std::string begin = "known here: ";
  if (!hint.starts_with(begin)) return hint;
  std::vector<std::string> keys;
  std::istringstream words(hint.substr(begin.size()));
  for (std::string word; words >> word;) keys.push_back(word.substr(0, word.find(',')));
  std::ranges::sort(keys);
  return fmt::format("{}", fmt::join(keys, ", "));
}

}  // namespace

TEST_CASE("the schema has the keys that the reader knows, object by object") {
  const Json schema = shipped_schema().root();
  const auto at = [&](const char* pointer) { return keys_of(schema.at(Json::json_pointer(pointer))); };
  const auto known = [](const std::string& json) { return sorted(keys_known_to_the_reader(json)); };
  CHECK(at("") == known(R"({"unknown here": 1})"));
  CHECK(at("/properties/source") == known(R"({"pipeline": "a", "source": {"unknown here": 1}})"));
  CHECK(at("/properties/sink") == known(R"({"pipeline": "a", "sink": {"unknown here": 1}})"));
  CHECK(at("/$defs/flux") == known(R"({"pipeline": [{"unknown here": 1}]})"));
  CHECK(at("/$defs/agent/anyOf/1") == known(R"({"pipeline": [{"agent": [{"unknown here": 1}]}]})"));
}

TEST_CASE("the schema has every setting of a flux and no other") {
  const auto names = flux::settings::setting_names();
  std::vector<std::string> settings(names.begin(), names.end());
  std::ranges::sort(settings);
  CHECK(keys_of(shipped_schema().root().at("$defs").at("settings")) ==
        fmt::format("{}", fmt::join(settings, ", ")));
}

TEST_CASE("what the schema accepts the reader accepts, and what it refuses the reader refuses") {
  const Schema schema = shipped_schema();
  const char* const good[] = {
      R"({"pipeline": "double | addone"})",
      R"({"$schema": "pipeline.schema.json", "pipeline": "a"})",
      R"({"pipeline": "a", "plugins": [], "source": {}, "sink": {}, "config": {}})",
      R"({"pipeline": "a", "plugins": ["x.so"], "source": {"files": ["-", "b"]}, "sink": {"file": "c"}})",
      R"({"pipeline": [{"agent": "head", "params": {"n": 3}, "config": {"max_events": 5}}, {"agent": "b"}]})",
      R"({"pipeline": [{"agent": ["a", "b", {"agent": "skip", "params": {"n": 1}}]}]})",
      R"({"pipeline": [{"agent": ["a", "skip"], "params": [{}, {"n": 1}]}]})",
      R"({"pipeline": "a", "config": {"entropy_budget": 10.0, "entropy_decay": 0, "max_events": 1}})",
      R"({"pipeline": "a", "config": {"entropy_budget": "inf", "entropy_decay": "0.1", "max_events": "7"}})",
      R"({"pipeline": "a", "config": {"max_events": "${N}", "drop_policy": "block", "buffer_size": 1}})",
      R"({"pipeline": "a", "config": {"drop_policy": "drop_oldest", "preset": "ouroboric"}})",
      R"({"pipeline": "a", "config": {"feedback_fraction": 0.5, "feedback_transform": "b"}})",
      R"({"pipeline": "a", "config": {"feedback_queue_size": 9, "perturbation_timeout": 1.5}})",
      R"({"pipeline": "a", "config": {"perturbation_priority": -1, "emit_pheromones": false}})",
      R"({"pipeline": "a", "config": {"agent_id": "x", "preset": "bounded"}})",
  };
  for (const char* json : good) {
    CAPTURE(json);
    CHECK(schema.accepts(Json::parse(json)));
    const auto error = refusal(json);
    CHECK((error ? flux::describe(*error) : "") == "");
  }
  const char* const bad[] = {
      "[]",
      "{}",
      R"({"pipeline": ""})",
      R"({"pipeline": []})",
      R"({"pipeline": 3})",
      R"({"pipeline": ["double"]})",
      R"({"pipeline": [{}]})",
      R"({"pipeline": [{"agent": []}]})",
      R"({"pipeline": [{"agent": 3}]})",
      R"({"pipeline": [{"agent": [{"params": {}}]}]})",
      R"({"pipeline": [{"agent": "a", "params": 3}]})",
      R"({"pipeline": "a", "plugins": "x.so"})",
      R"({"pipeline": "a", "plugins": [""]})",
      R"({"pipeline": "a", "source": {"files": "b"}})",
      R"({"pipeline": "a", "sink": {"file": ["b"]}})",
      R"({"pipeline": "a", "config": {"entropy_budget": -1}})",
      R"({"pipeline": "a", "config": {"entropy_decay": "much"}})",
      R"({"pipeline": "a", "config": {"max_events": 0}})",
      R"({"pipeline": "a", "config": {"max_events": 1.5}})",
      R"({"pipeline": "a", "config": {"max_events": "many"}})",
      R"({"pipeline": "a", "config": {"max_events": null}})",
      R"({"pipeline": "a", "config": {"drop_policy": "drop"}})",
      R"({"pipeline": "a", "config": {"feedback_fraction": 1.5}})",
      R"({"pipeline": "a", "config": {"perturbation_priority": 1.5}})",
      R"({"pipeline": "a", "config": {"emit_pheromones": 1}})",
      R"({"pipeline": "a", "config": {"agent_id": ""}})",
      R"({"pipeline": "a", "config": {"preset": "none"}})",
  };
  for (const char* json : bad) {
    CAPTURE(json);
    CHECK(!schema.accepts(Json::parse(json)));
    CHECK(refusal(json).has_value());
  }
}
