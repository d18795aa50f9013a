// The agents that ship, without flux around them. What their examples show is
// tested where there is JSON; here are the edges.
#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "registered.hpp"

using flux::testing::lines;
using flux_test::describe;
using flux_test::Registered;

namespace {

constexpr const char* kMax = "9223372036854775807";
constexpr const char* kMin = "-9223372036854775808";

}  // namespace

TEST_CASE("arithmetic fails the events whose result is no int") {
  CHECK(Registered("double").run("-4", kMax) ==
        lines("-8", "! event 2: 9223372036854775807 * 2 does not fit in an int"));
  CHECK(Registered("addone").run("-1", kMax) ==
        lines("0", "! event 2: 9223372036854775807 + 1 does not fit in an int"));
  CHECK(Registered("negate").run(kMax, kMin) ==
        lines("-9223372036854775807", "! event 2: 0 - -9223372036854775808 does not fit in an int"));
}

TEST_CASE("a sum is exact however far it strays on the way") {
  Registered sum("sum");
  sum.run(kMax, kMax, "-9223372036854775807", "-5");
  CHECK(sum.finish() == lines("9223372036854775802"));
  CHECK(Registered("sum").finish() == lines("0"));
}

TEST_CASE("a sum does not depend on the split into instances") {
  Registered one("sum");
  Registered other("sum");
  one.run(kMax, "1");
  other.run("-2");
  one.merge(other);
  CHECK(one.finish() == lines("9223372036854775806"));
}

TEST_CASE("a total that is no int ends the run with the total") {
  Registered above("sum");
  above.run(kMax, kMax);
  CHECK(above.finish() ==
        lines("! the agent is broken: the total 18446744073709551614 does not fit in an int"));
  Registered below("sum");
  below.run(kMin, "-1");
  CHECK(below.finish() ==
        lines("! the agent is broken: the total -9223372036854775809 does not fit in an int"));
}

TEST_CASE("length counts code points, not bytes") {
  CHECK(Registered("length").run(R"("")", R"("abc")", R"("café")", "\"\U0001F98A\"") ==
        lines("0", "3", "4", "1"));
}

TEST_CASE("head ends the stream with its n-th event") {
  Registered head("head", R"({"n": 2})");
  CHECK(head.run("1") == lines("1"));
  CHECK(!head.has_ended());
  CHECK(head.run("2", "3") == lines("2"));
  CHECK(head.has_ended());

  Registered none("head", R"({"n": 0})");
  CHECK(none.run("1", "2") == lines());
  CHECK(none.has_ended());
}

TEST_CASE("head and skip part a stream in two, also across a checkpoint") {
  Registered skip("skip", R"({"n": 3})");
  CHECK(skip.run("1", "2") == lines());
  Registered after("skip", R"({"n": 3})");
  after.restore(skip.save());
  CHECK(after.run("3", "4", "5") == lines("4", "5"));
}

TEST_CASE("repeat holds no more results than there is room for") {
  Registered repeat("repeat", R"({"n": 1000})", {.results = 100, .text = 200});
  const flux::testing::Lines all = repeat.run("{}", "[]");
  CHECK(all.size() == 2'000);
  CHECK(all.front() == "{}");
  CHECK(all.back() == "[]");
  CHECK(repeat.calls() == 20);
}

TEST_CASE("has keeps the events that have all members") {
  Registered has("has", R"({"paths": ["a", "b"]})");
  CHECK(describe(*has.ports().input) == "{a?: json, b?: json}");
  CHECK(has.run(R"({"a":1,"b":2})", R"({"a":1})", R"({"b":2})", R"({"a":0,"b":false})") ==
        lines(R"({"a":1,"b":2})", R"({"a":0,"b":false})"));
}

TEST_CASE("drop takes all its members away") {
  Registered drop("drop", R"({"paths": ["a", "b"]})");
  CHECK(describe(*drop.ports().output) == "{a?: json, b?: json}");
  CHECK(drop.run(R"({"a":1,"c":2,"b":3})", "{}") == lines(R"({"c":2})", "{}"));
}

TEST_CASE("a delay that is interrupted waits no longer") {
  Registered delay("delay", R"({"ms": 86400000})");
  delay.interrupt();
  CHECK(delay.run("1", "2") == lines("1", "2"));
}

TEST_CASE("parameters out of range are refused") {
  CHECK_THROWS_WITH(Registered("head", R"({"n": -1})"), "n must be at least 0, found -1");
  CHECK_THROWS_WITH(Registered("skip", R"({"n": -2})"), "n must be at least 0, found -2");
  CHECK_THROWS_WITH(Registered("repeat", R"({"n": -3})"), "n must be at least 0, found -3");
  CHECK_THROWS_WITH(Registered("delay", R"({"ms": -4})"),
                    "ms must be between 0 and 86400000 (a day), found -4");
  CHECK_THROWS_WITH(Registered("delay", R"({"ms": 86400001})"),
                    "ms must be between 0 and 86400000 (a day), found 86400001");
}
