// What a config file says.
#include "spec/config.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "spec/message.hpp"
#include "spec/parser.hpp"

using flux::spec::AgentCall;
using flux::spec::Argument;
using flux::spec::Config;
using flux::spec::Environment;
using flux::spec::FluxSpec;
using flux::spec::load_config;
using flux::spec::parse_config;
using flux::spec::Pipeline;
using flux::spec::Setting;

namespace {

const Environment kNoVariables = [](const std::string&) -> std::optional<std::string> { return {}; };

Config config(const std::string& json, const std::string& file = "pipeline.json") {
  return parse_config(json, file, kNoVariables);
}

Config with_pipeline(const std::string& pipeline) { return config("{\"pipeline\": " + pipeline + "}"); }

// The tree as it would be if its arguments had been written in a spec.
Pipeline without_origin(Pipeline pipeline) {
  for (FluxSpec& flux : pipeline.fluxes)
    for (AgentCall& agent : flux.agents)
      for (Argument& argument : agent.arguments) argument.from = Argument::From::spec;
  return pipeline;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("every part of a config file is read") {
  const Config read = config(R"({
  "plugins": ["build/plugins/libmine.so"],
  "source": {"files": ["events.ndjson", "/tmp/more.ndjson"]},
  "pipeline": "double | addone",
  "config": {"entropy_budget": 10.0, "preset": "bounded", "emit_pheromones": false},
  "sink": {"file": "results.ndjson"}
})",
                             "jobs/pipeline.json");
  CHECK(read.file == "jobs/pipeline.json");
  CHECK(read.directory == "jobs");
  CHECK(read.plugins == Texts{"jobs/build/plugins/libmine.so"});
  CHECK(read.source_files == Texts{"jobs/events.ndjson", "/tmp/more.ndjson"});
  CHECK(read.pipeline == flux::spec::parse("double | addone"));
  CHECK(read.sink_file == "jobs/results.ndjson");
  REQUIRE(read.defaults.size() == 3);
  CHECK(read.defaults[0].key == "entropy_budget");
  CHECK(read.defaults[0].value == "10.0");
  CHECK(read.defaults[1].value == "bounded");
  CHECK(read.defaults[2].value == "false");
}

TEST_CASE("a pipeline is all that must be there") {
  const Config read = with_pipeline("\"double\"");
  CHECK(read.directory == ".");
  CHECK(read.plugins.empty());
  CHECK(read.source_files.empty());
  CHECK(read.defaults.empty());
  CHECK(!read.sink_file);
}

TEST_CASE("without a directory, files are told from names that others would look up") {
  CHECK(config(R"({"pipeline": "a", "plugins": ["libmine.so"]})").plugins == Texts{"./libmine.so"});
}

TEST_CASE("numbers keep their digits") {
  const Config read = config(R"({"pipeline": "a", "config":
      {"a": 0.1, "b": 10.0, "c": 1.10, "d": 1e400, "e": -0, "f": 100000000000000000000}})");
  Texts values;
  for (const Setting& setting : read.defaults) values.push_back(setting.value);
  CHECK(values == Texts{"0.1", "10.0", "1.10", "1e400", "-0", "100000000000000000000"});
}

TEST_CASE("a default is shown in the file by whoever finds it wrong") {
  const Config read = config("{\"pipeline\": \"a\",\n\t\"config\": {\"max_events\": -1}}");
  CHECK(flux::describe(
            read.error(read.defaults[0].value_span, "must be at least 1", "write a number from 1")) ==
        R"(flux: pipeline.json:2:27: must be at least 1
   "config": {"max_events": -1}}
                            ^~
write a number from 1
)");
}

TEST_CASE("a list of fluxes is the same tree as the spec it renders") {
  const Texts lists{
      R"x([{"agent": "double"}])x",
      R"x([{"agent": "double", "params": {}, "config": {}}, {"agent": "addone"}])x",
      R"x([{"agent": "double", "config": {"buffer_size": 50, "drop_policy": "drop_oldest", "x": true}}])x",
      R"x([{"agent": "head", "params": {"n": 3}}])x",
      R"x([{"agent": "head(3)"}, {"agent": " head( n = 3 ) "}])x",
      R"x([{"agent": ["double", "head(3)", {"agent": "set", "params": {"a.b": "x"}}, {"agent": "id"}]}])x",
      R"x([{"agent": ["double", "head"], "params": [{}, {"n": 3}], "config": {"k": "a \"b\" {"}}])x",
      R"x([{"agent": "f", "params": {"p": "|\"é\u0000\n", "q": [1.10, {"a": null}], "r.\"s t\"": {}}}])x"};
  for (const std::string& list : lists) {
    INFO(list);
    const Pipeline pipeline = with_pipeline(list).pipeline;
    CHECK(without_origin(pipeline) == flux::spec::parse(pipeline.text));
  }
}

TEST_CASE("a list of fluxes is rendered as a person would write it") {
  const Pipeline pipeline =
      with_pipeline(R"x([{"agent": ["double", {"agent": "set", "params": {"a.b": "x", "n": [1.0, 2]}}]},
                         {"agent": "head( 3 )", "config": {"buffer_size": 50, "drop_policy": "block"}}])x")
          .pipeline;
  CHECK(pipeline.text ==
        R"x(double >> set(a.b="x", n=[1.0, 2]) | head( 3 ){buffer_size=50, drop_policy="block"})x");
}

TEST_CASE("only what comes from params is marked as such") {
  const Pipeline pipeline =
      with_pipeline(R"x([{"agent": ["f(1)", {"agent": "g", "params": {"n": 2}}]}])x").pipeline;
  CHECK(pipeline.fluxes[0].agents[0].arguments[0].from == Argument::From::spec);
  CHECK(pipeline.fluxes[0].agents[1].arguments[0].from == Argument::From::config);
}

TEST_CASE("variables are filled in inside strings") {
  const std::map<std::string, std::string> variables{
      {"NAME", "x"}, {"EMPTY", ""}, {"EVIL", "\", \"sink\": {"}};
  const Environment environment = [&](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
  const auto value = [&](const std::string& text) {
    return parse_config(R"({"pipeline": "a", "config": {"k": ")" + text + "\"}}", "p.json", environment)
        .defaults.at(0)
        .value;
  };
  CHECK(value("a ${NAME} b${NAME}") == "a x bx");
  CHECK(value("${EMPTY}") == "");
  CHECK(value("${EMPTY:-other}") == "other");
  CHECK(value("${UNSET:-a b}") == "a b");
  CHECK(value("${UNSET:-}") == "");
  CHECK(value("$${NAME} $NAME $$ {NAME}") == "${NAME} $NAME $$ {NAME}");
  CHECK(value("${EVIL}") == "\", \"sink\": {");
}

TEST_CASE("what a variable holds stays inside its string, in a rendered spec too") {
  const Environment evil = [](const std::string&) { return std::optional<std::string>("\") | rm(\""); };
  const Pipeline pipeline =
      parse_config(R"({"pipeline": [{"agent": "f", "params": {"p": "${X}"}}]})", "p.json", evil).pipeline;
  CHECK(pipeline.text == R"(f(p="\") | rm(\""))");
  CHECK(pipeline.fluxes.size() == 1);
}

TEST_CASE("a byte order mark is no part of the file") {
  CHECK(config("\xEF\xBB\xBF{\"pipeline\": \"a\"}").pipeline.text == "a");
}
