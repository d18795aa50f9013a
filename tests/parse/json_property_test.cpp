// JSON text as plugins read and write it, against a plain reference.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <flux/json_reader.hpp>
#include <flux/json_writer.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "json/random_json.hpp"
#include "json/seed.hpp"
#include "path_value.hpp"
#include "sdk/fake_host.hpp"

using flux_test::FakeHost;
using flux_test::Outcome;

namespace {

// A random object that the reference can hold: it has no 1e400.
std::string random_object(RandomJson& random) {
  for (;;) {
    std::string text = random.object(3);
    if (text.find("1e400") == std::string::npos) return text;
  }
}

nlohmann::json* member_of(nlohmann::json& object, const flux::Member& path) {
  nlohmann::json* at = &object;
  for (const std::string& name : path.names) {
    if (!at->is_object() || !at->contains(name)) return nullptr;
    at = &(*at)[name];
  }
  return at;
}

const flux::Member kPaths[] = {{{"a"}}, {{"long_name_1"}}, {{"q\""}}, {{"a", "b"}}, {{"\u00e9", "a"}}};

}  // namespace

TEST_CASE("property: find and unnest see what the reference sees") {
  const auto seed = property_seed();
  CAPTURE(seed);
  RandomJson random(seed);
  for (int round = 0; round < 3'000; ++round) {
    const std::string text = random_object(random);
    const flux::Member& path = kPaths[random.below(std::size(kPaths))];
    CAPTURE(text);
    CAPTURE(to_string(path));
    nlohmann::json reference = nlohmann::json::parse(text);
    const nlohmann::json* expected = member_of(reference, path);

    const std::optional<flux::Json> found = flux::find({text}, path);
    REQUIRE(found.has_value() == (expected != nullptr));
    if (found) REQUIRE(nlohmann::json::parse(found->text) == *expected);

    const PathValue parameter(path.names);
    const Outcome outcome = FakeHost("unnest", {{"path", parameter.value()}}).run({{text}});
    const bool is_array = expected != nullptr && expected->is_array();
    REQUIRE(outcome.failures.size() == (is_array ? 0 : 1));
    if (!is_array) continue;
    const nlohmann::json elements = *expected;
    REQUIRE(outcome.results.size() == elements.size());
    for (std::size_t i = 0; i < elements.size(); ++i) {
      nlohmann::json event = reference;
      *member_of(event, path) = elements[i];
      REQUIRE(nlohmann::json::parse(outcome.results[i].substr(3)) == event);  // behind "0: "
    }
  }
}

TEST_CASE("property: the text of a string is that of the reference, and so is what is written") {
  const auto seed = property_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 5'000; ++round) {
    std::string text;
    for (auto left = random() % 40; left > 0; --left) {
      static constexpr char32_t kMost[] = {0x7F, 0x20, 0x7FF, 0xD7FF, 0x10FFFF};
      const char32_t character = static_cast<char32_t>(random() % (kMost[random() % std::size(kMost)] + 1));
      if (character < 0xD800 || character > 0xDFFF) flux::append_utf8(character, text);
    }
    flux::JsonWriter json;
    json.value(text);
    CAPTURE(json.text());
    REQUIRE(nlohmann::json::parse(json.text()) == nlohmann::json(text));
    REQUIRE(json.text() == nlohmann::json(text).dump());
    REQUIRE(flux::text_of({nlohmann::json(text).dump(-1, ' ', true)}) == text);
  }
}

TEST_CASE("property: a float that is written reads back the same, and as a float") {
  const auto seed = property_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 20'000; ++round) {
    const std::uint64_t bits = random();
    double number = 0;
    std::memcpy(&number, &bits, sizeof number);
    if (round % 2 == 0) number = static_cast<double>(static_cast<std::int64_t>(bits) >> (bits % 60)) / 1000;
    if (!std::isfinite(number)) continue;
    flux::JsonWriter json;
    json.value(number);
    CAPTURE(json.text());
    const nlohmann::json read = nlohmann::json::parse(json.text());
    REQUIRE(read.is_number_float());
    REQUIRE(read.get<double>() == number);
  }
}
