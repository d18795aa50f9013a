// The shape plugin without flux around it: which changes its agents announce and make.
#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "arguments.hpp"
#include "fake_host.hpp"
#include "shape/hmac_sha256.hpp"

using flux_test::describe;
using flux_test::FakeHost;
using flux_test::string_value;
using flux_test::Values;
using Lines = std::vector<std::string>;

namespace {

std::string hmac(std::string_view key, std::string_view message) {
  std::string text;
  for (const std::uint8_t byte : shape::HmacSha256(key).of(message)) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 0xF];
  }
  return text;
}

Lines flat(const std::vector<std::string>& events, const Values& values = {}) {
  std::vector<flux_test::Event> rows;
  for (const std::string& event : events) rows.push_back({event});
  return FakeHost("flatten", values).run(rows).results;
}

}  // namespace

TEST_CASE("pick says which members are kept and does nothing more") {
  Arguments arguments;
  FakeHost host("pick", {{"paths", arguments.members({"a", "user.id"})}});
  CHECK(describe(host.output()) == "{kept a?: json, kept user.id?: json}");
  CHECK(host.run({{}, {}}).results == Lines{"0: -, -", "1: -, -"});
}

TEST_CASE("rename gives members another last name") {
  Arguments arguments;
  FakeHost host("rename", {{"names", arguments.renames({{"lvl", "level"}, {"a.b", "a.c"}})}});
  CHECK(describe(host.output()) == "{lvl?: json -> level, a.b?: json -> a}");
  CHECK(host.run({{}}).results == Lines{"0: renamed, renamed"});
}

TEST_CASE("rename moves no member to another object") {
  Arguments arguments;
  const FakeHost up("rename", {{"names", arguments.renames({{"a.b", "b"}})}});
  CHECK(up.error() == "a member gets a new name where it is: write a.b = a.b, found b");
  const FakeHost aside("rename", {{"names", arguments.renames({{"a.b", "c.d"}})}});
  CHECK(aside.error() == "a member gets a new name where it is: write a.b = a.d, found c.d");
  const FakeHost down("rename", {{"names", arguments.renames({{"a", "a.b"}})}});
  CHECK(down.error() == "a member gets a new name where it is: write a = b, found a.b");
}

TEST_CASE("default sets what is missing and leaves alone what is there") {
  Arguments arguments;
  FakeHost host("default", {{"values", arguments.values({{"a", "1.10"}, {"b.c", "[ ]"}})}});
  CHECK(describe(host.input()) == "{a?: json, b.c?: json, b?: json}");
  CHECK(describe(host.output()) == "{a?: json, b.c?: json}");
  const auto outcome =
      host.run({{{}, {}, {}}, {"0", {}, "{}"}, {{}, "1", "{\"c\":1}"}, {"0", {}, "7"}, {"\"\"", "0", "{}"}});
  CHECK(outcome.results == Lines{"0: 1.10, [ ]", "1: -, [ ]", "2: 1.10, -", "4: -, -"});
  CHECK(outcome.failures == Lines{"3: refused: member 'b': wants an object, found 7"});
}

