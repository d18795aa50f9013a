// Looking into JSON text: members as they stand, and what strings say.
#include <doctest/doctest.h>

#include <flux/json_reader.hpp>
#include <string>
#include <vector>

using flux::Json;
using flux::JsonMembers;
using Lines = std::vector<std::string>;

namespace {

Lines members_of(std::string_view object) {
  Lines lines;
  for (JsonMembers member(Json{object}); member.next();) {
    lines.push_back(std::string(member.raw_key()) + " is " + std::string(member.value().text));
  }
  return lines;
}

std::string said(std::string_view value) {
  std::string scratch = "left over";
  return std::string(flux::said(Json{value}, scratch));
}

}  // namespace

TEST_CASE("members come in order, with the bytes that they have") {
  CHECK(members_of("{}") == Lines{});
  CHECK(members_of("{ \t}") == Lines{});
  CHECK(members_of(R"({"a":1})") == Lines{"a is 1"});
  CHECK(members_of(R"({ "a" : 1.10 , "b":[ {"c":"]}"}, 2 ] ,"a":{ "x" : null } })") ==
        Lines{"a is 1.10", R"(b is [ {"c":"]}"}, 2 ])", R"(a is { "x" : null })"});
  CHECK(members_of(R"({"q\"}":"\\","":true})") == Lines{R"(q\"} is "\\")", " is true"});
}

TEST_CASE("offsets of a member lead to its bytes") {
  const std::string text = R"({ "a" : 12, "b":3})";
  JsonMembers member(Json{text});
  CHECK(member.value_end() == 1);
  REQUIRE(member.next());
  CHECK(text.substr(member.key_begin(), member.key_end() - member.key_begin()) == "\"a\"");
  CHECK(text.substr(member.value_begin(), member.value_end() - member.value_begin()) == "12");
  REQUIRE(member.next());
  CHECK(member.key_begin() == text.find("\"b\""));
}

TEST_CASE("a key written with escapes is the same key") {
  JsonMembers member(Json{R"({"\u0061\n":1,"a":2})"});
  REQUIRE(member.next());
  CHECK(member.is_called("a\n"));
  CHECK(!member.is_called("a"));
  CHECK(!member.is_called(R"(\u0061\n)"));
  REQUIRE(member.next());
  CHECK(member.is_called("a"));
}

TEST_CASE("strings say what their escapes stand for, other values are their text") {
  CHECK(said(R"("")") == "");
  CHECK(said(R"("plain caf\u00e9")") == "plain caf\u00e9");
  CHECK(said(R"("\"\\\/\b\f\n\r\t")") == "\"\\/\b\f\n\r\t");
  CHECK(said(R"("a\u00Bf\u20ACz")") == "a\u00bf\u20acz");
  CHECK(said(R"("\ud83d\ude00!")") == "\U0001F600!");
  CHECK(said(R"("\u0000")") == std::string(1, '\0'));
  CHECK(said("1.10") == "1.10");
  CHECK(said(R"({"a":"\n"})") == R"({"a":"\n"})");
}

TEST_CASE("text without escapes is not copied") {
  const std::string text = R"("as it is")";
  std::string scratch;
  CHECK(flux::said(Json{text}, scratch).data() == text.data() + 1);
}
