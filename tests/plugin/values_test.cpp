// Parameter values as a plugin gets them.
#include <doctest/doctest.h>

#include "plugin/instance.hpp"
#include "plugin/sample.hpp"

using flux::Path;
using flux::plugin::Agent;
using flux::plugin::Given;
using flux::plugin::Item;
using flux::plugin::Scalar;
using flux::plugin::Values;

namespace {

Given one(flux_kind kind, Scalar value) { return {false, {{{}, std::move(value)}}, kind}; }

std::string_view view(flux_str text) { return {text.data, text.size}; }

Path path_of(const flux_path& path) {
  Path names;
  for (std::size_t i = 0; i < path.size; ++i) names.emplace_back(view(path.names[i]));
  return names;
}

// An agent with one parameter of this kind and these flags, without a default.
Agent agent_with(flux_kind kind, std::uint32_t flags = 0) {
  sample::Plugin sample;
  sample.param.kind = kind;
  sample.param.expr_kind = FLUX_BOOL;
  sample.param.flags = flags;
  sample.param.default_value = nullptr;
  return sample.read().agents[0];
}

}  // namespace

TEST_CASE("a value of each kind arrives as itself") {
  const Values integer(agent_with(FLUX_INT64), {one(FLUX_INT64, std::int64_t{-5})});
  REQUIRE(integer.size() == 1);
  CHECK(integer.data()[0].kind == FLUX_INT64);
  CHECK(integer.data()[0].is_list == 0);
  CHECK(integer.data()[0].as.int64 == -5);

  const Values number(agent_with(FLUX_DOUBLE), {one(FLUX_DOUBLE, 0.5)});
  CHECK(number.data()[0].as.number == 0.5);

  const Values yes(agent_with(FLUX_BOOL), {one(FLUX_BOOL, true)});
  CHECK(yes.data()[0].as.boolean == 1);

  const Values word(agent_with(FLUX_STRING), {one(FLUX_STRING, std::string("short"))});
  CHECK(view(word.data()[0].as.str) == "short");

  const Values json(agent_with(FLUX_JSON), {one(FLUX_JSON, std::string("[1,2]"))});
  CHECK(json.data()[0].kind == FLUX_JSON);
  CHECK(view(json.data()[0].as.str) == "[1,2]");

  const Values path(agent_with(FLUX_PATH), {one(FLUX_PATH, Path{"user", "name"})});
  CHECK(path_of(path.data()[0].as.path) == Path{"user", "name"});

  const Values column(agent_with(FLUX_EXPR), {one(FLUX_EXPR, std::int64_t{3})});
  CHECK(column.data()[0].kind == FLUX_EXPR);
  CHECK(column.data()[0].as.column == 3);
}

TEST_CASE("a parameter that was not given has its default") {
  sample::Plugin sample;
  const Values values(sample.read().agents[0], {std::nullopt});
  CHECK(values.data()[0].kind == FLUX_INT64);
  CHECK(values.data()[0].as.int64 == 2);
}

TEST_CASE("a parameter that was not given and has no default has kind 0") {
  const Values values(agent_with(FLUX_STRING), {std::nullopt});
  CHECK(values.data()[0].kind == 0);
  CHECK(values.data()[0].is_list == 0);
}

TEST_CASE("values stand in the order of the parameters") {
  sample::Plugin sample;
  sample.agent.param_count = 2;
  const Values values(sample.read().agents[0], {std::nullopt, one(FLUX_STRING, std::string("events"))});
  REQUIRE(values.size() == 2);
  CHECK(values.data()[0].as.int64 == 2);
  CHECK(view(values.data()[1].as.str) == "events");
}

TEST_CASE("a list arrives item by item") {
  const std::vector<Item> paths{{{}, Path{"a"}}, {{}, Path{"b", "c"}}};
  const Values values(agent_with(FLUX_PATH, FLUX_PARAM_REST), {Given{true, paths, FLUX_PATH}});
  const flux_value& value = values.data()[0];
  CHECK(value.kind == FLUX_PATH);
  CHECK(value.is_list == 1);
  REQUIRE(value.as.list.size == 2);
  CHECK(value.as.list.items[0].value.kind == FLUX_PATH);
  CHECK(value.as.list.items[0].name.size == 0);
  CHECK(path_of(value.as.list.items[0].value.as.path) == Path{"a"});
  CHECK(path_of(value.as.list.items[1].value.as.path) == Path{"b", "c"});
}

TEST_CASE("an empty list is a list") {
  const Values values(agent_with(FLUX_INT64, FLUX_PARAM_LIST), {Given{true, {}, FLUX_INT64}});
  CHECK(values.data()[0].kind == FLUX_INT64);
  CHECK(values.data()[0].is_list == 1);
  CHECK(values.data()[0].as.list.size == 0);
}

TEST_CASE("a value alone becomes a list where the parameter is one") {
  for (const std::uint32_t flag : {FLUX_PARAM_LIST, FLUX_PARAM_REST, FLUX_PARAM_NAMED}) {
    const Values values(agent_with(FLUX_INT64, flag), {one(FLUX_INT64, std::int64_t{7})});
    REQUIRE(values.data()[0].is_list == 1);
    REQUIRE(values.data()[0].as.list.size == 1);
    CHECK(values.data()[0].as.list.items[0].value.as.int64 == 7);
  }
}

TEST_CASE("named values come with their names") {
  const std::vector<Item> items{{{"a", "b"}, std::string("1")}, {{"odd key"}, std::string("{}")}};
  const Values values(agent_with(FLUX_JSON, FLUX_PARAM_NAMED), {Given{true, items, FLUX_JSON}});
  const flux_value& value = values.data()[0];
  REQUIRE(value.as.list.size == 2);
  CHECK(path_of(value.as.list.items[0].name) == Path{"a", "b"});
  CHECK(view(value.as.list.items[0].value.as.str) == "1");
  CHECK(path_of(value.as.list.items[1].name) == Path{"odd key"});
  CHECK(view(value.as.list.items[1].value.as.str) == "{}");
}

TEST_CASE("values may be moved, for what they point at stays") {
  const std::vector<Item> items{{{"k"}, Path{"a", "b"}}};
  Values first(agent_with(FLUX_PATH, FLUX_PARAM_NAMED), {Given{true, items, FLUX_PATH}});
  const Values second = std::move(first);
  const flux_value& value = second.data()[0];
  CHECK(path_of(value.as.list.items[0].name) == Path{"k"});
  CHECK(path_of(value.as.list.items[0].value.as.path) == Path{"a", "b"});
}
