// Agents that set, remove and rename members of the event itself.
#include <doctest/doctest.h>

#include <cstdint>
#include <flux/agent.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registered.hpp"

using flux::testing::lines;
using flux_test::describe;
using flux_test::Registered;

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
  CHECK(Registered("judge").run(R"({"status":200})", R"({"status":503})", R"({"status":0})",
                                R"({"status":404,"alarm":"old"})") ==
        lines(R"({"status":200,"ok":true})", R"({"status":503,"ok":false,"alarm":"page someone"})",
              "! event 3: no status", R"({"status":404,"alarm":"old","ok":false})"));
}

TEST_CASE("an extend removes, renames and sets members named at run time") {
  Registered tidy("tidy");
  CHECK(describe(*tidy.ports().output) == "{debug?: json, usr?: json -> user, length?: json}");
  CHECK(tidy.run("{}", R"({"usr":1})", R"({"debug":true,"usr":"x"})") ==
        lines(R"({"length":2})", R"({"user":1,"length":9})", R"({"user":"x","length":24})"));
}

TEST_CASE("edits that find no room are made again in the next call") {
  Registered tidy("tidy", "{}", {.results = 8, .text = 1});
  CHECK(tidy.run("{}", R"({"a":1})") == lines(R"({"length":2})", R"({"a":1,"length":7})"));
  CHECK(tidy.calls() == 2);
}
