// Where lines end and backslashes stand, and whether escapes are right: the same as byte by
// byte, also where words of bits meet.
#include "json/line_index.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "json/chunk.hpp"
#include "json/escapes.hpp"
#include "json/seed.hpp"

using namespace flux::json;

namespace {

std::string any_of(std::mt19937_64& random, const std::vector<std::string>& pieces, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += pieces[random() % pieces.size()];
  return text;
}

bool are_valid_one_by_one(std::string_view text) {
  while (!text.empty()) {
    const std::size_t size = text[0] == '\\' ? read_escape(text).size : 1;
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

}  // namespace

TEST_CASE("lines end and backslashes stand where they are found one by one") {
  const std::uint64_t seed = property_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  LineIndex lines;
  for (int round = 0; round < 3'000; ++round) {
    const std::size_t rarity = 1 + random() % 100;
    std::string text;
    for (std::size_t i = random() % 400; i > 0; --i)
      text += random() % rarity == 0 ? "\n\\"[random() % 2] : 'a';
    text += '\n';
    CAPTURE(text);
    const Chunk chunk(text, "\n\\"[random() % 2]);
    lines.build(chunk.text().data(), text.size());

    std::vector<std::uint32_t> ends;
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1))
      ends.push_back(static_cast<std::uint32_t>(at));
    REQUIRE(std::vector(lines.ends().begin(), lines.ends().end()) == ends);
    for (std::uint32_t from = 0; from <= text.size(); ++from)
      REQUIRE(lines.next_backslash(from) == std::min(text.find('\\', from), text.size()));
    for (int pair = 0; pair < 20; ++pair) {
      const auto begin = static_cast<std::uint32_t>(random() % text.size());
      const auto end = static_cast<std::uint32_t>(begin + 1 + random() % (text.size() - begin));
      const bool has_one = text.substr(begin, end - begin).find('\\') != std::string::npos;
      REQUIRE(lines.has_backslash(begin, end) == has_one);
    }
  }
}

TEST_CASE("an empty chunk has no lines") {
  LineIndex lines;
  const Chunk chunk("");
  lines.build(chunk.text().data(), 0);
  CHECK(lines.ends().empty());
  CHECK(lines.next_backslash(0) == 0);
}

TEST_CASE("escapes of a line are right if each of them is, wherever it stands") {
  const std::uint64_t seed = property_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  const std::vector<std::string> right = {"a",     "bc",        "\\\\",      R"(\")",           R"(\n)",
                                          R"(\/)", R"(\u00e9)", R"(\uD7ff)", R"(\ud83d\uDE00)", "u00e9",
                                          "\\\\u"};
  const std::vector<std::string> wrong = {R"(\x)",     R"(\u12g4)",   R"(\ud83d)", R"(\ude00)",
                                          R"(\U00e9)", R"(\ud83d\n)", R"(\u123)",  R"(\ud83d\u0041)",
                                          "\\",        R"(\u-123)"};
  LineIndex lines;
  for (int round = 0; round < 20'000; ++round) {
    const std::string before = any_of(random, right, random() % 40);
    std::string line = any_of(random, right, random() % 40);
    if (random() % 2 == 0) line += wrong[random() % wrong.size()] + any_of(random, right, random() % 3);
    const std::string text = before + line + '\n' + any_of(random, right, 3) + '\n';
    CAPTURE(text);
    const Chunk chunk(text);
    lines.build(chunk.text().data(), text.size());
    const auto begin = static_cast<std::uint32_t>(before.size());
    const auto end = static_cast<std::uint32_t>(begin + line.size());
    REQUIRE(are_escapes_valid(chunk.text().data(), begin, end, lines) == are_valid_one_by_one(line));
  }
}
