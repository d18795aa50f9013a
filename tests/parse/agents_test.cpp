// The agents that read text: which types they have, and what they make of events.
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "path_value.hpp"
#include "sdk/fake_host.hpp"

using flux_test::describe;
using flux_test::FakeHost;
using flux_test::Outcome;
using flux_test::string_value;
using flux_test::Values;
using Lines = std::vector<std::string>;

namespace {

flux_value bool_value(bool is_true) {
  flux_value value{};
  value.kind = FLUX_BOOL;
  value.as.boolean = is_true ? 1 : 0;
  return value;
}

class Names {
 public:
  explicit Names(const std::vector<std::string_view>& names) {
    for (const std::string_view name : names) items_.push_back({{}, string_value(name)});
  }
  flux_value value() const {
    flux_value list{};
    list.kind = FLUX_STRING;
    list.is_list = 1;
    list.as.list.items = items_.data();
    list.as.list.size = items_.size();
    return list;
  }

 private:
  std::vector<flux_item> items_;
};

std::string refusal(std::string_view agent, const Values& values) {
  const FakeHost host(agent, values);
  return host.is_created() ? "created" : host.error();
}

}  // namespace

TEST_CASE("a parsing agent reads the event itself, or a member") {
  for (const char* agent : {"parse_clf", "parse_syslog", "parse_logfmt", "parse_kv", "parse_json"}) {
    CAPTURE(agent);
    CHECK(describe(FakeHost(agent).input()) == "string");
    const PathValue path({"log", "text"});
    CHECK(describe(FakeHost(agent, {{"path", path.value()}}).input()) == "{log.text: string}");
  }
}

TEST_CASE("records have typed columns") {
  CHECK(describe(FakeHost("parse_clf").output()) ==
        "{host: string, ident?: string, user?: string, time: string, method?: string, path?: string, "
        "protocol?: string, request?: string, status: int, size?: int, referer?: string, "
        "user_agent?: string}");
  const Outcome outcome =
      FakeHost("parse_clf").run({{R"(h - - [25/Nov/2026:03:32:59 +0000] "" 404 -)"}, {"x"}});
  CHECK(outcome.results == Lines{"0: h, -, -, 2026-11-25T03:32:59+00:00, -, -, -, , 404, -, -, -"});
  CHECK(outcome.failures == Lines{"1: refused: expected a host and a space at column 1, found 'x'"});
}

TEST_CASE("an agent that keeps the event sets a member") {
  const PathValue path({"log"});
  FakeHost host("expand_logfmt", {{"path", path.value()}});
  CHECK(describe(host.input()) == "{log: string}");
  CHECK(describe(host.output()) == "{log?: json}");
  const Outcome outcome = host.run({{"a=1"}, {"="}, {"b"}});
  CHECK(outcome.results == Lines{R"(0: {"a":"1"})", R"(2: {"b":true})"});
  CHECK(outcome.failures == Lines{"1: refused: expected a key at column 1, found '='"});

  const PathValue into({"fields", "log"});
  CHECK(describe(FakeHost("expand_json", {{"path", path.value()}, {"into", into.value()}}).output()) ==
        "{fields.log?: json}");
}

TEST_CASE("columns of CSV have the names that were given, and must all be there") {
  const Names names({"id", "note"});
  FakeHost host("parse_csv", {{"columns", names.value()}});
  CHECK(describe(host.output()) == "{id?: string, note?: string}");
  const Outcome outcome = host.run({{"7,\"a \"\"b\"\"\""}, {"7"}, {"1,2,3"}, {"\"7"}, {"8,"}});
  CHECK(outcome.results == Lines{"0: 7, a \"b\"", "4: 8, "});
  CHECK(outcome.failures ==
        Lines{"1: refused: expected 2 fields, found 1 field", "2: refused: expected 2 fields, found 3 fields",
              "3: refused: expected a closing quote at column 3, found the end of the line"});

  FakeHost typed("parse_csv", {{"columns", names.value()}, {"typed", bool_value(true)}});
  CHECK(describe(typed.output()) == "{id?: json, note?: json}");
  CHECK(typed.run({{"7,\"x\""}, {"007,true"}}).results == Lines{"0: 7, \"x\"", "1: \"007\", true"});
}

