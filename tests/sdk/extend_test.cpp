// Agents that set, remove and rename members of the event itself.
#include <doctest/doctest.h>

#include <cstdint>
#include <flux/agent.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fake_host.hpp"

using flux_test::describe;
using flux_test::FakeHost;
using flux_test::Outcome;
using Lines = std::vector<std::string>;

namespace {

struct Request {
  std::int64_t status;
};
FLUX_RECORD(Request, status)

struct Verdict {
  bool ok;
  std::optional<std::string_view> alarm;
};
FLUX_RECORD(Verdict, ok, alarm)

struct Judge : flux::Extend {
  flux::Result<Verdict> invoke(const Request& request) const {
    if (request.status < 100) return flux::Refused("no status");
    if (request.status >= 500) return Verdict{false, "page someone"};
    return Verdict{request.status < 400, {}};
  }
};
FLUX_AGENT(Judge, "judge", "Says whether a request went well");

struct Tidy : flux::Extend {
  void describe(flux::Ports& ports) const {
    ports.removes({{"debug"}});
    ports.renames({{"usr"}}, {{"user"}});
    ports.sets({{"length"}});
  }
  void invoke(flux::Json event, flux::Edits& edits) const {
    if (event.text == "[]") throw flux::Refused("no object");
    edits.remove(0);
    if (event.text != "{}") edits.rename(1);
    edits.set(2, {std::to_string(event.text.size())});
  }
};
FLUX_AGENT(Tidy, "tidy", "Puts an event in order");

}  // namespace

TEST_CASE("an extend sets the members it returns and leaves the empty ones alone") {
  const Outcome outcome = FakeHost("judge").run({{"200"}, {"503"}, {"0"}, {"404"}});
  CHECK(outcome.results == Lines{"0: true, -", "1: false, page someone", "3: false, -"});
  CHECK(outcome.failures == Lines{"2: refused: no status"});
}

TEST_CASE("an extend removes, renames and sets members named at run time") {
  FakeHost host("tidy");
  CHECK(describe(host.output()) == "{debug?: json, usr?: json -> user, length?: json}");
  const Outcome outcome = host.run({{"{}"}, {"{\"usr\":1}"}, {"[]"}});
  CHECK(outcome.results == Lines{"0: removed, -, 2", "1: removed, renamed, 9"});
  CHECK(outcome.failures == Lines{"2: refused: no object"});
}

TEST_CASE("edits that find no room are made again in the next call") {
  const Outcome outcome = FakeHost("tidy", {}, {.capacity = 8, .text = 1}).run({{"{}"}, {"{ }"}});
  CHECK(outcome.results == Lines{"0: removed, -, 2", "1: removed, renamed, 3"});
  CHECK(outcome.calls == 2);
}
