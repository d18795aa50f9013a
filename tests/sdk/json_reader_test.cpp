// JSON text as plugins look into it.
#include <doctest/doctest.h>

#include <cstdint>
#include <cstdlib>
#include <flux/json_reader.hpp>
#include <iterator>
#include <optional>
#include <random>
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

TEST_CASE("strings end at their own quote, wherever escapes stand and whatever comes behind") {
  const char* const given = std::getenv("FLUX_SEED");
  const std::uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  CAPTURE(seed);  // FLUX_SEED=seed repeats it
  std::mt19937_64 random(seed);
  constexpr const char* kPieces[] = {"a", "b]", "{", ",", " ", "\xC3\xA9", R"(\\)", R"(\")", R"(\n)"};
  for (int i = 0; i < 2'000; ++i) {
    Texts expected;
    std::string array = "[";
    for (std::uint64_t n = random() % 6; n > 0; --n) {
      std::string text = "\"";
      for (std::uint64_t c = random() % 30; c > 0; --c) text += kPieces[random() % std::size(kPieces)];
      text += '"';
      if (random() % 4 == 0) text = "{" + text + ":[" + text + "]}";
      expected.push_back(text);
      array += (array.size() > 1 ? "," : "") + text;
    }
    array += ']';
    Texts elements;
    flux::each_element({array}, [&](flux::Json value) { elements.emplace_back(value.text); });
    REQUIRE(elements == expected);
  }
}
