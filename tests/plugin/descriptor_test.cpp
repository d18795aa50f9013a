// What a description becomes in the host.
#include "plugin/descriptor.hpp"

#include <doctest/doctest.h>

#include "plugin/sample.hpp"

using flux::plugin::Agent;
using flux::plugin::Param;
using flux::plugin::Result;

TEST_CASE("all that an agent says of itself is copied") {
  sample::Plugin sample;
  const flux::plugin::Plugin plugin = sample.read();
  CHECK(plugin.name == "sample");
  CHECK(plugin.version == "0.9.0");
  CHECK(plugin.license == "MIT");
  CHECK(plugin.file == "x.so");
  REQUIRE(plugin.agents.size() == 1);

  const Agent& agent = plugin.agents[0];
  CHECK(agent.name == "double");
  CHECK(agent.qualified_name() == "sample.double");
  CHECK(agent.version == "1.2.3");
  CHECK(agent.summary == "Doubles an integer");
  CHECK(agent.file == "x.so");
  CHECK(agent.abi_minor == 0);
  CHECK(agent.result == Result::replace);
  CHECK(agent.is(FLUX_MAP));
  CHECK(agent.is(FLUX_PURE));
  CHECK_FALSE(agent.is(FLUX_STATELESS));
  CHECK(agent.input == flux::Type::bare(flux::Kind::int64));
  CHECK(agent.output == flux::Type::bare(flux::Kind::int64));
  CHECK(agent.raw == &sample.agent);
  CHECK((agent.functions.process == &sample::Plugin::process));
  REQUIRE(agent.examples.size() == 1);
  CHECK(agent.examples[0].pipeline == "double");
  CHECK(agent.examples[0].input == "1\n");
  CHECK(agent.examples[0].output == "2\n");
}

TEST_CASE("a parameter keeps its kind, flags and default") {
  sample::Plugin sample;
  sample.agent.param_count = 2;
  sample.other_param.kind = FLUX_EXPR;
  sample.other_param.expr_kind = FLUX_BOOL;
  sample.other_param.flags = FLUX_PARAM_REQUIRED;
  const flux::plugin::Plugin plugin = sample.read();
  const std::vector<Param>& params = plugin.agents[0].params;
  REQUIRE(params.size() == 2);
  CHECK(params[0].name == "factor");
  CHECK(params[0].summary == "What to multiply by");
  CHECK(params[0].kind == FLUX_INT64);
  CHECK_FALSE(params[0].required);
  CHECK_FALSE(params[0].is_many());
  REQUIRE(params[0].default_value);
  CHECK(params[0].default_value->as.int64 == 2);
  CHECK(params[1].kind == FLUX_EXPR);
  CHECK(params[1].expr_kind == FLUX_BOOL);
  CHECK(params[1].required);
  CHECK_FALSE(params[1].default_value);
}

TEST_CASE("list, rest and named each make the value of a parameter a list") {
  for (const std::uint32_t flag : {FLUX_PARAM_LIST, FLUX_PARAM_REST, FLUX_PARAM_NAMED}) {
    sample::Plugin sample;
    sample.param.flags = flag;
    sample.param.default_value = nullptr;
    const Param param = sample.read().agents[0].params[0];
    CHECK(param.is_many());
    CHECK(param.list == (flag == FLUX_PARAM_LIST));
    CHECK(param.rest == (flag == FLUX_PARAM_REST));
    CHECK(param.named == (flag == FLUX_PARAM_NAMED));
  }
}

TEST_CASE("a record keeps its name, its paths and what is optional") {
  sample::Plugin sample;
  const std::array user_name{sample::text("user"), sample::text("name")};
  const std::array id{sample::text("id")};
  sample.field.path = {user_name.data(), user_name.size()};
  sample.field.flags = FLUX_FIELD_OPTIONAL;
  sample.other_field.path = {id.data(), id.size()};
  sample.input.field_count = 2;
  sample.input.name = "Event";
  CHECK(flux::to_string(sample.read().agents[0].input) == "Event {user.name?: int, id: string}");
}

TEST_CASE("an extend output keeps the new path of a renamed member") {
  sample::Plugin sample;
  const std::array old_name{sample::text("old")};
  const std::array new_name{sample::text("new"), sample::text("")};
  sample.field.path = {old_name.data(), old_name.size()};
  sample.field.to = {new_name.data(), new_name.size()};
  sample.agent.result = FLUX_EXTEND;
  const flux::plugin::Plugin plugin = sample.read();
  CHECK(plugin.agents[0].result == Result::extend);
  CHECK(plugin.agents[0].output == flux::Type{{}, {{{"old"}, flux::Kind::int64, false, {"new", ""}}}});
}

TEST_CASE("an extend output says which members are kept") {
  sample::Plugin sample;
  const std::array name{sample::text("a")};
  sample.field.path = {name.data(), name.size()};
  sample.field.flags = FLUX_FIELD_KEPT;
  sample.agent.result = FLUX_EXTEND;
  CHECK(sample.read().agents[0].output ==
        flux::Type{{}, {{{"a"}, flux::Kind::int64, false, {}, /*kept=*/true}}});
}

TEST_CASE("a select gives no type of its own") {
  sample::Plugin sample;
  sample.agent.result = FLUX_SELECT;
  sample.agent.output = nullptr;
  const flux::plugin::Plugin plugin = sample.read();
  CHECK(plugin.agents[0].result == Result::select);
  CHECK(plugin.agents[0].output.is_nothing());
}

TEST_CASE("an agent without an input type wants nothing of the event") {
  sample::Plugin sample;
  sample.agent.input = nullptr;
  CHECK(sample.read().agents[0].input.is_nothing());
}

TEST_CASE("texts that people read may be left out") {
  sample::Plugin sample;
  sample.plugin.license = nullptr;
  sample.plugin.version = nullptr;
  sample.agent.summary = nullptr;
  sample.param.summary = nullptr;
  const flux::plugin::Plugin plugin = sample.read();
  CHECK(plugin.license.empty());
  CHECK(plugin.version.empty());
  CHECK(plugin.agents[0].summary.empty());
  CHECK(plugin.agents[0].params[0].summary.empty());
}

TEST_CASE("structs of a later header, longer than ours, are read as far as we know them") {
  struct Later {
    flux_agent agent;
    const char* unknown;
  };
  sample::Plugin sample;
  Later later{sample.agent, "from the future"};
  later.agent.struct_size = sizeof(Later);
  sample.agents[0] = &later.agent;
  const flux::plugin::Plugin plugin = sample.read();
  CHECK(plugin.agents[0].name == "double");
  CHECK(plugin.agents[0].raw == &later.agent);
  CHECK(plugin.agents[0].functions.struct_size == sizeof(Later));
}

TEST_CASE("kinds of parameters have the names that people use") {
  CHECK(flux::plugin::name_of(FLUX_INT64) == "int");
  CHECK(flux::plugin::name_of(FLUX_DOUBLE) == "float");
  CHECK(flux::plugin::name_of(FLUX_BOOL) == "bool");
  CHECK(flux::plugin::name_of(FLUX_STRING) == "string");
  CHECK(flux::plugin::name_of(FLUX_JSON) == "json");
  CHECK(flux::plugin::name_of(FLUX_PATH) == "path");
  CHECK(flux::plugin::name_of(FLUX_EXPR) == "expression");
}
