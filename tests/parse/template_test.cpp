// Templates of format().
#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "replace/template.hpp"
#include "sdk/fake_host.hpp"

using flux_test::FakeHost;
using flux_test::Outcome;
using flux_test::string_value;
using Lines = std::vector<std::string>;

namespace {

// The pieces, each as "text<a.b>", or why there are none.
std::string pieces(std::string_view text) {
  try {
    const Template made(text);
    std::string shown;
    for (const Template::Piece& piece : made.pieces()) {
      shown += piece.text;
      if (!piece.member.names.empty()) shown += "<" + to_string(piece.member) + ">";
    }
    return shown;
  } catch (const std::invalid_argument& why) {
    return why.what();
  }
}

}  // namespace

TEST_CASE("a template is text with members in it") {
  CHECK(pieces("{service}: {user.name}!") == "<service>: <user.name>!");
  CHECK(pieces("{a}{b}") == "<a><b>");
  CHECK(pieces("no member") == "no member");
  CHECK(pieces("") == "");
  CHECK(pieces("{{{a}}} {{}}") == "{<a>} {}");
  CHECK(pieces("{odd key-\u00e9}") == "<odd key-\u00e9>");
}

TEST_CASE("a template that cannot be says where") {
  CHECK(pieces("a {b") == "the template has a '{' without its '}' (a brace itself is '{{') at column 3");
  CHECK(pieces("{a{b}") == "the template has a '{' without its '}' (a brace itself is '{{') at column 1");
  CHECK(pieces("a} b") == "the template has a '}' without its '{' (a brace itself is '}}') at column 2");
  CHECK(pieces("a {}") == "the template has an empty name at column 4");
  CHECK(pieces("{a.}") == "the template has an empty name at column 4");
  CHECK(pieces("{.a}") == "the template has an empty name at column 2");
}

TEST_CASE("strings stand as they are, other values as their JSON text, and none may be missing") {
  FakeHost host("format", {{"template", string_value("{a}: {b.c}.")}});
  CHECK(flux_test::describe(host.input()) == "{a?: json, b.c?: json}");
  const Outcome outcome = host.run({{"\"x\\n\\u00e9\"", "1.10"}, {"[\"y\"]", "true"}, {{}, "1"}, {"1", {}}});
  CHECK(outcome.results == Lines{"0: x\n\u00e9: 1.10.", "1: [\"y\"]: true."});
  CHECK(outcome.failures ==
        Lines{"2: refused: member 'a' is missing or null", "3: refused: member 'b.c' is missing or null"});
}
