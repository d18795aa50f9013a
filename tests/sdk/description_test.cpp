// What a plugin says of itself: all of it read off the C++ types. The agents are
// those of the other tests of this program.
#include <doctest/doctest.h>

#include <flux/agent.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "fake_host.hpp"

using flux_test::describe;
using flux_test::find_agent;

namespace {

struct Documented {
  static constexpr auto examples = std::array{flux::example("documented", "1\n", "1\n")};
  std::int64_t invoke(std::int64_t x) const { return x; }
  void interrupt() {}
};
FLUX_AGENT(Documented, "documented", "Has an example", FLUX_BLOCKING);

std::string ports_of(std::string_view name) {
  const flux_agent& agent = find_agent(name);
  return describe(*agent.input) + " -> " + (agent.output != nullptr ? describe(*agent.output) : "the event");
}

std::string offers_of(std::string_view name) {
  const flux_agent& agent = find_agent(name);
  std::string offers;
  if (agent.describe != nullptr) offers += " describe";
  if (agent.finish != nullptr) offers += " finish";
  if (agent.merge != nullptr) offers += " merge";
  if (agent.interrupt != nullptr) offers += " interrupt";
  if (agent.save != nullptr) offers += " save";
  if (agent.restore != nullptr) offers += " restore";
  return offers;
}

}  // namespace

TEST_CASE("the plugin names itself and lists its agents by name") {
  const flux_plugin* plugin = flux_plugin_entry();
  REQUIRE(plugin != nullptr);
  CHECK(plugin == flux_plugin_entry());
  CHECK(plugin->magic == FLUX_PLUGIN_MAGIC);
  CHECK(plugin->abi_major == FLUX_ABI_MAJOR);
  CHECK(plugin->struct_size == sizeof(flux_plugin));
  CHECK(std::string_view(plugin->name) == "sdk_tests");
  CHECK(std::string_view(plugin->version) == "1.2.3");
  for (std::uint32_t i = 1; i < plugin->agent_count; ++i) {
    CHECK(std::string_view(plugin->agents[i - 1]->name) < plugin->agents[i]->name);
  }
}

TEST_CASE("the signature of invoke gives the types") {
  CHECK(ports_of("triple") == "int -> int");
  CHECK(ports_of("half") == "float -> float");
  CHECK(ports_of("not") == "bool -> bool");
  CHECK(ports_of("shout") == "string -> string");
  CHECK(ports_of("quote") == "json -> json");
  CHECK(ports_of("billing") == "{item: string, count: int, price?: float} -> {text: string, total?: float}");
  CHECK(ports_of("words") == "string -> string");
  CHECK(ports_of("tally") == "string -> string");
  CHECK(ports_of("positive") == "int -> the event");
  CHECK(ports_of("first_two") == "nothing -> the event");
  CHECK(ports_of("judge") == "{status: int} -> {ok: bool, alarm?: string}");
  CHECK(ports_of("tidy") == "json -> nothing");
  CHECK(std::string_view(find_agent("billing").input->name) == "Order");
}

TEST_CASE("the signature of invoke gives the kind of result and the flags") {
  CHECK(find_agent("triple").flags == (FLUX_MAP | FLUX_STATELESS | FLUX_PURE | FLUX_CONCURRENT));
  CHECK(find_agent("triple").result == FLUX_REPLACE);
  CHECK(find_agent("odd").flags == FLUX_STATELESS);
  CHECK(find_agent("count_to").flags == FLUX_STATELESS);
  CHECK(find_agent("numbered").flags == 0);
  CHECK(find_agent("tally").flags == FLUX_ABSORB);
  CHECK(find_agent("positive").flags == FLUX_STATELESS);
  CHECK(find_agent("positive").result == FLUX_SELECT);
  CHECK(find_agent("first_two").flags == 0);
  CHECK(find_agent("judge").flags == (FLUX_MAP | FLUX_STATELESS));
  CHECK(find_agent("judge").result == FLUX_EXTEND);
  CHECK(find_agent("tidy").result == FLUX_EXTEND);
}

TEST_CASE("only what an agent has is offered") {
  CHECK(offers_of("triple") == "");
  CHECK(offers_of("tidy") == " describe");
  CHECK(offers_of("tally") == " finish merge save restore");
  CHECK(offers_of("documented") == " interrupt");
  CHECK(find_agent("triple").state_version == 0);
  CHECK(find_agent("steps").state_version == 1);
  CHECK(find_agent("tally").state_version == 3);
}

TEST_CASE("an agent carries its examples, and its plugin's version") {
  const flux_agent& agent = find_agent("documented");
  CHECK(agent.struct_size == sizeof(flux_agent));
  CHECK(agent.flags == (FLUX_MAP | FLUX_STATELESS | FLUX_BLOCKING));
  CHECK(std::string_view(agent.version) == "1.2.3");
  CHECK(std::string_view(agent.summary) == "Has an example");
  REQUIRE(agent.example_count == 1);
  CHECK(agent.examples[0]->struct_size == sizeof(flux_example));
  CHECK(std::string_view(agent.examples[0]->pipeline) == "documented");
  CHECK(std::string_view(agent.examples[0]->input) == "1\n");
  CHECK(std::string_view(agent.examples[0]->output) == "1\n");
}
