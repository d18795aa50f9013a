// stats without flux around it: what its rows say, exactly.
#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

#include "draw.hpp"
#include "parse/path_value.hpp"
#include "sdk/fake_host.hpp"

using flux_test::Event;
using flux_test::FakeHost;
using flux_test::Outcome;
using flux_test::Values;
using Lines = std::vector<std::string>;

namespace {

constexpr std::nullopt_t kMissing = std::nullopt;

std::string row_of(const std::vector<Event>& events) {
  const PathValue path({"a"});
  FakeHost host("stats", {{"path", path.value()}});
  host.run(events);
  return host.finish().results.at(0);
}

std::vector<Event> any_events(Draw& draw) {
  const std::string numbers[] = {"1", "2.5", "-7", "9007199254740993", "1e300", "0.1", "1.0", "-0.0"};
  const std::string groups[] = {R"("x")", R"("\u0078")", "1", "1.0", "[1, 2]", R"("b\n")"};
  std::vector<Event> events(draw.below(30));
  for (Event& event : events) {
    event = {groups[draw.below(6)], numbers[draw.below(8)]};
    if (draw.below(6) == 0) event[draw.below(2)] = kMissing;
  }
  return events;
}

}  // namespace

TEST_CASE("stats of ints tell ints, with all digits of the sum") {
  CHECK(row_of({{"9223372036854775807"}, {"9223372036854775807"}, {"-9007199254740993"}}) ==
        R"(0: {"count":3,"sum":18437736874454810621,"min":-9007199254740993,"max":9223372036854775807,)"
        R"("mean":6.145912291484937e18,"stddev":5.330316637228541e18,"p50":9.186e18,)"
        R"("p90":9.223372036854776e18,"p99":9.223372036854776e18})");
}

TEST_CASE("stats of floats are rounded once") {
  CHECK(row_of({{"0.1"}, {"0.2"}, {"0.3"}, {"-0.1"}, {"-0.2"}}) ==
        R"(0: {"count":5,"sum":0.3,"min":-0.2,"max":0.3,"mean":0.06,"stddev":0.20736441353327723,)"
        R"("p50":0.09995,"p90":0.3,"p99":0.3})");
  CHECK(row_of({{"1e308"}, {"1e308"}, {"1e308"}}) ==
        R"(0: {"count":3,"sum":null,"min":1e308,"max":1e308,"mean":1e308,"stddev":0.0,)"
        R"("p50":1e308,"p90":1e308,"p99":1e308})");
}

TEST_CASE("the extremes keep the kind they had, and of equal ones the int") {
  const std::string row = R"(0: {"count":4,"sum":8.0,"min":1,"max":3,"mean":2.0,)";
  CHECK(row_of({{"1"}, {"1.0"}, {"3.0"}, {"3"}}).substr(0, row.size()) == row);
  CHECK(row_of({{"3"}, {"3.0"}, {"1.0"}, {"1"}}).substr(0, row.size()) == row);
}

TEST_CASE("what is missing does not count, and what is no number fails") {
  const PathValue path({"a"});
  const PathValue by({"b"});
  FakeHost host("stats", {{"path", path.value()}, {"by", by.value()}});
  CHECK(host.run({{"1", "1"}, {"1", kMissing}, {"2", kMissing}, {"3", R"("5")"}, {"1", "1e999"}}).failures ==
        Lines{"3: refused: member 'a': wants a number, found \"5\"",
              "4: refused: member 'a': wants a number, found 1e999, which is beyond the range of a float"});
  CHECK(host.finish().results ==
        Lines{R"(0: {"b":1,"count":1,"sum":1,"min":1,"max":1,"mean":1.0,"stddev":null,)"
              R"("p50":1.0,"p90":1.0,"p99":1.0})",
              R"(1: {"b":2,"count":0,"sum":0,"min":null,"max":null,"mean":null,"stddev":null,)"
              R"("p50":null,"p90":null,"p99":null})"});
}

TEST_CASE("stats do not depend on the split, and go on from a snapshot") {
  for_seeds(100, [](Draw& draw) {
    const PathValue path({"a"});
    const PathValue by({"b"});
    const Values values = {{"path", path.value()}, {"by", by.value()}};
    FakeHost whole("stats", values);
    FakeHost one("stats", values);
    FakeHost other("stats", values);
    FakeHost restored("stats", values);
    for (FakeHost* const part : {&one, &other, &one}) {
      const std::vector<Event> events = any_events(draw);
      part->run(events);
      whole.run(events);
    }
    REQUIRE(other.merge(one) == FLUX_OK);
    REQUIRE(restored.restore(1, other.save()));
    const Lines expected = whole.finish().results;
    REQUIRE(other.finish().results == expected);
    REQUIRE(restored.finish().results == expected);
  });
}
