// What an argument means for the kind that its parameter wants.
#include "spec/value.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "spec/message.hpp"
#include "spec/parser.hpp"

using flux::Path;
using flux::spec::Argument;
using flux::spec::parse;
using flux::spec::Pipeline;
using flux::spec::read_list;
using flux::spec::read_value;
using flux::spec::Value;
using flux::spec::Want;

namespace {

using From = Argument::From;

Value value(const std::string& text, Want want, From from = From::spec) {
  const Pipeline pipeline = parse("head(" + text + ")");
  Argument argument = pipeline.fluxes[0].agents[0].arguments[0];
  argument.from = from;
  return read_value(argument, want, "head(n)", pipeline);
}

std::string refusal(const std::string& text, Want want, From from = From::spec) {
  return message_of([&] { value(text, want, from); });
}

// The first line of a refusal, and its last: what is wrong and what to do.
std::string refusal_in_short(const std::string& text, Want want, From from = From::spec) {
  const std::string whole = refusal(text, want, from);
  const std::size_t last = whole.rfind('\n', whole.size() - 2);
  return whole.substr(0, whole.find('\n') + 1) + whole.substr(last + 1);
}

std::vector<std::string> items(const std::string& text) {
  const Pipeline pipeline = parse("f(" + text + ")");
  std::vector<std::string> texts;
  for (const Argument& item : read_list(pipeline.fluxes[0].agents[0].arguments[0], pipeline)) {
    CHECK(pipeline.text.substr(item.span.begin, item.span.end - item.span.begin) == item.text);
    texts.push_back(item.text);
  }
  return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a refusal names the parameter, what was found, the place and the way out") {
  CHECK(refusal("x", Want::int64) == R"(flux: head(n) wants an int, found 'x'
  head(x)
       ^
write a whole number, such as 10
)");
}

TEST_CASE("an int is a JSON integer within 64 bits") {
  CHECK(value("0", Want::int64) == Value(std::int64_t{0}));
  CHECK(value("-0", Want::int64) == Value(std::int64_t{0}));
  CHECK(value("9223372036854775807", Want::int64) == Value(std::numeric_limits<std::int64_t>::max()));
  CHECK(value("-9223372036854775808", Want::int64) == Value(std::numeric_limits<std::int64_t>::min()));
  CHECK(refusal_in_short("9223372036854775808", Want::int64) ==
        "flux: head(n) wants an int, found '9223372036854775808'\n"
        "an int is between -9223372036854775808 and 9223372036854775807\n");
  for (const std::string text : {"1.0", "1e2"})
    CHECK(refusal_in_short(text, Want::int64) ==
          "flux: head(n) wants an int, found '" + text + "'\nan int is written without '.' and exponent\n");
  for (const std::string text : {"+1", "01", "1 2", "0x1", "-", "\"1\"", "true", "[1]"})
    CHECK(refusal_in_short(text, Want::int64) ==
          "flux: head(n) wants an int, found '" + text + "'\nwrite a whole number, such as 10\n");
}

TEST_CASE("a float is any JSON number that a double can hold") {
  CHECK(value("1", Want::float64) == Value(1.0));
  CHECK(value("-2.5e-1", Want::float64) == Value(-0.25));
  CHECK(refusal_in_short("1e400", Want::float64) ==
        "flux: head(n) wants a float, found '1e400'\na double cannot hold that number\n");
  for (const std::string text : {"inf", "nan", ".5", "1.", "0x1p3", "\"1\""})
    CHECK(refusal_in_short(text, Want::float64) ==
          "flux: head(n) wants a float, found '" + text + "'\nwrite a number, such as 0.5\n");
}

TEST_CASE("a bool is true or false") {
  CHECK(value("true", Want::boolean) == Value(true));
  CHECK(value("false", Want::boolean) == Value(false));
  CHECK(refusal_in_short("1", Want::boolean) ==
        "flux: head(n) wants a bool, found '1'\nwrite true or false\n");
}

TEST_CASE("a string is quoted, or a bare word") {
  CHECK(value("\"a \\\"b\\\" \\u00e9\"", Want::string) == Value(std::string("a \"b\" é")));
  CHECK(value(R"('a "b" \'c\' \\ \" \n')", Want::string) == Value(std::string("a \"b\" 'c' \\ \" \n")));
  CHECK(value("error", Want::string) == Value(std::string("error")));
  CHECK(value("user.first-name", Want::string) == Value(std::string("user.first-name")));
  CHECK(value("true", Want::string) == Value(std::string("true")));
  CHECK(refusal_in_short("3", Want::string) ==
        "flux: head(n) wants a string, found '3'\nput it in quotes: \"3\"\n");
  CHECK(refusal_in_short("a b", Want::string) ==
        "flux: head(n) wants a string, found 'a b'\nput it in quotes: \"a b\"\n");
  CHECK(refusal_in_short("\"\\x\"", Want::string) ==
        "flux: head(n) wants a string, found '\"\\x\"'\n"
        "an escape in it is wrong: a backslash is written \\\\\n");
}

TEST_CASE("json is any JSON value, kept as it is written") {
  for (const std::string text : {"null", "1.10", "1e400", "[1e400, {}]", "{\"a\": [1, \"x\"]}", "\"x\"",
                                 "123456789012345678901234567890"})
    CHECK(value(text, Want::json) == Value(text));
  CHECK(refusal_in_short("abc", Want::json) ==
        "flux: head(n) wants JSON, found 'abc'\na string stands in double quotes: \"abc\"\n");
  CHECK(refusal_in_short("'abc'", Want::json) ==
        "flux: head(n) wants JSON, found ''abc''\na string stands in double quotes: \"abc\"\n");
  CHECK(refusal_in_short("\xEF\xBB\xBF[1]", Want::json).starts_with("flux: head(n) wants JSON"));
}

TEST_CASE("a path is members joined by dots; a JSON string is one member") {
  CHECK(value("a", Want::path) == Value(Path{"a"}));
  CHECK(value("a.b-c", Want::path) == Value(Path{"a", "b-c"}));
  CHECK(value("a.\"odd key\".c", Want::path) == Value(Path{"a", "odd key", "c"}));
  CHECK(value("a[\"odd key\"]", Want::path) == Value(Path{"a", "odd key"}));
  CHECK(value("\"user.name\"", Want::path) == Value(Path{"user.name"}));
  for (const std::string text : {"a.", ".a", "a b", "a[0]", "1", "a..b", "'a'"})
    CHECK(refusal_in_short(text, Want::path) == "flux: head(n) wants a path, found '" + text +
                                                    "'\na path is written user.name, or user.\"odd key\"\n");
}

TEST_CASE("an expression is its text, in a config file that of a string") {
  CHECK(value("a > 1", Want::expression) == Value("a > 1"));
  CHECK(value("\"a\"", Want::expression) == Value("\"a\""));
  CHECK(value(R"("a == \"x\"")", Want::expression, From::config) == Value("a == \"x\""));
  CHECK(value("3", Want::expression, From::config) == Value("3"));
}

