// stats without flux around it, at its edges: what it asks for, numbers close to each
// other, damaged snapshots, too many groups.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "parse/path_value.hpp"
#include "sdk/fake_host.hpp"

using flux_test::describe;
using flux_test::Event;
using flux_test::FakeHost;
using flux_test::int_value;
using flux_test::Outcome;
using flux_test::Values;

namespace {

const PathValue kValue({"v"});
const PathValue kGroup({"g"});

Values by_group() { return {{"path", kValue.value()}, {"by", kGroup.value()}}; }

std::string row_of(const std::vector<Event>& events) {
  FakeHost host("stats", {{"path", kValue.value()}});
  host.run(events);
  return host.finish().results.at(0);
}

}  // namespace

TEST_CASE("stats wants its groups and its number, and order only where rows are due meanwhile") {
  CHECK(describe(FakeHost("stats", by_group()).input()) == "{g?: json, v?: json}");
  CHECK(!FakeHost("stats", by_group()).in_order());
  Values every = by_group();
  every["every"] = int_value(2);
  CHECK(FakeHost("stats", every).in_order());
}

TEST_CASE("a deviation survives numbers that are large and close to each other") {
  // The median is an estimate: the middle of the bucket of all three, but no more than the largest.
  CHECK(row_of({{"1000000000000001"}, {"1000000000000002"}, {"1000000000000003"}}) ==
        R"(0: {"count":3,"sum":3000000000000006,"min":1000000000000001,"max":1000000000000003,)"
        R"("mean":1000000000000002.0,"stddev":1.0,"p50":1000000000000003.0,)"
        R"("p90":1000000000000003.0,"p99":1000000000000003.0})");
}

TEST_CASE("a snapshot of stats that was cut off is refused") {
  FakeHost host("stats", by_group());
  host.run({{"1", "2.5"}, {"2", "-7"}});
  const std::string snapshot = host.save();
  for (std::size_t size = 0; size < snapshot.size(); ++size) {
    CAPTURE(size);
    FakeHost other("stats", by_group());
    CHECK(!other.restore(1, snapshot.substr(0, size)));
  }
}

TEST_CASE("stats with one group too many ends the stream and fails at its end") {
  Values values = by_group();
  values["groups"] = int_value(1);
  FakeHost host("stats", values);
  CHECK(host.run({{"1", "2"}, {"2", "2"}, {"1", "2"}}).status == FLUX_END);
  const Outcome end = host.finish();
  CHECK(end.status == FLUX_FAILED);
  CHECK(end.error ==
        "there are more than 1 groups; allow more with groups=N, or group by members with fewer values");
}
