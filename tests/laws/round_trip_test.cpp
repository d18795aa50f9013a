// From the wire to the wire: what nobody touches keeps its bytes, and what an agent
// gives is written in the one shortest way.
#include <doctest/doctest.h>

#include "engine.hpp"
#include "random.hpp"
#include "reference.hpp"

using namespace laws;

namespace {

std::string through(const std::string& spec, const std::string& stream) {
  const Found found = run(spec, {}, stream);
  CAPTURE(spec);
  CAPTURE(stream);
  REQUIRE(found.letters == "");
  return found.out;
}

const std::string kNumbers =
    "0\n-0\n1.10\n1e400\n-1E-400\n0.1e+1\n123456789012345678901234567890\n-0.0\n9007199254740993\n100e00\n";
const std::string kStrings =
    "\"\"\n\"caf\\u00e9\\/\"\n\"\\ud83d\\uDE00\"\n\"\\u0000\\b\\t\"\n\"\xC3\xA9\x7f\"\n\"\\\"\\\\\"\n";
const std::string kObjects =
    "{}\n{ \"a\" : 1.10 , \"a\":\t2 }\n{\"\\u0061\":[ 1e2,{} "
    "]}\n{\"z\":1,\"\":{\"a\":null},\"\xC3\xA9\":0}\n";

}  // namespace

TEST_CASE("what no agent touches keeps its bytes") {
  for (const std::string spec : {"id", "every(1)", "id | skip(0)", "skip(0) >> every(1) | id"})
    REQUIRE(through(spec, kNumbers + kStrings + kObjects) == kNumbers + kStrings + kObjects);
}

TEST_CASE("a last line without a newline is an event, and the end") {
  for (const std::size_t workers : {1, 4}) {
    Way way;
    way.workers = workers;
    REQUIRE(run("id", way, "1\n2").out == "1\n2\n");
  }
}

TEST_CASE("a member that is named and not there leaves the object as it was") {
  for (const std::string spec : {"drop(q)", "drop(q) | drop(a.q)", "drop(q) >> id"})
    REQUIRE(through(spec, kObjects) == kObjects);
}

TEST_CASE("a copy of an event loses its white space and nothing else") {
  REQUIRE(through("repeat(1)", kNumbers + kStrings) == kNumbers + kStrings);
  REQUIRE(through("repeat(1)", kObjects) ==
          "{}\n{\"a\":1.10,\"a\":2}\n{\"\\u0061\":[1e2,{}]}\n{\"z\":1,\"\":{\"a\":null},\"\xC3\xA9\":0}\n");
}

TEST_CASE("strings are written with the shortest escapes, once and for all") {
  const std::string written =
      "\"\"\n\"caf\xC3\xA9/\"\n\"\xF0\x9F\x98\x80\"\n\"\\u0000\\b\\t\"\n\"\xC3\xA9\x7f\"\n\"\\\"\\\\\"\n";
  REQUIRE(through("echo", kStrings) == written);
  REQUIRE(through("echo", written) == written);
}

TEST_CASE("ints are written as digits") {
  REQUIRE(through("negate", "0\n-0\n9223372036854775807\n-9223372036854775807\n100\n") ==
          "0\n0\n-9223372036854775807\n9223372036854775807\n-100\n");
  REQUIRE(through("addone", "9223372036854775806\n-9223372036854775808\n99999999\n") ==
          "9223372036854775807\n-9223372036854775807\n100000000\n");
}

TEST_CASE("floats are written with the shortest digits that read back the same, and as floats") {
  REQUIRE(
      through("half", "4\n0.2\n-0.0\n2e22\n1e-323\n3e-4\n2e-5\n2e16\n1e-400\n18014398509481982.0\n0.6\n") ==
      "2.0\n0.1\n-0.0\n1e22\n5e-324\n0.00015\n1e-5\n1e16\n0.0\n9007199254740991.0\n0.3\n");
}

TEST_CASE("any finite float survives being written and read again") {
  const std::uint64_t first = seed();
  CAPTURE(first);
  Random random(first);
  std::string stream;
  for (int i = 0; i < cases(20'000); ++i) {
    const int exponent = static_cast<int>(random.below(600)) - 300;
    stream += std::to_string(static_cast<std::int64_t>(random.below(~std::uint64_t{0}) >> random.below(64))) +
              ".0e" + std::to_string(exponent) + "\n";
  }
  const std::string halves = run("half", {}, stream).out;
  REQUIRE((halves == refer({{{"half"}, ""}}, stream).out));  // too long to print
}

TEST_CASE("edits that are undone give the event back") {
  const std::string stream = "{\"a\":1, \"x\" : 1.10}\n{ }\n{\"x\":[ ]}\n";
  REQUIRE(through("a_to_c | a_to_c", stream) == "{\"c\":1, \"x\" : 1.10}\n{ }\n{\"x\":[ ]}\n");
  REQUIRE(through("successor | drop(b)", "{\"a\":1, \"x\" : 1.10}\n{ \"a\" : 2 }\n") ==
          "{\"a\":1, \"x\" : 1.10}\n{ \"a\" : 2 }\n");
}

TEST_CASE("text that is given verbatim keeps its white space, but not line breaks") {
  REQUIRE(through("spaced", "2\n3\n") == "{ \"x\" : 2}\n{\"x\":3}\n");
  REQUIRE(through("spaced | has(x) | repeat(1)", "2\n3\n") == "{\"x\":2}\n{\"x\":3}\n");
}

TEST_CASE("of an event of which members are kept all others go before it is changed") {
  REQUIRE(through("narrow", "{\"c\":1, \"b\":2, \"a\" :1.10}\n{\"d\":1}\n") ==
          "{\"a\" :1.10,\"c\":[]}\n{\"c\":[]}\n");
  REQUIRE(through("narrow | has(a, c)", "{\"c\":1, \"b\":2, \"a\" :1.10}\n{\"d\":1}\n") ==
          "{\"a\" :1.10,\"c\":[]}\n");
}
