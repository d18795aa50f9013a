// Agents whose parameters say which member they read, and which members they give.
#include <doctest/doctest.h>

#include <cstdint>
#include <flux/agent.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "registered.hpp"

using flux::testing::lines;
using flux_test::describe;
using flux_test::Registered;

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
  Registered login("row_login");
  CHECK(describe(*login.ports().input) == "{msg: string}");
  CHECK(describe(*login.ports().output) == "{user?: string, tries?: int, raw?: json}");
  CHECK(login.run(R"({"msg":"ann 7"})", R"({"msg":"bob"})", R"({"msg":"eve "})", R"({"msg":""})") ==
        lines(R"({"user":"ann","tries":7,"raw":[]})", "! event 2: no space", R"({"user":"eve","raw":[]})",
              "! event 4: thrown"));
}

TEST_CASE("the text of a row that finds no room is given in the next call") {
  Registered login("row_login", "{}", {.text = 6});
  CHECK(login.run(R"({"msg":"ann 1"})", R"({"msg":"bob 2"})", R"({"msg":"eve 3"})",
                  R"({"msg":"somebody 4"})") ==
        lines(R"({"user":"ann","tries":1,"raw":[]})", R"({"user":"bob","tries":2,"raw":[]})",
              R"({"user":"eve","tries":3,"raw":[]})",
              "! event 4: the result has more text than one batch can hold"));
}

TEST_CASE("an event without the member that is read fails") {
  Registered size("row_size");
  CHECK(describe(*size.ports().input) == "{a.b: string}");
  CHECK(size.run(R"({"a":{"b":"four"}})", R"({"a":{}})") ==
        lines("4", "! event 2: member 'a.b' is missing, and string is wanted"));
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
