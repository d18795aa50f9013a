// The filter plugin without flux around it: what its agents let pass, and what they
// remember across a checkpoint.
#include <doctest/doctest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "arguments.hpp"
#include "fake_host.hpp"

using flux_test::describe;
using flux_test::Event;
using flux_test::FakeHost;
using flux_test::int_value;
using flux_test::string_value;
using flux_test::Values;
using Lines = std::vector<std::string>;

namespace {

std::vector<Event> values(const std::vector<std::string>& texts) {
  std::vector<Event> events;
  for (const std::string& text : texts) events.push_back({text});
  return events;
}

// Which of the events pass.
Lines passing(FakeHost& host, const std::vector<Event>& events) { return host.run(events).results; }

std::string refusal(std::string_view agent, const Values& values) {
  const FakeHost host(agent, values);
  return host.is_created() ? "created" : host.error();
}

// A second instance that goes on where the first one is.
void require_restored(FakeHost& after, FakeHost& before) { REQUIRE(after.restore(1, before.save())); }

}  // namespace

TEST_CASE("sample lets exactly the fraction of every prefix pass") {
  FakeHost host("sample", {{"rate", float_value(0.3)}});
  CHECK(passing(host, std::vector<Event>(10)) == Lines{"3", "6", "9"});
  FakeHost none("sample", {{"rate", float_value(0)}});
  CHECK(passing(none, std::vector<Event>(3)) == Lines{});
  FakeHost all("sample", {{"rate", float_value(1)}});
  CHECK(passing(all, std::vector<Event>(3)) == Lines{"0", "1", "2"});
}

TEST_CASE("sample goes on counting behind a checkpoint") {
  FakeHost before("sample", {{"rate", float_value(0.3)}});
  CHECK(passing(before, std::vector<Event>(5)) == Lines{"3"});
  FakeHost after("sample", {{"rate", float_value(0.3)}});
  require_restored(after, before);
  CHECK(passing(after, std::vector<Event>(5)) == Lines{"1", "4"});
  CHECK(!FakeHost("sample", {{"rate", float_value(1)}}).restore(1, before.save()));
}

TEST_CASE("sample by a member gives each value one fate, whatever its escapes") {
  Arguments arguments;
  FakeHost host("sample", {{"rate", float_value(0.5)}, {"by", arguments.member("user")}});
  CHECK(describe(host.input()) == "{user?: json}");
  // XXH64 of ann: 0x0b41…, of bob: 0x9287….
  const std::vector<Event> events = values({"\"ann\"", "\"bob\"", R"("\u0061nn")", "\"bob\"", "\"ann\""});
  CHECK(passing(host, events) == Lines{"0", "2", "4"});
}

TEST_CASE("dedupe lets the first event of each value pass") {
  Arguments arguments;
  FakeHost host("dedupe", {{"by", arguments.member("id")}});
  CHECK(describe(host.input()) == "{id?: json}");
  CHECK(passing(host, values({"1", "2", "1", "\"1\"", "1.0", R"("\u0031")", R"({"a":1})", R"({"a": 1})"})) ==
        Lines{"0", "1", "3", "4", "6"});
}

TEST_CASE("dedupe by several members takes them together") {
  Arguments arguments;
  FakeHost host("dedupe", {{"by", arguments.members({"a", "b.c"})}});
  CHECK(describe(host.input()) == "{a?: json, b.c?: json}");
  CHECK(passing(host, {{"1", "23"}, {"12", "3"}, {"1", "23"}, {"1", {}}, {{}, "1"}, {"1", {}}}) ==
        Lines{"0", "1", "3", "4"});
}

TEST_CASE("dedupe lets events pass that have none of the members") {
  Arguments arguments;
  FakeHost host("dedupe", {{"by", arguments.members({"a", "b"})}});
  CHECK(passing(host, {{{}, {}}, {{}, {}}, {"1", {}}, {"1", {}}}) == Lines{"0", "1", "2"});
}

TEST_CASE("dedupe without members compares whole events, null among them") {
  FakeHost host("dedupe");
  CHECK(describe(host.input()) == "json");
  CHECK(passing(host, {{"1"}, {{}}, {"1"}, {{}}, {"[1]"}, {"[1] "}}) == Lines{"0", "1", "4", "5"});
}

