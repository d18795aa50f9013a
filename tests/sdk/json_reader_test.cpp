// JSON text as plugins look into it.
#include <doctest/doctest.h>

#include <flux/json_reader.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using Texts = std::vector<std::string>;

namespace {

std::string found(std::string_view json, const flux::Member& path) {
  const std::optional<flux::Json> value = flux::find({json}, path);
  return value ? std::string(value->text) : "nothing";
}

}  // namespace

TEST_CASE("members and elements are given as they stand") {
  Texts members;
  flux::each_member({R"({ "a" : [1, "]"] ,"b\"}":{"c":{}}, "a":-1.5e3 })"},
                    [&](flux::Json name, flux::Json value) {
                      members.push_back(std::string(name.text) + " " + std::string(value.text));
                    });
  CHECK(members == Texts{R"("a" [1, "]"])", R"("b\"}" {"c":{}})", R"("a" -1.5e3)"});

  Texts elements;
  flux::each_element({"[ null,\t\"a\\\\\" , [[]],{}\r]"},
                     [&](flux::Json value) { elements.emplace_back(value.text); });
  CHECK(elements == Texts{"null", "\"a\\\\\"", "[[]]", "{}"});
  flux::each_element({"[ ]"}, [](flux::Json) { FAIL("an empty array has no element"); });
  flux::each_member({"{ }"}, [](flux::Json, flux::Json) { FAIL("an empty object has no member"); });
}

TEST_CASE("find gives the last of duplicate keys, however they are written") {
  CHECK(found(R"({"a":{"b":1,"b":[2]}})", {{"a", "b"}}) == "[2]");
  CHECK(found(R"({"a":1,"\u0061":2})", {{"a"}}) == "2");
  CHECK(found(R"({"a":1})", {{"a", "b"}}) == "nothing");
  CHECK(found(R"({"a":1})", {{"b"}}) == "nothing");
  CHECK(found("[1]", {{"a"}}) == "nothing");
  CHECK(found("7", {}) == "7");
}

TEST_CASE("the text of a string has its escapes undone") {
  CHECK(flux::text_of({R"("")"}) == "");
  CHECK(flux::text_of({R"("a\"\\\/\b\f\n\r\tz")"}) == "a\"\\/\b\f\n\r\tz");
  CHECK(flux::text_of({R"("\u0041\u00e9\u20AC\ud83e\udd8a!")"}) == "A\u00e9\u20ac\U0001F98A!");
  CHECK(flux::text_of({R"("\u0000")"}) == std::string(1, '\0'));
}