TEST_CASE("from a config file a path is what the string says") {
  CHECK(value("\"user.name\"", Want::path, From::config) == Value(Path{"user", "name"}));
  CHECK(value(R"("user.\"odd key\"")", Want::path, From::config) == Value(Path{"user", "odd key"}));
  for (const std::string text : {"\"\"", "\"a b\"", "3", "true"})
    CHECK(refusal_in_short(text, Want::path, From::config) ==
          "flux: head(n) wants a path, found '" + text +
              "'\na path is written user.name, or user.\"odd key\"\n");
}

TEST_CASE("from a config file a string is a JSON string and nothing else") {
  CHECK(value("\"user.name\"", Want::string, From::config) == Value(std::string("user.name")));
  CHECK(refusal_in_short("true", Want::string, From::config) ==
        "flux: head(n) wants a string, found 'true'\nput it in quotes: \"true\"\n");
}

TEST_CASE("a list has items with places of their own") {
  CHECK(items("[a, b]") == Texts{"a", "b"});
  CHECK(items("[ [1, 2] , \"x, y\" ]") == Texts{"[1, 2]", "\"x, y\""});
  CHECK(items("[]") == Texts{});
  CHECK(items("[ ]") == Texts{});
}

TEST_CASE("one value alone is a list of it") {
  CHECK(items("a") == Texts{"a"});
  CHECK(items("[a] + [b]") == Texts{"[a] + [b]"});
  CHECK(items("[a, b].c") == Texts{"[a, b].c"});
}

TEST_CASE("an empty item in a list is refused") {
  CHECK(message_of([] { items("[a, , b]"); }) == R"(flux: empty item in a list
  f([a, , b])
        ^
give a value, or leave the ',' out
)");
}
