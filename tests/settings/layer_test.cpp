// What a setting may be, and which words refuse it.
#include <doctest/doctest.h>

#include "core/error.hpp"
#include "settings/config.hpp"

using flux::settings::DropPolicy;
using flux::settings::Layer;
using flux::settings::Preset;

namespace {

// What people see of a refused setting; "" if it is taken.
std::string refusal(std::string_view key, std::string_view value) {
  try {
    Layer().set(key, value);
  } catch (const flux::Error& error) {
    return flux::describe(error);
  }
  return "";
}

Layer layer(std::string_view key, std::string_view value) {
  Layer layer;
  layer.set(key, value);
  return layer;
}

}  // namespace

TEST_CASE("a new layer says nothing") {
  const Layer layer;
  CHECK(!layer.entropy_budget);
  CHECK(!layer.entropy_decay);
  CHECK(!layer.max_events);
  CHECK(!layer.buffer_size);
  CHECK(!layer.drop_policy);
  CHECK(!layer.feedback_fraction);
  CHECK(!layer.feedback_transform);
  CHECK(!layer.feedback_queue_size);
  CHECK(!layer.perturbation_timeout);
  CHECK(!layer.perturbation_priority);
  CHECK(!layer.emit_pheromones);
  CHECK(!layer.agent_id);
  CHECK(!layer.preset);
}

TEST_CASE("every setting is taken as written") {
  CHECK(layer("entropy_budget", "2.5").entropy_budget->digits == 25);
  CHECK(layer("entropy_budget", "inf").entropy_budget->infinite);
  CHECK(layer("entropy_decay", "0").entropy_decay->is_zero());
  CHECK(layer("max_events", "18446744073709551615").max_events == 18'446'744'073'709'551'615U);
  CHECK(layer("buffer_size", "1").buffer_size == 1);
  CHECK(layer("drop_policy", "block").drop_policy == DropPolicy::block);
  CHECK(layer("drop_policy", "drop_oldest").drop_policy == DropPolicy::drop_oldest);
  CHECK(layer("drop_policy", "drop_newest").drop_policy == DropPolicy::drop_newest);
  CHECK(layer("feedback_fraction", "0.5").feedback_fraction->exponent == -1);
  CHECK(layer("feedback_fraction", "1.0").feedback_fraction->digits == 10);
  CHECK(layer("feedback_transform", "double | addone").feedback_transform == "double | addone");
  CHECK(layer("feedback_queue_size", "50").feedback_queue_size == 50);
  CHECK(layer("perturbation_timeout", "inf").perturbation_timeout->infinite);
  CHECK(layer("perturbation_priority", "-7").perturbation_priority == -7);
  CHECK(layer("emit_pheromones", "true").emit_pheromones == true);
  CHECK(layer("emit_pheromones", "false").emit_pheromones == false);
  CHECK(layer("agent_id", "first").agent_id == "first");
  CHECK(layer("preset", "infinite").preset == Preset::infinite);
  CHECK(layer("preset", "bounded").preset == Preset::bounded);
  CHECK(layer("preset", "ouroboric").preset == Preset::ouroboric);
}

TEST_CASE("a value that does not fit is refused with what would") {
  struct Row {
    const char* key;
    const char* expected;
    std::vector<const char*> values;
  };
  const Row rows[] = {
      {"entropy_budget", "a number above 0, or inf", {"0", "0.0", "-1", "many", "", "1e65"}},
      {"entropy_decay", "a number from 0 on", {"inf", "-0.1", ".1"}},
      {"max_events",
       "a whole number from 1 on",
       {"0", "-1", "1.0", "1e3", "+5", " 5", "18446744073709551616"}},
      {"buffer_size", "a whole number from 1 on", {"0", "", "x"}},
      {"drop_policy", "block, drop_oldest or drop_newest", {"drop", "Block", ""}},
      {"feedback_fraction", "a number from 0 to 1", {"1.01", "inf", "-0.5", "1.00000000000000001"}},
      {"feedback_queue_size", "a whole number from 1 on", {"0", "inf"}},
      {"perturbation_timeout", "seconds from 0 on, or inf", {"-1", "5s"}},
      {"perturbation_priority", "a whole number", {"1.5", "high", "9223372036854775808"}},
      {"emit_pheromones", "true or false", {"yes", "1", "True"}},
      {"agent_id", "a name", {""}},
      {"preset", "infinite, bounded or ouroboric", {"none", "Infinite"}},
  };
  for (const Row& row : rows) {
    for (const char* value : row.values)
      CHECK(refusal(row.key, value) ==
            "flux: '" + std::string(row.key) + "' must be " + row.expected + ", found '" + value + "'\n");
  }
}

TEST_CASE("a refused value is shown as a terminal may show it") {
  CHECK(refusal("max_events", "\033[31m") ==
        "flux: 'max_events' must be a whole number from 1 on, found '\\x1b[31m'\n");
}

TEST_CASE("an unknown setting is refused with the one that is probably meant") {
  CHECK(refusal("max_event", "1") == "flux: unknown setting 'max_event'\ndid you mean 'max_events'?\n");
  CHECK(refusal("x", "1") ==
        "flux: unknown setting 'x'\n"
        "the settings are entropy_budget, entropy_decay, max_events, buffer_size, drop_policy, "
        "feedback_fraction, feedback_transform, feedback_queue_size, perturbation_timeout, "
        "perturbation_priority, emit_pheromones, agent_id, preset\n");
}

TEST_CASE("every name in the list of settings is one") {
  for (const std::string& name : flux::settings::setting_names()) {
    const std::string message = refusal(name, "");
    CHECK(message.find("unknown") == message.npos);
  }
}
