// The plain checker: what is JSON, what is not, and what it says about it.
#include "json/check.hpp"

#include <doctest/doctest.h>

#include <string>

using flux::json::find_flaw;
using flux::json::Flaw;
using flux::json::is_value;

namespace {

struct Rejected {
  std::string text;
  std::size_t offset;
  std::string reason;
};

std::string nested(unsigned depth, const std::string& open, const std::string& inside,
                   const std::string& close) {
  std::string text;
  for (unsigned i = 0; i < depth; ++i) text += open;
  text += inside;
  for (unsigned i = 0; i < depth; ++i) text += close;
  return text;
}

}  // namespace

TEST_CASE("every kind of value is accepted, with white space around it") {
  const std::string accepted[] = {"null",
                                  "true",
                                  "false",
                                  "0",
                                  "-0",
                                  "1",
                                  "-1",
                                  "10",
                                  "123456789012345678901234567890",
                                  "0.5",
                                  "-0.0",
                                  "1.10",
                                  "0e0",
                                  "0e+1",
                                  "1E5",
                                  "1e-5",
                                  "1.5E+300",
                                  "1e400",
                                  "1e-400",
                                  "\"\"",
                                  "\"a\"",
                                  "\"\\\"\"",
                                  "\"\\\\\\/\\b\\f\\n\\r\\t\"",
                                  "\"\\u0000\"",
                                  "\"\\u00e9\\uABCD\"",
                                  "\"\\ud83d\\ude00\"",
                                  "\"\x7f\"",
                                  "\"é\"",
                                  "\"\xed\x9f\xbf\"",
                                  "\"\xee\x80\x80\"",
                                  "\"\xf0\x90\x80\x80\"",
                                  "\"\xf4\x8f\xbf\xbf\"",
                                  "\"\xe2\x80\xa8\"",
                                  "[]",
                                  "[ ]",
                                  "[1]",
                                  "[1,2]",
                                  "[[],{}]",
                                  "[null, 1, \"1\", {}]",
                                  "{}",
                                  "{ }",
                                  "{\"a\":1}",
                                  "{\"a\":1,\"a\":2}",
                                  "{\"\":0}",
                                  "{\"a\":[],\"b\":{}}",
                                  " 1 ",
                                  "\t[\r\n]\n",
                                  "{ \"a\" : 1 , \"b\" : [ 2 ] }"};
  for (const std::string& text : accepted) {
    CAPTURE(text);
    CHECK(find_flaw(text) == std::nullopt);
  }
}

