// What people see when a config file is wrong.
#include <doctest/doctest.h>

#include <optional>
#include <string>

#include "spec/config.hpp"
#include "spec/message.hpp"

namespace {

const flux::spec::Environment kNoVariables = [](const std::string&) -> std::optional<std::string> {
  return {};
};

std::string rejected(const std::string& json) {
  return message_of([&] { flux::spec::parse_config(json, "pipeline.json", kNoVariables); });
}

}  // namespace

TEST_CASE("an unknown key is an error with a suggestion") {
  CHECK(rejected("{\n  \"plugins\": [],\n  \"pipelin\": \"double\"\n}") ==
        R"(flux: pipeline.json:3:3: unknown key 'pipelin'
    "pipelin": "double"
    ^~~~~~~~~
did you mean 'pipeline'?
)");
  CHECK(rejected(R"({"pipeline": "a", "speed": 1})") == R"(flux: pipeline.json:1:19: unknown key 'speed'
  {"pipeline": "a", "speed": 1}
                    ^~~~~~~
known here: plugins, source, pipeline, config, sink, $schema
)");
  CHECK(rejected(R"({"pipeline": "a", "source": {"file": "x"}})") ==
        R"(flux: pipeline.json:1:30: unknown key 'file'
  {"pipeline": "a", "source": {"file": "x"}}
                               ^~~~~~
did you mean 'files'?
)");
  CHECK(rejected(R"({"pipeline": [{"agent": "a", "param": {}}]})") ==
        R"(flux: pipeline.json:1:30: unknown key 'param'
  {"pipeline": [{"agent": "a", "param": {}}]}
                               ^~~~~~~
did you mean 'params'?
)");
}

TEST_CASE("a value of the wrong kind is shown with the kind that is wanted") {
  CHECK(rejected("{\n\"plugins\": 3}") ==
        R"(flux: pipeline.json:2:12: 'plugins' must be a list of strings, found a number
  "plugins": 3}
             ^
write a list of strings
)");
  CHECK(rejected(R"({"plugins": [null]})") ==
        R"(flux: pipeline.json:1:14: 'plugins' must be a list of strings, found null
  {"plugins": [null]}
               ^~~~
write a list of strings
)");
  CHECK(rejected("[]") == R"(flux: pipeline.json:1:1: 'pipeline.json' must be an object, found a list
  []
  ^~
write an object
)");
  CHECK(rejected(R"({"pipeline": "a", "sink": "out"})") ==
        R"(flux: pipeline.json:1:27: 'sink' must be an object, found a string
  {"pipeline": "a", "sink": "out"}
                            ^~~~~
write an object
)");
  CHECK(rejected(R"({"pipeline": "a", "config": {"max_events": null}})") ==
        R"(flux: pipeline.json:1:44: 'max_events' must be a single value, found null
  {"pipeline": "a", "config": {"max_events": null}}
                                             ^~~~
write a number, a string, true or false, or leave the key out
)");
}

TEST_CASE("the column counts characters") {
  CHECK(rejected(R"({"pipeline": "é", "sink": 1})").starts_with("flux: pipeline.json:1:27: 'sink' must be"));
}

TEST_CASE("a key given twice is an error, at every level") {
  CHECK(rejected(R"({"pipeline": "a", "pipeline": "b"})") ==
        R"(flux: pipeline.json:1:19: key 'pipeline' is given twice
  {"pipeline": "a", "pipeline": "b"}
                    ^~~~~~~~~~
keep the one you mean
)");
  CHECK(rejected(R"({"config": {"a": 1, "a": 1}})")
            .starts_with("flux: pipeline.json:1:21: key 'a' is given twice\n"));
}

TEST_CASE("a config file without a pipeline runs nothing") {
  CHECK(rejected("{}") == R"(flux: pipeline.json:1:1: missing 'pipeline'
  {}
  ^
add "pipeline": "agent | agent"
)");
}

TEST_CASE("an empty file name is no file") {
  CHECK(rejected(R"({"pipeline": "a", "sink": {"file": ""}})") ==
        R"(flux: pipeline.json:1:36: 'file' holds an empty file name
  {"pipeline": "a", "sink": {"file": ""}}
                                     ^~
name a file
)");
}

TEST_CASE("a wrong spec is shown itself, and where it stands") {
  CHECK(rejected("{\n  \"pipeline\": \"double | head(3\"\n}") == R"(flux: pipeline.json:2:15: missing ')'
  double | head(3
               ^
this bracket is not closed: add the ')'
)");
}

TEST_CASE("a variable that is not set is named") {
  CHECK(rejected(R"({"pipeline": "head${N}"})") ==
        R"(flux: pipeline.json:1:14: environment variable 'N' is not set
  {"pipeline": "head${N}"}
               ^~~~~~~~~~
set it, or write ${N:-default}
)");
  CHECK(rejected(R"({"pipeline": "${1x}"})") == R"(flux: pipeline.json:1:14: '1x' is no name of a variable
  {"pipeline": "${1x}"}
               ^~~~~~~
write ${NAME} or ${NAME:-default}; $${ stands for ${ itself
)");
  CHECK(rejected(R"({"pipeline": "${x"})") ==
        R"(flux: pipeline.json:1:14: missing '}' behind '${'
  {"pipeline": "${x"}
               ^~~~~
write ${NAME} or ${NAME:-default}; $${ stands for ${ itself
)");
}

TEST_CASE("a file that is not there, or is a directory") {
  const auto loading = [](const std::string& path) {
    return message_of([&] { flux::spec::load_config(path, kNoVariables); });
  };
  CHECK(loading("/nonexistent/p.json") == "flux: there is no file '/nonexistent/p.json'\ncheck the name\n");
  CHECK(loading("/") == "flux: '/' is a directory, not a file\nname a file in it\n");
}
