// The agents that ship, without flux around them. What their examples show is
// tested where there is JSON; here are the edges.
#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fake_host.hpp"

using flux_test::FakeHost;
using flux_test::int_value;
using flux_test::Outcome;
using Lines = std::vector<std::string>;

namespace {

constexpr const char* kMax = "9223372036854775807";
constexpr const char* kMin = "-9223372036854775808";

// A list of paths of one name each, as drop(a, b) gives it.
class Paths {
 public:
  explicit Paths(std::vector<std::string_view> names) {
    for (const std::string_view name : names) names_.push_back({name.data(), name.size()});
    for (const flux_str& name : names_) {
      flux_item& item = items_.emplace_back();
      item.value.kind = FLUX_PATH;
      item.value.as.path = {&name, 1};
    }
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
  std::vector<flux_str> names_;
  std::vector<flux_item> items_;
};

std::string refusal(std::string_view agent, const char* param, std::int64_t value) {
  const FakeHost host(agent, {{param, int_value(value)}});
  return host.is_created() ? "created" : host.error();
}

}  // namespace

TEST_CASE("arithmetic fails the events whose result is no int") {
  CHECK(FakeHost("double").run({{"-4"}, {kMax}}).failures ==
        Lines{"1: overflow: 9223372036854775807 * 2 does not fit in an int"});
  CHECK(FakeHost("addone").run({{"-1"}, {kMax}}).failures ==
        Lines{"1: overflow: 9223372036854775807 + 1 does not fit in an int"});
  CHECK(FakeHost("negate").run({{kMax}, {kMin}}).failures ==
        Lines{"1: overflow: 0 - -9223372036854775808 does not fit in an int"});
}

TEST_CASE("a sum is exact however far it strays on the way") {
  FakeHost host("sum");
  host.run({{kMax}, {kMax}, {"-9223372036854775807"}, {"-5"}});
  CHECK(host.finish().results == Lines{"0: 9223372036854775802"});
  CHECK(FakeHost("sum").finish().results == Lines{"0: 0"});
}

TEST_CASE("a sum does not depend on the split into instances") {
  FakeHost one("sum");
  FakeHost other("sum");
  one.run({{kMax}, {"1"}});
  other.run({{"-2"}});
  CHECK(one.merge(other) == FLUX_OK);
  CHECK(one.finish().results == Lines{"0: 9223372036854775806"});
}

TEST_CASE("a total that is no int ends the run with the total") {
  FakeHost above("sum");
  above.run({{kMax}, {kMax}});
  CHECK(above.finish().error == "the total 18446744073709551614 does not fit in an int");
  FakeHost below("sum");
  below.run({{kMin}, {"-1"}});
  CHECK(below.finish().error == "the total -9223372036854775809 does not fit in an int");
}

TEST_CASE("length counts code points, not bytes") {
  CHECK(FakeHost("length").run({{""}, {"abc"}, {"caf\u00e9"}, {"\U0001F98A"}}).results ==
        Lines{"0: 0", "1: 3", "2: 4", "3: 1"});
}

TEST_CASE("head ends the stream with its n-th event") {
  const Outcome outcome = FakeHost("head", {{"n", int_value(2)}}).run({{}, {}, {}});
  CHECK(outcome.results == Lines{"0", "1"});
  CHECK(outcome.status == FLUX_END);
  CHECK(outcome.consumed == 2);

  const Outcome none = FakeHost("head", {{"n", int_value(0)}}).run({{}, {}});
  CHECK(none.results.empty());
  CHECK(none.status == FLUX_END);
  CHECK(none.consumed == 0);
}

TEST_CASE("head and skip part a stream in two, also across a checkpoint") {
  FakeHost skip("skip", {{"n", int_value(3)}});
  CHECK(skip.run({{}, {}}).results.empty());
  FakeHost after("skip", {{"n", int_value(3)}});
  REQUIRE(after.restore(1, skip.save()));
  CHECK(after.run({{}, {}, {}}).results == Lines{"1", "2"});
}

TEST_CASE("repeat holds no more results than there is room for") {
  const Outcome outcome =
      FakeHost("repeat", {{"n", int_value(1'000)}}, {.capacity = 100, .text = 200}).run({{"{}"}, {"[]"}});
  CHECK(outcome.results.size() == 2'000);
  CHECK(outcome.results.front() == "0: {}");
  CHECK(outcome.results.back() == "1: []");
  CHECK(outcome.calls == 20);
}

TEST_CASE("has keeps the events that have all members") {
  const Paths paths({"a", "b"});
  FakeHost host("has", {{"paths", paths.value()}});
  CHECK(flux_test::describe(host.input()) == "{a?: json, b?: json}");
  CHECK(host.run({{"1", "2"}, {"1", {}}, {{}, "2"}, {"0", "false"}}).results == Lines{"0", "3"});
}

TEST_CASE("drop takes all its members away") {
  const Paths paths({"a", "b"});
  FakeHost host("drop", {{"paths", paths.value()}});
  CHECK(flux_test::describe(host.output()) == "{a?: json, b?: json}");
  CHECK(host.run({{}, {}}).results == Lines{"0: removed, removed", "1: removed, removed"});
}

TEST_CASE("a delay that is interrupted waits no longer") {
  FakeHost host("delay", {{"ms", int_value(86'400'000)}});
  host.interrupt();
  CHECK(host.run({{}, {}}).results == Lines{"0", "1"});
}

TEST_CASE("parameters out of range are refused") {
  CHECK(refusal("head", "n", -1) == "n must be at least 0, found -1");
  CHECK(refusal("skip", "n", -2) == "n must be at least 0, found -2");
  CHECK(refusal("repeat", "n", -3) == "n must be at least 0, found -3");
  CHECK(refusal("delay", "ms", -4) == "ms must be between 0 and 86400000 (a day), found -4");
  CHECK(refusal("delay", "ms", 86'400'001) == "ms must be between 0 and 86400000 (a day), found 86400001");
}
