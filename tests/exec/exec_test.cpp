// A command as an agent, in as little room as flux may have.
#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "answer.hpp"
#include "fake_host.hpp"

using flux_test::FakeHost;
using flux_test::Outcome;
using flux_test::string_value;
using Lines = std::vector<std::string>;

TEST_CASE("an object whose only member is error is a refusal") {
  using Why = std::optional<std::string>;
  CHECK(refusal_in(R"({"error":"no"})") == Why("no"));
  CHECK(refusal_in(" { \"error\" : \"no\" } \r") == Why("no"));
  CHECK(refusal_in(R"({"\u0065rror":"a\"\\\/\b\f\n\r\t\u00e9\u20AC\ud83d\ude00"})") ==
        Why("a\"\\/\b\f\n\r\té€😀"));
  CHECK(refusal_in(R"({"error":""})") == Why(""));
  CHECK(refusal_in(R"({"error":3})") == Why("3"));
  CHECK(refusal_in(R"({"error": [1, {"a": "}, \"]"}] })") == Why(R"([1, {"a": "}, \"]"}])"));
}

TEST_CASE("anything else is a result, or no JSON, which flux finds") {
  for (const char* line : {"",
                           "{}",
                           "{",
                           "error",
                           R"("error")",
                           R"({"error"})",
                           R"({"error":})",
                           R"({"error":"no")",
                           R"({"error":"no)",
                           R"({"error":"no"} 1)",
                           R"({"error":"no","more":1})",
                           R"({"error":1,"error":2})",
                           R"({"Error":"no"})",
                           R"({"errors":"no"})",
                           R"({"more":{"error":"no"}})",
                           R"([{"error":"no"}])",
                           R"({"error":"\x"})",
                           R"({"error":"\u12"})",
                           R"({"error":"\ud800\u0041"})",
                           R"({"error":"\)"}) {
    CAPTURE(line);
    CHECK(refusal_in(line) == std::nullopt);
  }
}

TEST_CASE("answers belong to their events, however few rows flux hands over at once") {
  for (const std::size_t capacity : {1, 2, 3, 100}) {
    FakeHost host("exec", {{"command", string_value("sed -u -e 's/.*4/{\"error\":\"four\"}/'")}},
                  {.capacity = capacity, .text = 1 << 20});
    const Outcome outcome = host.run({{"1"}, {"2"}, {"3"}, {"4"}, {"5"}, {"24"}, {"7"}});
    CHECK(outcome.status == FLUX_OK);
    CHECK(outcome.results == Lines{"0: 1", "1: 2", "2: 3", "4: 5", "6: 7"});
    CHECK(outcome.failures == Lines{"3: refused: four", "5: refused: four"});
    CHECK(host.finish().results == Lines{});
  }
}

TEST_CASE("answers for which there is no room wait for the next call") {
  FakeHost host("exec", {{"command", string_value("cat; seq 3")}}, {.capacity = 2, .text = 9});
  const Outcome outcome = host.run({{"\"12345\""}, {"\"abcde\""}, {"\"x\""}});
  CHECK(outcome.results == Lines{"0: \"12345\"", "1: \"abcde\"", "2: \"x\""});
  CHECK(outcome.calls >= 2);
  const Outcome end = host.finish();
  CHECK(end.status == FLUX_OK);
  CHECK(end.results == Lines{"0: 1", "1: 2", "0: 3"});
}

TEST_CASE("an event of several lines is one line for the command") {
  FakeHost host("exec", {{"command", string_value("cat")}});
  CHECK(host.run({{"[1,\n2]"}, {"3"}}).results == Lines{"0: [1, 2]", "1: 3"});
}

TEST_CASE("a command that fails after an interrupt is not started anew") {
  FakeHost host("exec", {{"command", string_value("read a; echo $a; read b; exit 3")}});
  CHECK(host.run({{"1"}}).results == Lines{"0: 1"});
  host.interrupt();
  CHECK(host.run({{"2"}}).failures == Lines{"0: refused: the command failed: it exited with status 3"});
  CHECK(host.run({{"3"}}).failures == Lines{"0: refused: the run is coming to its end"});
  const Outcome end = host.finish();
  CHECK(end.status == FLUX_OK);
  CHECK(end.results == Lines{});
}

TEST_CASE("an interrupt ends the wait for the next start") {
  flux_value long_backoff{};
  long_backoff.kind = FLUX_DOUBLE;
  long_backoff.as.number = 1000;
  FakeHost host("exec", {{"command", string_value("read a; exit 1")}, {"backoff", long_backoff}});
  CHECK(host.run({{"1"}}).failures == Lines{"0: refused: the command failed: it exited with status 1"});
  std::thread other([&host] { host.interrupt(); });
  CHECK(host.run({{"2"}}).failures == Lines{"0: refused: the run is coming to its end"});
  other.join();
}

TEST_CASE("what a command answers after an interrupt counts, and so does what it held back") {
  FakeHost host("exec", {{"command", string_value("sed -u 's/^/1/'; echo 9")}});
  CHECK(host.run({{"1"}}).results == Lines{"0: 11"});
  host.interrupt();
  CHECK(host.run({{"2"}, {"3"}}).results == Lines{"0: 12", "1: 13"});
  CHECK(host.finish().results == Lines{"0: 9"});
}
