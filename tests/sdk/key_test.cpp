// Which values are equal, and that equal ones have one text.
#include <doctest/doctest.h>

#include <flux/key.hpp>
#include <string>
#include <string_view>

namespace {

std::string key(std::string_view json) {
  std::string scratch;
  return std::string(flux::key_of({json}, scratch));
}

}  // namespace

TEST_CASE("white space and escapes do not tell values apart") {
  CHECK(key(R"("plain")") == R"("plain")");
  CHECK(key(R"("\u0061\/\u000a\u0007\"\\")") == R"("a/\n\u0007\"\\")");
  CHECK(key(R"("\ud83d\ude00 \u00e9")") == "\"\xF0\x9F\x98\x80 \xC3\xA9\"");
  CHECK(key(R"("ends with \\")") == R"("ends with \\")");
  CHECK(key("[ 1 ,\t[ ] , { } ]") == "[1,[],{}]");
  CHECK(key(R"([ "\u0061" ])") == R"(["a"])");
}

TEST_CASE("the order of members does not tell objects apart, and the last of one name counts") {
  CHECK(key(R"({ "b" : 1 , "a b" : [ 1 ,2.0, "\u0020" ] })") == R"({"a b":[1,2.0," "],"b":1})");
  CHECK(key(R"({"a":1,"b":2,"\u0061":3})") == R"({"a":3,"b":2})");
}

TEST_CASE("kinds tell values apart") {
  CHECK(key(R"("1")") != key("1"));
  CHECK(key(R"("null")") != key("null"));
  CHECK(key("0") != key("false"));
  CHECK(key("[]") != key("{}"));
}

TEST_CASE("numbers are what is written") {
  for (const char* text : {"1.0", "1e0", "-0", "9007199254740993", "1e400"}) CHECK(key(text) == text);
  CHECK(key("1.0") != key("1"));
}
