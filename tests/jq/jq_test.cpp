// jq as an agent, in as little room as flux may have.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "fake_host.hpp"

using flux_test::FakeHost;
using flux_test::Outcome;
using flux_test::string_value;
using Lines = std::vector<std::string>;

TEST_CASE("results come in order, however few flux has room for") {
  for (const std::size_t capacity : {1, 2, 3, 4, 100}) {
    FakeHost host("jq",
                  {{"program", string_value("range(.), if . == 3 then error(\"three\") else \"end\" end")}},
                  {.capacity = capacity, .text = 1 << 20});
    const Outcome outcome = host.run({{"2"}, {"3"}, {"0"}, {"1"}});
    CHECK(outcome.status == FLUX_OK);
    CHECK(outcome.results == Lines{"0: 0", "0: 1", "0: \"end\"", "2: \"end\"", "3: 0", "3: \"end\""});
    CHECK(outcome.failures == Lines{"1: refused: three"});
  }
}

TEST_CASE("a result for whose text there is no room waits for the next call") {
  FakeHost host("jq", {{"program", string_value("\"12345\", \"abcde\"")}}, {.capacity = 9, .text = 10});
  const Outcome outcome = host.run({{"null"}});
  CHECK(outcome.calls == 2);
  CHECK(outcome.results == Lines{"0: \"12345\"", "0: \"abcde\""});
}

TEST_CASE("an error behind results that have left is the end of the instance, and what came before is out") {
  FakeHost host("jq", {{"program", string_value("range(1500), error(\"late\")")}},
                {.capacity = 4000, .text = 1 << 20});
  const Outcome outcome = host.run({{"1"}, {"2"}});
  CHECK(outcome.status == FLUX_FAILED);
  CHECK(outcome.results.size() == 1500);
  CHECK(outcome.error == "late (after results that cannot be taken back any more)");
}

TEST_CASE("halt ends the stream behind its event") {
  FakeHost host("jq", {{"program", string_value("., if . == 2 then halt else empty end, 0")}});
  const Outcome outcome = host.run({{"1"}, {"2"}, {"3"}});
  CHECK(outcome.status == FLUX_END);
  CHECK(outcome.results == Lines{"0: 1", "0: 0", "1: 2"});
  CHECK(outcome.consumed == 2);
}

TEST_CASE("a program that is none makes no instance") {
  FakeHost host("jq", {{"program", string_value("f(.)")}});
  CHECK(!host.is_created());
  CHECK(host.error() == "f/1 is not defined at <top-level>, line 1");
}