TEST_CASE("columns that cannot be are refused") {
  const Names twice({"a", "b", "a"});
  CHECK(refusal("parse_csv", {{"columns", twice.value()}}) == "two columns are called 'a'");
  const Names one({"a"});
  for (const char* separator : {"", "ab", "\"", "\u00e9"}) {
    CHECK(refusal("parse_csv", {{"columns", one.value()}, {"separator", string_value(separator)}}) ==
          "separator must be one ASCII character and no quote, found '" + std::string(separator) + "'");
  }
  CHECK(refusal("parse_csv", {{"columns", Names({}).value()}}) == "columns must name at least one column");
}

TEST_CASE("named groups are the members, and one that took no part is missing") {
  FakeHost host("parse_regex",
                {{"pattern", string_value(R"((?P<word>\pL+)( (?P<number>\d+))?(,(?P<rest>.*))?)")}});
  CHECK(describe(host.output()) == "{word?: string, number?: string, rest?: string}");
  const Outcome outcome = host.run({{"- caf\u00e9 7"}, {"a,"}, {"12"}, {""}});
  CHECK(outcome.results == Lines{"0: caf\u00e9, 7, -", "1: a, -, "});
  CHECK(outcome.failures == Lines{"2: refused: the pattern is not found in the text",
                                  "3: refused: the pattern is not found in the text"});
}

TEST_CASE("a pattern that is none is refused with the reason of RE2") {
  CHECK(refusal("parse_regex", {{"pattern", string_value("a(")}}) ==
        "the pattern is no regular expression of RE2: missing ): a(");
  CHECK(refusal("parse_regex", {{"pattern", string_value("(?P<a>x)(?P<a>y)")}}) ==
        "two columns are called 'a'");
  CHECK(refusal("parse_regex", {{"pattern", string_value("a(b)")}}) ==
        "the pattern has no named group: write (?P<name>...) around what is wanted");
}

TEST_CASE("unnest gives as many results as there is room for") {
  const PathValue path({"a"});
  std::string event = "{\"n\":1,\"a\":[";
  for (int i = 0; i < 200; ++i) event += std::to_string(i) + ",";
  event += "200]}";
  const Outcome outcome = FakeHost("unnest", {{"path", path.value()}}, {.capacity = 64, .text = 300})
                              .run({{event}, {"{\"a\":[]}"}});
  CHECK(outcome.results.size() == 201);
  CHECK(outcome.results.front() == R"(0: {"n":1,"a":0})");
  CHECK(outcome.results.back() == R"(0: {"n":1,"a":200})");
  CHECK(outcome.failures.empty());
}

TEST_CASE("unnest wants an array") {
  const PathValue path({"a", "b"});
  const Outcome outcome = FakeHost("unnest", {{"path", path.value()}})
                              .run({{R"({"a":{"b":7}})"},
                                    {R"({"a":1})"},
                                    {R"({"a":{"b":{"c":"a long one, not shown"}}})"},
                                    {R"({"a": {"b": [1, [2]], "c": 1.10}, "z": 1})"},
                                    {"7"}});
  CHECK(outcome.results ==
        Lines{R"(3: {"a": {"b": 1, "c": 1.10}, "z": 1})", R"(3: {"a": {"b": [2], "c": 1.10}, "z": 1})"});
  CHECK(outcome.failures == Lines{"0: refused: member 'a.b': wants an array, found 7",
                                  "1: refused: member 'a.b' is missing, and an array is wanted",
                                  "2: refused: member 'a.b': wants an array, found an object",
                                  "4: refused: member 'a.b' is missing, and an array is wanted"});
}

TEST_CASE("get gives what is there, and null where nothing is") {
  const PathValue path({"a"});
  CHECK(FakeHost("get", {{"path", path.value()}}).run({{"[1, 2]"}, {{}}}).results ==
        Lines{"0: [1, 2]", "1: null"});
}
