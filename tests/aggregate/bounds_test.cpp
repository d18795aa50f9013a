// What is kept is bounded by bytes as well: a few values may be as long as many are.
#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parse/path_value.hpp"
#include "sdk/fake_host.hpp"

using flux_test::Event;
using flux_test::FakeHost;
using flux_test::int_value;
using flux_test::Outcome;
using flux_test::Values;

namespace {

constexpr std::string_view kTooLong =
    "what is kept of the groups takes more than 33554688 bytes; allow more with groups=N, or group by "
    "members with shorter values";
constexpr std::string_view kTooMuch =
    "what is kept of the groups takes more than 33556992 bytes; allow more with groups=N, or group by "
    "members with shorter values";

constexpr std::size_t kMiB = 1 << 20;

// Different strings of 1 MiB.
std::string long_value(int i) {
  return '"' + std::to_string(i % 10) + std::string(kMiB - 3, char('a' + i / 10)) + '"';
}

}  // namespace

TEST_CASE("values that are too long together end the stream and fail the run") {
  const PathValue a({"a"});
  FakeHost host("count", {{"by", a.value()}, {"groups", int_value(10)}});
  std::vector<Event> events;
  for (int i = 0; i < 10; ++i) events.push_back({'"' + std::string(4 * kMiB, char('a' + i)) + '"'});
  const Outcome outcome = host.run(events);
  CHECK(outcome.status == FLUX_END);
  CHECK(outcome.consumed == 9);
  CHECK(host.finish().error == kTooMuch);
}

TEST_CASE("instances whose values fit apart may not fit together") {
  const PathValue a({"a"});
  const Values values{{"by", a.value()}, {"groups", int_value(100)}};
  FakeHost one("count", values);
  FakeHost other("count", values);
  for (int i = 0; i < 20; ++i) {
    CHECK(one.run({{long_value(i)}}).status == FLUX_OK);
    CHECK(other.run({{long_value(i + 15)}}).status == FLUX_OK);
  }
  CHECK(one.merge(other) == FLUX_OK);
  CHECK(one.finish().status == FLUX_FAILED);
}

TEST_CASE("the last event of a group counts with the length that it has now") {
  FakeHost host("last", {{"groups", int_value(1)}});
  const auto event = [](std::size_t size) {
    return std::vector<Event>{{'"' + std::string(size, 'x') + '"'}};
  };
  CHECK(host.run(event(30 * kMiB)).status == FLUX_OK);
  CHECK(host.run(event(5)).status == FLUX_OK);
  CHECK(host.run(event(20 * kMiB)).status == FLUX_OK);
  FakeHost after("last", {{"groups", int_value(1)}});
  REQUIRE(after.restore(1, host.save()));
  CHECK(after.run(event(33 * kMiB)).status == FLUX_END);
  CHECK(after.finish().error == kTooLong);
}
