// Which events are of one group, and what keys are.
#include "aggregate/groups.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <random>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "aggregate/draw.hpp"
#include "aggregate/group_names.hpp"
#include "aggregate/ranking.hpp"

TEST_CASE("groups are numbered as they come up, however their values are spelt") {
  Groups groups(10);
  CHECK(groups.of_text(R"("a")") == 0);
  CHECK(groups.of_text("1") == 1);
  CHECK(groups.of_text("1.0") == 2);
  CHECK(groups.of_text(R"("\u0061")") == 0);
  CHECK(groups.of_text(R"("\u0062",null)") == 3);
  CHECK(groups.of_text(R"("b",null)") == 3);
  CHECK(groups.of_text("null,1") == 4);
  CHECK(groups.of_text("[1, 2]") == 5);
  CHECK(groups.of_text("[1,2]") == 5);
  CHECK(groups.of_text("[1,2],1e0") == 6);
  CHECK(groups.of_text("[1, 2],1e0") == 6);
  CHECK(groups.size() == 7);
  CHECK(groups.key(3) == R"("b",null)");
}

TEST_CASE("one group too many is none, and those that are known go on") {
  Groups groups(2);
  groups.of_text("1");
  groups.of_text("2");
  CHECK(!groups.is_overfull());
  groups.require_fitting();
  CHECK(groups.of_text("3") == Groups::kNone);
  CHECK(groups.of_text("2") == 1);
  CHECK(groups.is_overfull());
  CHECK_THROWS_WITH(
      groups.require_fitting(),
      "there are more than 2 groups; allow more with groups=N, or group by members with fewer values");
}

TEST_CASE("keys of every length keep their group while the table grows") {
  const std::uint32_t seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 random(seed);
  std::unordered_map<std::string, std::uint32_t> expected;
  Groups groups(100'000);
  for (int i = 0; i < 50'000; ++i) {
    // Few letters, so that many are alike; now and then one longer than a chunk.
    const std::size_t size = i % 10'000 == 5 ? 70'000 : random() % 24;
    std::string key = "\"";
    for (std::size_t c = 0; c < size; ++c) key += static_cast<char>('a' + random() % 3);
    key += '"';
    const auto [known, is_new] = expected.try_emplace(key, static_cast<std::uint32_t>(expected.size()));
    REQUIRE(groups.of_text(key) == known->second);
  }
  REQUIRE(groups.size() == expected.size());
  for (const auto& [key, group] : expected) REQUIRE(groups.key(group) == key);
}

TEST_CASE("keys sort as lists of values do") {
  // 1 before 1.5, 10 and 1e5, whatever follows.
  CHECK(std::string_view("1,9") < std::string_view("1.5,0"));
  CHECK(std::string_view("1,9") < std::string_view("10,0"));
  CHECK(std::string_view("1,9") < std::string_view("1e5,0"));
}

TEST_CASE("members of rows are called by the last name, or by the whole path where that is taken") {
  using Names = std::vector<std::string>;
  CHECK(group_names({}, {"count"}) == Names{});
  CHECK(group_names({{{"user", "id"}}, {{"level"}}}, {"count"}) == Names{"id", "level"});
  CHECK(group_names({{{"user", "id"}}, {{"id"}}, {{"a", "b"}}}, {"count"}) == Names{"user.id", "id", "b"});
  CHECK(group_names({{{"a", "count"}}}, {"count"}) == Names{"a.count"});
  CHECK_THROWS_WITH(group_names({{{"count"}}}, {"count"}), "by: the result would have two members 'count'");
  CHECK_THROWS_WITH(group_names({{{"a"}}, {{"a"}}}, {}), "by: the result would have two members 'a'");
}

TEST_CASE("groups rank by their numbers and then by their keys, as a plain sort has it") {
  for_seeds(30, [](Draw& draw) {
    Groups groups(100'000);
    std::vector<std::int64_t> numbers;
    // Keys that begin alike, that are beginnings of others, and bytes above 0x7F.
    const std::size_t letters = 1 + draw.below(3);
    const std::string start(draw.below(20), 'x');
    const std::uint64_t highest = draw.below(3) == 0 ? 1 : 1 + draw.below(50);
    const std::uint64_t tries = draw.below(2'000);
    for (std::uint64_t i = 0; i < tries; ++i) {
      std::string key = '"' + start;
      for (std::uint64_t c = draw.below(40); c > 0; --c) key += "a\x7F\xC3 "[draw.below(letters)];
      key += '"';
      if (groups.of_text(key) == numbers.size())
        numbers.push_back(static_cast<std::int64_t>(draw.below(highest)));
    }
    std::vector<std::uint32_t> expected(groups.size());
    std::iota(expected.begin(), expected.end(), 0U);
    std::sort(expected.begin(), expected.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(-numbers[a], groups.key(a)) < std::pair(-numbers[b], groups.key(b));
    });
    const auto ranked = [&](std::size_t n) {
      return Ranking::of(groups, n, [&](std::uint32_t group) { return numbers[group]; });
    };
    CHECK(ranked(groups.size()) == expected);
    expected.resize(draw.below(expected.size() + 1));
    CHECK(ranked(expected.size()) == expected);
  });
}

TEST_CASE("groups of many workers come together as those of one map") {
  for_seeds(20, [](Draw& draw) {
    Groups all(10'000);
    std::unordered_map<std::string, std::uint32_t> expected;
    for (std::uint64_t workers = draw.below(5); workers > 0; --workers) {
      Groups theirs(10'000);
      for (std::uint64_t i = draw.below(3'000); i > 0; --i) theirs.of_text(std::to_string(draw.below(4'000)));
      for (std::uint32_t group = 0; group < theirs.size(); ++group) {
        const std::string key(theirs.key(group));
        const std::uint32_t known =
            expected.try_emplace(key, static_cast<std::uint32_t>(expected.size())).first->second;
        REQUIRE(all.of(theirs, group) == known);
        REQUIRE(all.key(known) == key);
      }
    }
    CHECK(all.size() == expected.size());
  });
}