TEST_CASE("dedupe forgets what was not met for longest") {
  Arguments arguments;
  FakeHost host("dedupe", {{"by", arguments.member("id")}, {"size", int_value(2)}});
  // 1 is met again before 3 comes, so that 2 is forgotten.
  CHECK(passing(host, values({"1", "2", "1", "3", "1", "2"})) == Lines{"0", "1", "3", "5"});
}

TEST_CASE("dedupe remembers behind a checkpoint, and in what order it met them") {
  Arguments arguments;
  const Values values_of = {{"by", arguments.member("id")}, {"size", int_value(2)}};
  FakeHost before("dedupe", values_of);
  passing(before, values({"1", "2", "1"}));
  FakeHost after("dedupe", values_of);
  require_restored(after, before);
  CHECK(passing(after, values({"3", "1", "2"})) == Lines{"0", "2"});
  CHECK(!after.restore(1, before.save() + "x"));
  CHECK(!after.restore(1, before.save().substr(0, 12)));
}

TEST_CASE("changed compares with the event before, and missing is a value") {
  Arguments arguments;
  FakeHost host("changed", {{"paths", arguments.members({"state"})}});
  CHECK(passing(host, {{{}}, {{}}, {"\"up\""}, {R"("\u0075p")"}, {"\"down\""}, {{}}, {"0"}}) ==
        Lines{"0", "2", "4", "5", "6"});
}

TEST_CASE("changed looks at all its members") {
  Arguments arguments;
  FakeHost host("changed", {{"paths", arguments.members({"a", "b"})}});
  CHECK(passing(host, {{"1", "1"}, {"1", "1"}, {"1", "2"}, {"2", "2"}, {"2", "2"}}) == Lines{"0", "2", "3"});
}

TEST_CASE("changed goes on behind a checkpoint") {
  Arguments arguments;
  const Values paths = {{"paths", arguments.members({"a"})}};
  FakeHost before("changed", paths);
  passing(before, values({"1"}));
  FakeHost after("changed", paths);
  require_restored(after, before);
  CHECK(passing(after, values({"1", "2"})) == Lines{"1"});
}

TEST_CASE("throttle lets n events of each window pass") {
  Arguments arguments;
  FakeHost host("throttle",
                {{"n", int_value(2)}, {"per", string_value("10s")}, {"on", arguments.member("ts")}});
  CHECK(describe(host.input()) == "{ts?: json}");
  CHECK(passing(host, values({"10", "19.999", "11", "20", "29", "29.5", "30", "-0.5", "-10"})) ==
        Lines{"0", "1", "3", "4", "6", "7", "8"});
}

TEST_CASE("throttle counts late events where they belong, up to one window back") {
  Arguments arguments;
  FakeHost host("throttle",
                {{"n", int_value(2)}, {"per", string_value("10s")}, {"on", arguments.member("ts")}});
  // One of the window from 10 on, one of that from 20 on, then one and one too many late.
  CHECK(passing(host, values({"10", "20", "11", "12", "21", "22"})) == Lines{"0", "1", "2", "4"});
  // Between 20 and 40 nothing was seen: there is room for two that come late.
  CHECK(passing(host, values({"40", "30", "31", "32", "41", "42"})) == Lines{"0", "1", "2", "4"});
}

TEST_CASE("throttle counts anew when the clock is set back") {
  Arguments arguments;
  FakeHost host("throttle",
                {{"n", int_value(1)}, {"per", string_value("1s")}, {"on", arguments.member("ts")}});
  CHECK(passing(host, values({"5", "4000000000", "6", "6.5", "7", "7.5"})) == Lines{"0", "1", "2", "4"});
}

TEST_CASE("throttle counts each value apart, and forgets those not met for longest") {
  Arguments arguments;
  FakeHost host("throttle", {{"n", int_value(1)},
                             {"per", string_value("1m")},
                             {"on", arguments.member("ts")},
                             {"by", arguments.members({"host"})},
                             {"size", int_value(2)}});
  CHECK(passing(host, {{"0", "1"}, {"1", "2"}, {"2", "1"}, {"3", {}}, {"4", "1"}, {"5", "2"}, {"6", {}}}) ==
        Lines{"0", "1", "3", "5", "6"});
}

