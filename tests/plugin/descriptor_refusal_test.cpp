// Which descriptions are refused, and in which words.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "plugin/descriptor.hpp"
#include "plugin/sample.hpp"

namespace {

constexpr const char* kNameHint = "names are [a-z][a-z0-9_]*, for pipelines spell them\n";

std::string in_agent(std::string_view rest) {
  return fmt::format("flux: plugin 'x.so': agent 'double': {}", rest);
}

}  // namespace

TEST_CASE("the sample that the other tests break is not refused") {
  CHECK(sample::Plugin().refusal().empty());
}

TEST_CASE("a plugin needs a name that a pipeline can spell") {
  CHECK(sample::Plugin(nullptr).refusal() ==
        fmt::format("flux: plugin 'x.so': its name is NULL\n{}", kNameHint));
  for (const char* name : {"", "Sample", "1st", "two words", "a-b", "_a"})
    CHECK(sample::Plugin(name).refusal() ==
          fmt::format("flux: plugin 'x.so': '{}' is no name\n{}", name, kNameHint));
}

TEST_CASE("an agent needs a name that a pipeline can spell") {
  CHECK(sample::Plugin("sample", nullptr).refusal() ==
        fmt::format("flux: plugin 'x.so': agent 1: its name is NULL\n{}", kNameHint));
  CHECK(sample::Plugin("sample", "a\033[31m").refusal() ==
        fmt::format("flux: plugin 'x.so': agent 1: 'a\\x1b[31m' is no name\n{}", kNameHint));
}

TEST_CASE("a parameter needs a name that a pipeline can spell") {
  sample::Plugin sample;
  sample.param.name = "Factor";
  CHECK(sample.refusal() == in_agent(fmt::format("parameter 1: 'Factor' is no name\n{}", kNameHint)));
}

TEST_CASE("two agents of one name are refused") {
  sample::Plugin sample;
  sample.plugin.agent_count = 2;
  CHECK(sample.refusal() == "flux: plugin 'x.so': two agents are called 'double'\nrename one of them\n");
}

TEST_CASE("two parameters of one name are refused") {
  sample::Plugin sample;
  sample.agent.param_count = 2;
  sample.other_param.name = "factor";
  CHECK(sample.refusal() == in_agent("two parameters are called 'factor'\nrename one of them\n"));
}

TEST_CASE("every agent has create, destroy and process") {
  const std::string hint = "every agent has create(), destroy() and process()\n";
  sample::Plugin without_create;
  without_create.agent.create = nullptr;
  CHECK(without_create.refusal() == in_agent("it has no create()\n" + hint));
  sample::Plugin without_destroy;
  without_destroy.agent.destroy = nullptr;
  CHECK(without_destroy.refusal() == in_agent("it has no destroy()\n" + hint));
  sample::Plugin without_process;
  without_process.agent.process = nullptr;
  CHECK(without_process.refusal() == in_agent("it has no process()\n" + hint));
}

TEST_CASE("an unknown kind of result is refused") {
  sample::Plugin sample;
  sample.agent.result = 3;
  CHECK(sample.refusal() ==
        in_agent("unknown result kind 3\nset .result to FLUX_REPLACE, FLUX_SELECT or FLUX_EXTEND\n"));
}

TEST_CASE("an unknown kind of column is refused") {
  for (const std::uint32_t kind : {0U, static_cast<unsigned>(FLUX_PATH), 99U}) {
    sample::Plugin sample;
    sample.field.kind = kind;
    CHECK(sample.refusal() == in_agent(fmt::format("its input: field 1: unknown column kind {}\n"
                                                   "use one of FLUX_INT64 .. FLUX_JSON\n",
                                                   kind)));
  }
}

TEST_CASE("an unknown kind of parameter is refused") {
  sample::Plugin sample;
  sample.param.kind = 8;
  CHECK(sample.refusal() == in_agent("parameter 'factor': unknown parameter kind 8\n"
                                     "use one of FLUX_INT64 .. FLUX_EXPR\n"));
}

TEST_CASE("an expression states the kind of its values") {
  sample::Plugin sample;
  sample.param.kind = FLUX_EXPR;
  sample.param.default_value = nullptr;
  CHECK(sample.refusal() ==
        in_agent("parameter 'factor': the values of its expression: unknown column kind 0\n"
                 "use one of FLUX_INT64 .. FLUX_JSON\n"));
}

TEST_CASE("a select has no output type") {
  sample::Plugin sample;
  sample.agent.result = FLUX_SELECT;
  CHECK(sample.refusal() == in_agent("it selects, but has an output type\n"
                                     "set .output = NULL: a select gives the event itself\n"));
}

TEST_CASE("what extends an event says which members it sets") {
  sample::Plugin sample;
  sample.agent.result = FLUX_EXTEND;
  CHECK(sample.refusal() == in_agent("it extends the event, but its output has a field without a path\n"
                                     "give the field the path of the member to set\n"));
}

TEST_CASE("a bare value stands alone") {
  sample::Plugin sample;
  const std::array id{sample::text("id")};
  sample.other_field.path = {id.data(), id.size()};
  sample.input.field_count = 2;
  CHECK(
      sample.refusal() ==
      in_agent(
          "its input: a field without a path among others\n"
          "a field without a path is the event itself and stands alone; give the others' members a path\n"));
}

TEST_CASE("only one parameter takes the rest, and only one the named arguments") {
  sample::Plugin sample;
  sample.agent.param_count = 2;
  sample.param.default_value = nullptr;
  sample.param.flags = sample.other_param.flags = FLUX_PARAM_REST;
  CHECK(sample.refusal() == in_agent("two parameters take the rest of the positional arguments\n"
                                     "leave FLUX_PARAM_REST to one of them\n"));
  sample.param.flags = sample.other_param.flags = FLUX_PARAM_NAMED;
  CHECK(sample.refusal() == in_agent("two parameters take the key = value arguments\n"
                                     "leave FLUX_PARAM_NAMED to one of them\n"));
}

