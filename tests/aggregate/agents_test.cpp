// What the agents make of events, of each other's state and of snapshots.
#include <doctest/doctest.h>

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parse/path_value.hpp"
#include "sdk/fake_host.hpp"

using flux_test::describe;
using flux_test::Event;
using flux_test::FakeHost;
using flux_test::int_value;
using flux_test::Outcome;
using flux_test::Values;
using Lines = std::vector<std::string>;

namespace {

// by=[a, b.c]
class Paths {
 public:
  explicit Paths(const std::vector<std::vector<std::string>>& paths) {
    for (const auto& names : paths) items_.push_back({{}, paths_.emplace_back(names).value()});
  }
  flux_value value() const {
    flux_value list{};
    list.kind = FLUX_PATH;
    list.is_list = 1;
    list.as.list.items = items_.data();
    list.as.list.size = items_.size();
    return list;
  }

 private:
  std::deque<PathValue> paths_;
  std::vector<flux_item> items_;
};

// Rows of a run and of its end together.
Lines all_rows(FakeHost& host, const std::vector<Event>& events) {
  const Outcome outcome = host.run(events);
  CHECK(outcome.failures.empty());
  Lines rows = outcome.results;
  const Outcome end = host.finish();
  rows.insert(rows.end(), end.results.begin(), end.results.end());
  return rows;
}

struct Case {
  std::string agent;
  Values values;
  bool merges;
};

}  // namespace

TEST_CASE("count wants the members that tell groups apart, and nothing else") {
  const Paths by({{"a"}, {"b", "c"}});
  CHECK(describe(FakeHost("count").input()) == "nothing");
  CHECK(describe(FakeHost("count", {{"by", by.value()}}).input()) == "{a?: json, b.c?: json}");
  CHECK(describe(FakeHost("top_values", {{"n", int_value(1)}}).input()) == "json");
  CHECK(!FakeHost("count").in_order());
  CHECK(FakeHost("count", {{"every", int_value(2)}}).in_order());
  CHECK(FakeHost("top_values", {{"n", int_value(1)}, {"every", int_value(2)}}).in_order());
}

TEST_CASE("rows that find no room are given in the next call") {
  const Paths by({{"a"}});
  FakeHost host("count", {{"by", by.value()}, {"every", int_value(3)}}, {.capacity = 2, .text = 40});
  CHECK(all_rows(host, {{"1"}, {"2"}, {"3"}, {"3"}}) ==
        Lines{R"(2: {"a":1,"count":1})", R"(2: {"a":2,"count":1})", R"(2: {"a":3,"count":1})",
              R"(0: {"a":3,"count":2})", R"(1: {"a":1,"count":1})", R"(0: {"a":2,"count":1})"});
}

TEST_CASE("with one group too many the agent ends the stream and fails at its end") {
  const Paths by({{"a"}});
  for (const char* agent : {"count", "top_values"}) {
    CAPTURE(agent);
    Values values{{"by", by.value()}, {"groups", int_value(2)}, {"n", int_value(9)}};
    const PathValue path({"a"});
    if (agent == std::string_view("top_values")) values["by"] = path.value();
    FakeHost host(agent, values);
    const Outcome outcome = host.run({{"1"}, {"2"}, {"1"}, {"3"}, {"1"}});
    CHECK(outcome.status == FLUX_END);
    CHECK(outcome.consumed == 4);
    const Outcome end = host.finish();
    CHECK(end.status == FLUX_FAILED);
    CHECK(end.error ==
          "there are more than 2 groups; allow more with groups=N, or group by members with fewer values");
  }
}

TEST_CASE("instances that have room apart may have none together") {
  const Paths by({{"a"}});
  const Values values{{"by", by.value()}, {"groups", int_value(2)}};
  FakeHost one("count", values);
  FakeHost other("count", values);
  one.run({{"1"}, {"2"}});
  other.run({{"2"}, {"3"}});
  CHECK(one.merge(other) == FLUX_OK);
  CHECK(one.finish().status == FLUX_FAILED);

  FakeHost fits("count", values);
  FakeHost same("count", values);
  fits.run({{"1"}, {"2"}});
  same.run({{"2"}, {"1"}, {"2"}});
  CHECK(fits.merge(same) == FLUX_OK);
  CHECK(fits.finish().results == Lines{R"(0: {"a":2,"count":3})", R"(1: {"a":1,"count":2})"});
}

