// What people see when a config file's list of fluxes is wrong.
#include <doctest/doctest.h>

#include <optional>
#include <string>

#include "spec/config.hpp"
#include "spec/message.hpp"

namespace {

// The first line of the message, behind the place, and the last: what to do.
std::string rejected(const std::string& pipeline) {
  const flux::spec::Environment no_variables = [](const std::string&) -> std::optional<std::string> {
    return {};
  };
  const std::string whole = message_of(
      [&] { flux::spec::parse_config("{\"pipeline\":\n" + pipeline + "}", "p.json", no_variables); });
  const std::size_t last = whole.rfind('\n', whole.size() - 2);
  return whole.substr(0, whole.find('\n') + 1) + whole.substr(last + 1);
}

}  // namespace

TEST_CASE("a list of fluxes holds objects with an agent") {
  CHECK(rejected("[]") == "flux: p.json:2:1: empty pipeline\nwrite at least one flux\n");
  CHECK(rejected("3") ==
        "flux: p.json:2:1: 'pipeline' must be a spec such as \"double | addone\", or a list of fluxes, found "
        "a number\n"
        "write a spec such as \"double | addone\", or a list of fluxes\n");
  CHECK(rejected("[\"double\"]") ==
        "flux: p.json:2:2: 'pipeline' must be a list of objects such as {\"agent\": \"double\"}, found a "
        "string\n"
        "write a list of objects such as {\"agent\": \"double\"}\n");
  CHECK(rejected("[{}]") ==
        "flux: p.json:2:2: a flux without 'agent'\nname its agent: {\"agent\": \"double\"}\n");
}

TEST_CASE("'agent' is one agent, or a list of them") {
  CHECK(rejected(R"([{"agent": "a | b"}])") ==
        "flux: p.json:2:12: 'agent' must be one agent, found 'a | b'\n"
        "write a list for '>>', and an object each for fluxes joined by '|'\n");
  CHECK(rejected(R"([{"agent": "a{k=v}"}])") ==
        "flux: p.json:2:12: settings in 'agent'\nwrite them as the \"config\" of the flux\n");
  CHECK(rejected(R"([{"agent": []}])") == "flux: p.json:2:12: 'agent' is an empty list\nname an agent\n");
  CHECK(rejected(R"([{"agent": ["a", 1]}])") ==
        "flux: p.json:2:18: 'agent' must be an agent: \"head(3)\", or {\"agent\": \"head\", \"params\": "
        "{\"n\": 3}}, "
        "found a number\n"
        "write an agent: \"head(3)\", or {\"agent\": \"head\", \"params\": {\"n\": 3}}\n");
  CHECK(rejected(R"([{"agent": "head(3"}])") ==
        "flux: p.json:2:12: missing ')'\nthis bracket is not closed: add the ')'\n");
}

TEST_CASE("parameters are given in one place") {
  CHECK(rejected(R"x([{"agent": "head(3)", "params": {"n": 4}}])x") ==
        "flux: p.json:2:12: 'head' has arguments, and 'params' beside it\ngive all of them in 'params'\n");
  CHECK(rejected(R"([{"agent": ["a", "b"], "params": {"n": 4}}])") ==
        "flux: p.json:2:34: 'params' must be a list with an object for each agent, found an object\n"
        "write a list with an object for each agent\n");
  CHECK(rejected(R"([{"agent": ["a", "b"], "params": [{}]}])") ==
        "flux: p.json:2:34: 'params' must hold an object for each of 2 agents, found 1\n"
        "write {} for an agent without parameters\n");
  CHECK(rejected(R"([{"agent": [{"agent": "a", "params": {}}], "params": [{"n": 1}]}])") ==
        "flux: p.json:2:38: parameters in two places\nleave out the ones here, or those of the flux\n");
}

TEST_CASE("the name of a parameter or setting is one that a spec can write") {
  CHECK(rejected(R"([{"agent": "set", "params": {"odd key": 1}}])") ==
        "flux: p.json:2:30: 'odd key' is no name of a parameter\n"
        "a member of that name is written \"\\\"odd key\\\"\"\n");
  CHECK(rejected(R"([{"agent": "a", "config": {"odd key": 1}}])") ==
        "flux: p.json:2:28: 'odd key' is no name of a setting\na name is made of letters, digits and '_'\n");
  CHECK(rejected(R"([{"agent": "a", "config": {"k": [1]}}])") ==
        "flux: p.json:2:33: 'k' must be a single value, found a list\n"
        "write a number, a string, true or false, or leave the key out\n");
}
