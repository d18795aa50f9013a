// Where strings and values end.
#include "json/skip.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <iterator>
#include <random>
#include <string>

#include "json/seed.hpp"

TEST_CASE("strings end at their own quote, wherever escapes stand and whatever comes behind") {
  const std::uint64_t seed = property_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  constexpr const char* kPieces[] = {"a", "b]", "{", ",", " ", "\xC3\xA9", R"(\\)", R"(\")", R"(\n)"};
  const auto some = [&](std::uint64_t most) {
    std::string text;
    for (std::uint64_t c = random() % most; c > 0; --c) text += kPieces[random() % std::size(kPieces)];
    return text;
  };
  for (int i = 0; i < 10'000; ++i) {
    const std::string before = some(10);
    const std::string string = '"' + some(30) + '"';
    const std::string object = "{" + string + ":[1," + string + "]}";
    const std::string behind = some(10);
    REQUIRE(flux::json::skip_string(before + string + behind, before.size()) ==
            before.size() + string.size());
    REQUIRE(flux::json::skip_value(before + object + behind, before.size()) == before.size() + object.size());
  }
}
