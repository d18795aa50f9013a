// The fast reader against the plain checker and against nlohmann, on random lines.
#include <doctest/doctest.h>

#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "json/check.hpp"
#include "json/chunk.hpp"
#include "json/documents.hpp"
#include "json/random_json.hpp"
#include "json/seed.hpp"

using namespace flux::json;
using flux::Arena;
using flux::Path;

namespace {

const std::vector<Path> kWanted{{"a"}, {"long_name_1"},      {"a", "b"}, {"b", "a", "c"}, {"é"}, {"q\""},
                                {""},  {"b", "long_name_2"}, {"a"}};

bool is_blank(const std::string& line) { return line.find_first_not_of(" \t\r") == std::string::npos; }

// Lines that are not blank, with the verdict of find_flaw.
std::vector<bool> verdicts_of(const std::vector<std::string>& lines) {
  std::vector<bool> verdicts;
  for (const std::string& line : lines)
    if (!is_blank(line)) verdicts.push_back(is_value(line));
  return verdicts;
}

std::vector<bool> verdicts_of(const Documents& documents) {
  std::vector<bool> verdicts;
  for (const Status status : documents.status) verdicts.push_back(status == Status::ok);
  return verdicts;
}

// Whether nlohmann can judge the line: it refuses what a double cannot hold, takes a
// byte order mark, and stops reading at a NUL.
bool is_judged_by_nlohmann(const std::string& line) {
  return line.find_first_of("eE") == std::string::npos && line.rfind("\xef", 0) != 0 &&
         line.find('\0') == std::string::npos;
}

// The member as nlohmann, which keeps the last duplicate, finds it.
const nlohmann::json* find(const nlohmann::json& document, const Path& path) {
  const nlohmann::json* at = &document;
  for (const std::string& name : path) {
    if (!at->is_object() || !at->contains(name)) return nullptr;
    at = &at->at(name);
  }
  return at;
}

}  // namespace

TEST_CASE("a line is ok exactly if the plain checker finds no flaw, alone and in a block") {
  const std::uint64_t seed = property_seed();
  CAPTURE(seed);
  RandomJson random(seed);
  Arena arena;
  Reader block_reader{Wanted(kWanted)};
  Reader plain_reader{Wanted()};
  for (int round = 0; round < 1'500; ++round) {
    std::vector<std::string> lines;
    const auto damage = 1 + random.below(20);
    for (auto left = 1 + random.below(20); left > 0; --left) {
      const std::string line = random.space() + random.value(4) + random.space();
      lines.push_back(random.below(damage) == 0 ? random.damaged(line) : line);
    }
    const Chunk chunk(joined(lines), "{[\"1\n\\ \xff"[random.below(8)]);
    CAPTURE(flux::printable(chunk.text(), chunk.text().size()));
    const Documents documents = block_reader.read(chunk.text(), arena);
    REQUIRE(verdicts_of(documents) == verdicts_of(lines));
    REQUIRE(verdicts_of(plain_reader.read(chunk.text(), arena)) == verdicts_of(lines));

    std::size_t row = 0;
    for (const std::string& line : lines) {
      if (is_blank(line)) continue;
      if (is_judged_by_nlohmann(line)) REQUIRE(is_value(line) == nlohmann::json::accept(line));
      const Chunk single(line + "\n");
      const Documents alone = block_reader.read(single.text(), arena);
      const std::size_t shift = documents.begin[row] - alone.begin[0];
      REQUIRE(alone.status[0] == documents.status[row]);
      REQUIRE(alone.end[0] + shift == documents.end[row]);
      for (std::size_t slot = 0; slot < kWanted.size(); ++slot)
        REQUIRE(alone.member(0, slot).value + (alone.member(0, slot).value == 0 ? 0 : shift) ==
                documents.member(row, slot).value);
      ++row;
    }
    arena.reset(1 << 20);
  }
}

TEST_CASE("the spans of members hold what nlohmann finds there") {
  const std::uint64_t seed = property_seed();
  CAPTURE(seed);
  RandomJson random(seed);
  Arena arena;
  Reader reader{Wanted(kWanted)};
  for (int round = 0; round < 1'500; ++round) {
    std::string line = random.object(4);
    // nlohmann cannot hold 1e400.
    for (std::size_t at; (at = line.find("1e400")) != std::string::npos;) line.replace(at, 5, "1e300");
    CAPTURE(line);
    const Chunk chunk(line + "\n");
    const Documents documents = reader.read(chunk.text(), arena);
    REQUIRE(documents.all_ok);
    const auto expected = nlohmann::json::parse(line);
    for (std::size_t slot = 0; slot < kWanted.size(); ++slot) {
      CAPTURE(slot);
      const Member& member = documents.member(0, slot);
      const nlohmann::json* want = find(expected, kWanted[slot]);
      REQUIRE((member.end == 0) == (want == nullptr));
      if (want == nullptr) continue;
      REQUIRE(nlohmann::json::parse(chunk.text().substr(member.value, member.end - member.value)) == *want);
      REQUIRE(chunk.text()[member.key] == '"');
    }
    arena.reset(1 << 20);
  }
}

TEST_CASE("every text of up to four tokens gets the checker's verdict") {
  const std::string tokens[] = {"{", "}", "[", "]", ",", ":",    "\"a\"", "\"", "1",
                                "-", "0", ".", "e", " ", "true", "\\",    "x"};
  std::vector<std::string> lines{""};
  Reader reader{Wanted(kWanted)};
  for (int length = 1; length <= 4; ++length) {
    std::vector<std::string> longer;
    for (const std::string& line : lines)
      for (const std::string& token : tokens) longer.push_back(line + token);
    lines = std::move(longer);
    Arena arena;
    const Chunk chunk(joined(lines));
    REQUIRE(verdicts_of(reader.read(chunk.text(), arena)) == verdicts_of(lines));
  }
}