TEST_CASE("what is not JSON is told with its place and its reason") {
  const Rejected rejected[] = {
      {"", 0, "expected a value, found the end"},
      {"  ", 2, "expected a value, found the end"},
      {"nul", 0, "expected a value, found 'nul'"},
      {"True", 0, "expected a value, found 'True'"},
      {"truetrue", 0, "expected a value, found 'truetrue'"},
      {"NaN", 0, "expected a value, found 'NaN'"},
      {"-Infinity", 1, "expected a digit after '-', found 'Infinity'"},
      {"'a'", 0, "expected a value, found '''"},
      {"\x01", 0, "expected a value, found '\\x01'"},
      {std::string("\0", 1), 0, "expected a value, found '\\x00'"},
      {"\xef\xbb\xbf{}", 0, "expected a value, found '\\xef\\xbb\\xbf'"},
      {"\xff", 0, "not valid UTF-8"},
      {"+1", 0, "expected a value, found '+'"},
      {".5", 0, "expected a value, found '.'"},
      {"-", 1, "expected a digit after '-', found the end"},
      {"01", 0, "leading zeros are not allowed"},
      {"-00", 1, "leading zeros are not allowed"},
      {"1.", 2, "expected a digit after the decimal point, found the end"},
      {"1.e1", 2, "expected a digit after the decimal point, found 'e1'"},
      {"1e", 2, "expected a digit in the exponent, found the end"},
      {"1e+", 3, "expected a digit in the exponent, found the end"},
      {"0x1", 1, "expected nothing after the value, found 'x1'"},
      {"1 2", 2, "expected nothing after the value, found '2'"},
      {"{} x", 3, "expected nothing after the value, found 'x'"},
      {"[]]", 2, "expected nothing after the value, found ']'"},
      {"1\f", 1, "expected nothing after the value, found '\\x0c'"},
      {"\"abc", 0, "the string is not closed"},
      {"[\"a\\\"", 1, "the string is not closed"},
      {"\"a\\", 0, "the string is not closed"},
      {"\"a\tb\"", 2, "a control character must be written as an escape, found \\x09"},
      {"\"a\\x\"", 2, "no such escape: '\\x'"},
      {"\"\\é\"", 1, "no such escape: '\\é'"},
      {"\"\\u12g4\"", 1, "expected four hex digits after '\\u'"},
      {"\"\\u12", 1, "expected four hex digits after '\\u'"},
      {"\"\\ud83d\"", 1, "'\\ud83d' is half of a surrogate pair, its other half is missing"},
      {"\"\\ud83d\\u0041\"", 1, "'\\ud83d' is half of a surrogate pair, its other half is missing"},
      {"\"\\uDE00\"", 1, "'\\uDE00' is half of a surrogate pair, its other half is missing"},
      {"\"\xc3\"", 1, "not valid UTF-8"},
      {"\"\xc0\x80\"", 1, "not valid UTF-8"},
      {"\"\xe0\x80\x80\"", 1, "not valid UTF-8"},
      {"\"\xed\xa0\x80\"", 1, "not valid UTF-8"},
      {"\"\xf0\x80\x80\x80\"", 1, "not valid UTF-8"},
      {"\"\xf4\x90\x80\x80\"", 1, "not valid UTF-8"},
      {"[", 1, "expected a value, found the end"},
      {"[1", 2, "expected ',' or ']', found the end"},
      {"[1 2]", 3, "expected ',' or ']', found '2'"},
      {"[1,]", 3, "expected a value, found ']'"},
      {"[,1]", 1, "expected a value, found ','"},
      {"[1}", 2, "expected ',' or ']', found '}'"},
      {"[\"a\":1]", 4, "expected ',' or ']', found ':'"},
      {"{", 1, "expected a member name in double quotes or '}', found the end"},
      {"{a:1}", 1, "expected a member name in double quotes or '}', found 'a'"},
      {"{1:1}", 1, "expected a member name in double quotes or '}', found '1'"},
      {"{,}", 1, "expected a member name in double quotes or '}', found ','"},
      {"{\"a\"}", 4, "expected ':' after the member name, found '}'"},
      {"{\"a\" 1}", 5, "expected ':' after the member name, found '1'"},
      {"{\"a\":}", 5, "expected a value, found '}'"},
      {"{\"a\":1", 6, "expected ',' or '}', found the end"},
      {"{\"a\":1]", 6, "expected ',' or '}', found ']'"},
      {"{\"a\":1 \"b\":2}", 7, "expected ',' or '}', found '\"'"},
      {"{\"a\":1,}", 7, "expected a member name in double quotes, found '}'"},
      {"{\"a\":1,,}", 7, "expected a member name in double quotes, found ','"},
      {"abcdefghijklmnopqrstuvwxyz", 0, "expected a value, found 'abcdefghijklmnopqrst...'"},
  };
  for (const Rejected& want : rejected) {
    CAPTURE(want.text);
    const auto flaw = find_flaw(want.text);
    REQUIRE(flaw.has_value());
    CHECK(flaw->reason == want.reason);
    CHECK(flaw->offset == want.offset);
    CHECK_FALSE(is_value(want.text));
  }
}

TEST_CASE("the first flaw is the one that is told") {
  CHECK(find_flaw("[01,\"\\x\",") == Flaw{1, "leading zeros are not allowed"});
}

TEST_CASE("1024 levels are allowed, an empty container is one too, and 1025 are not") {
  CHECK(is_value(nested(1024, "[", "", "]")));
  CHECK(is_value(nested(1024, "[", "1", "]")));
  CHECK(is_value(nested(1024, "{\"a\":", "1", "}")));
  CHECK(is_value(nested(1023, "{\"a\":", "{}", "}")));
  CHECK(find_flaw(nested(1025, "[", "", "]")) == Flaw{1024, "nested deeper than 1024"});
  CHECK(find_flaw(nested(1024, "{\"a\":", "{}", "}")) == Flaw{1024 * 5, "nested deeper than 1024"});
  CHECK(find_flaw(std::string(1'000'000, '[')) == Flaw{1024, "nested deeper than 1024"});
}