TEST_CASE("merging and going on from a snapshot give what one instance gives that saw all") {
  const Paths by({{"a"}});
  const PathValue path({"a"});
  const std::vector<Case> cases = {
      {"count", {}, true},
      {"count", {{"by", by.value()}}, true},
      {"count", {{"by", by.value()}, {"every", int_value(3)}}, false},
      {"top_values", {{"n", int_value(2)}, {"by", path.value()}}, true},
      {"top_values", {{"n", int_value(2)}, {"by", path.value()}, {"every", int_value(4)}}, false},
      {"first", {{"by", by.value()}}, false},
      {"last", {{"by", by.value()}}, false},
      {"last", {}, false},
      {"top", {{"n", int_value(3)}, {"by", path.value()}}, false},
  };
  for (const Case& one : cases) {
    CAPTURE(one.agent);
    const bool is_whole = one.agent == "last" || one.agent == "top";
    std::vector<Event> events;
    for (const int a : {1, 2, 2, 5, 1, 1, 4, 3, 5, 5, 4, 4}) {
      const std::string value = std::to_string(a);
      const std::string i = std::to_string(events.size());
      const bool wants_none = one.agent == "count" && one.values.empty();
      events.push_back(wants_none ? Event{}
                                  : Event{is_whole ? R"({"a":)" + value + R"(,"i":)" + i + "}" : value});
    }
    const std::vector<Event> left(events.begin(), events.begin() + 7);
    const std::vector<Event> right(events.begin() + 7, events.end());
    FakeHost whole(one.agent, one.values);
    const Outcome before = whole.run(left);
    const std::string snapshot = whole.save();
    const Outcome behind = whole.run(right);
    const bool finishes = one.agent != "first";
    const Lines last = finishes ? whole.finish().results : Lines{};

    FakeHost again(one.agent, one.values);
    again.run({events[3]});  // which it forgets
    REQUIRE(again.restore(1, snapshot));
    CHECK(again.run(right).results == behind.results);
    if (finishes) CHECK(again.finish().results == last);

    if (!one.merges) continue;
    FakeHost mine(one.agent, one.values);
    FakeHost theirs(one.agent, one.values);
    mine.run(right);
    theirs.run(left);
    REQUIRE(mine.merge(theirs) == FLUX_OK);
    CHECK(mine.finish().results == last);
  }
}

TEST_CASE("a damaged snapshot is refused") {
  const Paths by({{"a"}});
  FakeHost host("count", {{"by", by.value()}});
  host.run({{"1"}, {"2"}});
  const std::string snapshot = host.save();
  for (std::size_t size = 0; size < snapshot.size(); ++size) {
    FakeHost other("count", {{"by", by.value()}});
    CHECK(!other.restore(1, snapshot.substr(0, size)));
  }
}

TEST_CASE("a snapshot of more groups than there may be is refused") {
  const Paths by({{"a"}});
  FakeHost host("count", {{"by", by.value()}});
  host.run({{"1"}, {"2"}});
  FakeHost other("count", {{"by", by.value()}, {"groups", int_value(1)}});
  CHECK(!other.restore(1, host.save()));
  CHECK(other.error() == "the snapshot has a group twice, or more than there may be");
}

TEST_CASE("limits that make no sense are refused") {
  CHECK(FakeHost("count", {{"groups", int_value(0)}}).error() ==
        "groups must be between 1 and 1000000000, found 0");
  CHECK(FakeHost("count", {{"every", int_value(0)}}).error() == "every must be at least 1, found 0");
  CHECK(FakeHost("top", {{"n", int_value(-1)}}).error() == "n must be at least 0, found -1");
  CHECK(FakeHost("top_values", {{"n", int_value(-1)}}).error() == "n must be at least 0, found -1");
}