TEST_CASE("redact puts a mask in the place of values, and leaves null and missing") {
  Arguments arguments;
  FakeHost host("redact", {{"paths", arguments.members({"a", "b.c"})}, {"mask", string_value("\"x\"")}});
  CHECK(describe(host.output()) == "{a?: json, b.c?: json}");
  CHECK(
      host.run({{R"({"a":1,"b":{"c":{"d":2}}})"}, {R"({"a":null,"b":7})"}, {R"({"\u0061":"y"})"}}).results ==
      Lines{R"(0: "\"x\"", "\"x\"")", "1: -, -", R"(2: "\"x\"", -)"});
}

TEST_CASE("redact takes away what a later null or another object hides") {
  Arguments arguments;
  FakeHost host("redact", {{"paths", arguments.members({"a.b"})}});
  CHECK(host.run({{R"({"a":{"b":1,"b":null}})"},
                  {R"({"a":{"b":1},"a":{}})"},
                  {R"({"a":{"b":1},"a":7})"},
                  {R"({"a":{"b":null},"a":{"b":2}})"},
                  {R"({"a":{"b":null},"a":{}})"}})
            .results == Lines{"0: removed", "1: removed", "2: removed", R"(3: "***")", "4: -"});
}

TEST_CASE("redact of a member and one within it is redact of the first") {
  Arguments arguments;
  FakeHost host("redact", {{"paths", arguments.members({"a.b", "a", "a.c.d"})}});
  CHECK(describe(host.output()) == "{a?: json}");
}

TEST_CASE("redact with a key gives the same value the same 32 digits") {
  Arguments arguments;
  const Values values = {{"paths", arguments.members({"a"})}, {"key", string_value("Jefe")}};
  FakeHost host("redact", values);
  const std::string digits = hmac("Jefe", "what do ya want for nothing?").substr(0, 32);
  CHECK(host.run({{R"({"a":"what do ya want for nothing?"})"},
                  {R"({"a":"\u0077hat do ya want for nothing?"})"},
                  {R"({"a":1.10})"}})
            .results == Lines{"0: \"" + digits + "\"", "1: \"" + digits + "\"",
                              "2: \"" + hmac("Jefe", "1.10").substr(0, 32) + "\""});
  const FakeHost empty("redact", {{"paths", arguments.members({"a"})}, {"key", string_value("")}});
  CHECK(empty.error() == "the key is empty");
}

// RFC 4231, test cases 1, 2, 3, 6 and 7.
TEST_CASE("HMAC-SHA256 is the published one") {
  CHECK(hmac(std::string(20, '\x0b'), "Hi There") ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  CHECK(hmac("Jefe", "what do ya want for nothing?") ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(hmac(std::string(20, '\xaa'), std::string(50, '\xdd')) ==
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  CHECK(hmac(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First") ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  CHECK(hmac(std::string(131, '\xaa'),
             "This is a test using a larger than block-size key and a larger than block-size data. The key "
             "needs "
             "to be hashed before being used by the HMAC algorithm.") ==
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}

TEST_CASE("flatten names members after the objects around them") {
  CHECK(flat({R"({"a":{"b":1.10,"c":{"d":[{"e":2}]}},"f":null})"}) ==
        Lines{R"(0: {"a.b":1.10,"a.c.d":[{"e":2}],"f":null})"});
  CHECK(flat({R"({"a":{"b":1}})"}, {{"separator", string_value("\"/")}}) == Lines{R"(0: {"a\"/b":1})"});
  CHECK(flat({R"({"\u0061":{"b\n":1}})"}, {{"separator", string_value("")}}) ==
        Lines{R"(0: {"\u0061b\n":1})"});
}

TEST_CASE("flatten leaves white space, empty objects and flat events as they are") {
  CHECK(flat({"{}", "{ }", "{ \"a\" : { } , \"b\" : [ ] }", R"({"a":{"b":{}}})",
              "{ \"a\" : { \"b\" :\t1 , \"c\" : 2 } , \"d\" : 3 }"}) ==
        Lines{"0: {}", "1: { }", "2: { \"a\" : { } , \"b\" : [ ] }", R"(3: {"a.b":{}})",
              "4: { \"a.b\" :\t1 , \"a.c\" : 2 , \"d\" : 3 }"});
}

TEST_CASE("flatten fails what is no object, and what would have no end") {
  CHECK(FakeHost("flatten").run({{"5"}, {"[{}]"}}).failures ==
        Lines{"0: refused: wants an object, found 5", "1: refused: wants an object, found an array"});
  std::string endless = "{\"" + std::string(1 << 20, 'n') + "\":{";
  for (int i = 0; i < 100; ++i) endless += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":0";
  CHECK(FakeHost("flatten").run({{endless + "}}"}}).failures ==
        Lines{"0: refused: the flat event has more than 64 MiB"});
}
