// Agents whose parameters say which member they read, and which members they give.
#include <doctest/doctest.h>

#include <cstdint>
#include <flux/agent.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "fake_host.hpp"

using flux_test::describe;
using flux_test::FakeHost;
using flux_test::Outcome;
using Lines = std::vector<std::string>;

namespace {

// "ann 7" -> {"user": "ann", "tries": 7, "raw": …}
struct Login {
  void describe(flux::Ports& ports) const {
    ports.takes({{"msg"}});
    ports.gives<std::string_view>("user");
    ports.gives<std::int64_t>("tries");
    ports.gives<flux::Json>("raw");
  }
  void invoke(std::string_view text, flux::Row& row) const {
    if (text.empty()) throw flux::Refused("thrown");
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos) return row.refuse("no space");
    row.set(0, text.substr(0, space));
    if (space + 1 != text.size()) row.set(1, std::int64_t{text.back()} - '0');
    row.set(2, flux::Json{"[]"});
  }
};
FLUX_AGENT(Login, "row_login", "Reads a login");

struct Size {
  void describe(flux::Ports& ports) const { ports.takes({{"a", "b"}}); }
  std::int64_t invoke(std::string_view text) const { return static_cast<std::int64_t>(text.size()); }
};
FLUX_AGENT(Size, "row_size", "Measures a member");

}  // namespace

TEST_CASE("a bare input may be a member, and a new event has the members that are set") {
  FakeHost host("row_login");
  CHECK(describe(host.input()) == "{msg: string}");
  CHECK(describe(host.output()) == "{user?: string, tries?: int, raw?: json}");
  const Outcome outcome = host.run({{"ann 7"}, {"bob"}, {"eve "}, {""}});
  CHECK(outcome.results == Lines{"0: ann, 7, []", "2: eve, -, []"});
  CHECK(outcome.failures == Lines{"1: refused: no space", "3: refused: thrown"});
}

TEST_CASE("the text of a row that finds no room is given in the next call") {
  FakeHost host("row_login", {}, {.capacity = 64, .text = 6});
  const Outcome outcome = host.run({{"ann 1"}, {"bob 2"}, {"eve 3"}, {"somebody 4"}});
  CHECK(outcome.results == Lines{"0: ann, 1, []", "1: bob, 2, []", "2: eve, 3, []"});
  CHECK(outcome.failures == Lines{"3: refused: the result has more text than one batch can hold"});
}

TEST_CASE("an event without the member that is read fails") {
  FakeHost host("row_size");
  CHECK(describe(host.input()) == "{a.b: string}");
  const Outcome outcome = host.run({{"four"}, {{}}});
  CHECK(outcome.results == Lines{"0: 4"});
  CHECK(outcome.failures == Lines{"1: refused: the member to read is missing or null"});
}

TEST_CASE("a member that the events before may be without is wanted as one that may be missing") {
  flux::Ports given;
  given.gives<std::string_view>("msg");
  flux::Ports after(given.output(), FLUX_STRING);
  after.takes({{"msg"}});
  CHECK(describe(*after.input()) == "{msg?: string}");
  flux::Ports other(given.output(), FLUX_STRING);
  other.takes({{"text"}});
  CHECK(describe(*other.input()) == "{text: string}");
}