TEST_CASE("throttle fails events whose time it cannot read") {
  Arguments arguments;
  FakeHost host("throttle",
                {{"n", int_value(1)}, {"per", string_value("1s")}, {"on", arguments.member("at.ts")}});
  const auto outcome = host.run({{{}}, {"\"yesterday\""}, {"{}"}, {"true"}, {"1e400"}, {"1"}});
  CHECK(outcome.results == Lines{"5"});
  const std::string wants =
      ": refused: member 'at.ts': wants a time of RFC 3339 or a number since 1970, found ";
  CHECK(outcome.failures == Lines{"0: refused: member 'at.ts' is missing, and is the event's time",
                                  "1" + wants + "\"yesterday\"", "2" + wants + "an object",
                                  "3" + wants + "true", "4" + wants + "1e400"});
}

TEST_CASE("throttle goes on counting behind a checkpoint") {
  Arguments arguments;
  const Values values_of = {
      {"n", int_value(2)}, {"per", string_value("10s")}, {"on", arguments.member("ts")}};
  FakeHost before("throttle", values_of);
  passing(before, values({"10", "20"}));
  FakeHost after("throttle", values_of);
  require_restored(after, before);
  CHECK(passing(after, values({"11", "12", "21", "22"})) == Lines{"0", "2"});
}

TEST_CASE("tail gives the last events at the end, as they are") {
  FakeHost host("tail", {{"n", int_value(2)}});
  CHECK(host.run({{"1"}, {"{ \"a\" : 1.10 }"}, {"3"}, {"[ ]"}, {"\"\\u0061\""}}).results.empty());
  CHECK(host.finish().results == Lines{"0: [ ]", "1: \"\\u0061\""});
}

TEST_CASE("tail of a short stream is all of it, and of no events nothing") {
  FakeHost longer("tail", {{"n", int_value(10)}});
  longer.run({{"1"}, {"2"}});
  CHECK(longer.finish().results == Lines{"0: 1", "1: 2"});
  FakeHost none("tail", {{"n", int_value(0)}});
  none.run({{"1"}, {"2"}});
  CHECK(none.finish().results.empty());
  CHECK(FakeHost("tail", {{"n", int_value(3)}}).finish().results.empty());
}

TEST_CASE("tail goes on behind a checkpoint, in the middle of a round") {
  const Values n = {{"n", int_value(3)}};
  FakeHost before("tail", n);
  before.run({{"1"}, {"2"}, {"3"}, {"4"}});
  FakeHost after("tail", n);
  require_restored(after, before);
  after.run({{"5"}});
  CHECK(after.finish().results == Lines{"0: 3", "1: 4", "2: 5"});
}

TEST_CASE("parameters of filters out of range are refused") {
  Arguments arguments;
  CHECK(refusal("sample", {{"rate", float_value(1.5)}}) == "rate must be between 0 and 1, found 1.5");
  CHECK(refusal("sample", {{"rate", float_value(-0.1)}}) == "rate must be between 0 and 1, found -0.1");
  CHECK(refusal("sample", {{"rate", float_value(1e-20)}}) ==
        "rate has at most 18 decimal places, found 0.00000000000000000001");
  CHECK(refusal("dedupe", {{"size", int_value(0)}}) == "size must be between 1 and 1000000000, found 0");
  CHECK(refusal("tail", {{"n", int_value(-1)}}) == "n must be at least 0, found -1");
  const flux_value ts = arguments.member("ts");
  CHECK(refusal("throttle", {{"n", int_value(0)}, {"per", string_value("1s")}, {"on", ts}}) ==
        "n must be at least 1, found 0");
  CHECK(refusal("throttle", {{"n", int_value(1)}, {"per", string_value("1 s")}, {"on", ts}}) ==
        "per wants a span of time above 0, such as \"500ms\", \"1s\", \"5m\", \"1h30m\" or \"7d\", found \"1 "
        "s\"");
}