TEST_CASE("a default has the kind of its parameter") {
  const std::string hint = "a default has the kind of its parameter\n";
  sample::Plugin sample;
  sample.default_value.kind = FLUX_DOUBLE;
  CHECK(sample.refusal() == in_agent("parameter 'factor': its default: found float, expected int\n" + hint));
  sample.default_value.kind = 42;
  CHECK(sample.refusal() ==
        in_agent("parameter 'factor': its default: found unknown kind 42, expected int\n" + hint));
}

TEST_CASE("a default is a list exactly if its parameter is one") {
  sample::Plugin sample;
  sample.default_value.is_list = 1;
  CHECK(sample.refusal() ==
        in_agent("parameter 'factor': its default: found a list, expected a value\nset .is_list = 0\n"));
  sample.default_value.is_list = 0;
  sample.param.flags = FLUX_PARAM_REST;
  CHECK(
      sample.refusal() ==
      in_agent("parameter 'factor': its default: found a value alone, expected a list\nset .is_list = 1\n"));
}

TEST_CASE("the items of a default list have the kind of the list") {
  sample::Plugin sample;
  const std::array<flux_item, 2> items{flux_item{{}, {FLUX_INT64, 0, {.int64 = 1}}},
                                       flux_item{{}, {FLUX_BOOL, 0, {.int64 = 1}}}};
  sample.param.flags = FLUX_PARAM_LIST;
  sample.default_value.is_list = 1;
  sample.default_value.as.list = {items.data(), items.size()};
  CHECK(sample.refusal() == in_agent("parameter 'factor': its default: item 2: found bool, expected int\n"
                                     "a default has the kind of its parameter\n"));
}

TEST_CASE("an expression has no default") {
  sample::Plugin sample;
  sample.param.kind = sample.default_value.kind = FLUX_EXPR;
  sample.param.expr_kind = FLUX_BOOL;
  CHECK(
      sample.refusal() ==
      in_agent("parameter 'factor': its default: an expression has no default\nset .default_value = NULL\n"));
}

TEST_CASE("a text that is NULL has no bytes") {
  sample::Plugin sample;
  sample.param.kind = sample.default_value.kind = FLUX_STRING;
  sample.default_value.as.str = {nullptr, 3};
  CHECK(sample.refusal() ==
        in_agent("parameter 'factor': its default: a text of 3 bytes is NULL\nuse FLUX_TEXT(\"...\")\n"));
}

TEST_CASE("arrays hold as many pointers as they say") {
  const std::string hint = "the count must be that of the pointers in the array\n";
  sample::Plugin agent;
  agent.plugin.agent_count = 2;
  agent.agents[1] = nullptr;
  CHECK(agent.refusal() == "flux: plugin 'x.so': agent 2 of 2 is NULL\n" + hint);
  sample::Plugin field;
  field.fields[0] = nullptr;
  CHECK(field.refusal() == in_agent("its input: field 1 of 1 is NULL\n" + hint));
  sample::Plugin param;
  param.params[0] = nullptr;
  CHECK(param.refusal() == in_agent("parameter 1 of 1 is NULL\n" + hint));
  sample::Plugin example;
  example.examples[0] = nullptr;
  CHECK(example.refusal() == in_agent("example 1 of 1 is NULL\n" + hint));
}

TEST_CASE("an array that is NULL has nothing in it") {
  sample::Plugin agents;
  agents.plugin.agents = nullptr;
  CHECK(agents.refusal() ==
        "flux: plugin 'x.so': its agent count is 1, but their array is NULL\nset the array, or the count to "
        "0\n");
  sample::Plugin names;
  names.field.path = {nullptr, 2};
  CHECK(names.refusal() == in_agent("its input: field 1: its path name count is 2, but their array is NULL\n"
                                    "set the array, or the count to 0\n"));
}

TEST_CASE("an absurd count is refused before anything is read by it") {
  sample::Plugin sample;
  sample.agent.param_count = 4097;
  CHECK(sample.refusal() ==
        in_agent("its parameter count is 4097, expected at most 4096\nis the count initialised?\n"));
}

TEST_CASE("a struct that is shorter than that of minor 0 is refused") {
  const auto short_struct = [](std::string_view name, std::size_t size) {
    return fmt::format("its {0} has {1} bytes, expected at least {2}\nset .struct_size = sizeof({0})\n", name,
                       size - 8, size);
  };
  sample::Plugin agent;
  agent.agent.struct_size -= 8;
  CHECK(agent.refusal() == "flux: plugin 'x.so': agent 1: " + short_struct("flux_agent", sizeof(flux_agent)));
  sample::Plugin type;
  type.input.struct_size -= 8;
  CHECK(type.refusal() == in_agent("its input: " + short_struct("flux_type", sizeof(flux_type))));
  sample::Plugin field;
  field.field.struct_size -= 8;
  CHECK(field.refusal() == in_agent("its input: field 1: " + short_struct("flux_field", sizeof(flux_field))));
  sample::Plugin param;
  param.param.struct_size -= 8;
  CHECK(param.refusal() == in_agent("parameter 1: " + short_struct("flux_param", sizeof(flux_param))));
  sample::Plugin example;
  example.example.struct_size -= 8;
  CHECK(example.refusal() == in_agent("example 1: " + short_struct("flux_example", sizeof(flux_example))));
}
