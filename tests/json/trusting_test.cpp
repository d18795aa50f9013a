// The trusting reader against the strict one.
#include <doctest/doctest.h>

#include <span>
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

// What is wanted: members of members, names that end alike, one that escapes other than
// \\u00.. could spell, so many that every key is looked at, and a name that is not looked for
// by its bytes.
const std::vector<std::vector<Path>> kWanted{
    {{"a"}, {"long_name_1"}, {"a", "b"}, {"b", "a", "c"}, {"q"}, {"a"}},
    {{"long_name_2"}},
    {{"b", "b"}, {"b", "a"}, {"a", "a", "a"}},
    {{"é"}, {"c", "é"}, {"a"}},
    {{"a"}, {"b"}, {"c"}, {"d"}, {"e"}, {"f"}, {"g"}, {"long_name_1"}, {"q"}, {"b", "h"}, {"b", "c", "a"}},
    {{"a"}, {""}}};

// All that a reader says of lines, to be compared.
struct Said {
  std::vector<std::uint32_t> begin, end, line;
  std::vector<Status> status;
  std::vector<std::uint8_t> duplicates;
  std::vector<Member> members;
  std::size_t lines = 0;
  bool operator==(const Said&) const = default;
};

Said said_of(const Documents& documents) {
  const auto all = [](const auto& span) { return std::vector(span.begin(), span.end()); };
  return {all(documents.begin),      all(documents.end),     all(documents.line), all(documents.status),
          all(documents.duplicates), all(documents.members), documents.lines};
}

Member member_of(const std::string& line, const Path& path) {
  Reader reader{Wanted(std::span(&path, 1)), Check::wanted};
  Arena arena;
  const Chunk chunk(line + "\n");
  return reader.read(chunk.text(), arena).member(0, 0);
}

}  // namespace

TEST_CASE("of lines without a flaw both readers say the same") {
  const std::uint64_t seed = property_seed();
  CAPTURE(seed);
  RandomJson random(seed);
  Arena arena;
  for (int round = 0; round < 3'000; ++round) {
    const std::vector<Path>& wanted = kWanted[random.below(kWanted.size())];
    Reader strict{Wanted(wanted)};
    Reader trusting{Wanted(wanted), Check::wanted};
    CAPTURE(&wanted - kWanted.data());
    std::vector<std::string> lines;
    for (auto left = 1 + random.below(20); left > 0; --left)
      lines.push_back(random.space() + (random.below(9) == 0 ? "" : random.value(4)) + random.space());
    const Chunk chunk(joined(lines), "{[\"1\n\\ \xff"[random.below(8)]);
    CAPTURE(flux::printable(chunk.text(), chunk.text().size()));
    REQUIRE(said_of(trusting.read(chunk.text(), arena)) == said_of(strict.read(chunk.text(), arena)));
    arena.reset(1 << 20);
  }
}

TEST_CASE("of damaged lines the trusting reader says nothing that is not so") {
  const std::uint64_t seed = property_seed();
  CAPTURE(seed);
  RandomJson random(seed);
  Arena arena;
  for (int round = 0; round < 3'000; ++round) {
    const std::vector<Path>& wanted = kWanted[random.below(kWanted.size())];
    Reader trusting{Wanted(wanted), Check::wanted};
    CAPTURE(&wanted - kWanted.data());
    std::vector<std::string> lines;
    for (auto left = 1 + random.below(9); left > 0; --left) lines.push_back(random.damaged(random.value(4)));
    const Chunk chunk(joined(lines), "{[\"1\n\\ \xff"[random.below(8)]);
    const std::string_view text = chunk.text();
    CAPTURE(flux::printable(text, text.size()));
    const Documents documents = trusting.read(text, arena);
    REQUIRE(documents.lines == lines.size());
    for (std::size_t row = 0; row < documents.count; ++row) {
      const std::string& line = lines[documents.line[row]];
      const std::string_view value =
          text.substr(documents.begin[row], documents.end[row] - documents.begin[row]);
      REQUIRE(line.find(value) != std::string::npos);
      if (documents.status[row] == Status::bad) REQUIRE(!is_value(line));
      for (std::size_t slot = 0; slot < wanted.size(); ++slot) {
        const Member& member = documents.member(row, slot);
        if (member.end == 0) continue;
        REQUIRE(documents.begin[row] < member.key);
        REQUIRE(member.key < member.value);
        REQUIRE(member.end < documents.end[row]);
        REQUIRE(is_value(text.substr(member.value, member.end - member.value)));
      }
    }
    arena.reset(1 << 20);
  }
}

TEST_CASE("a key is found at whatever place of a block it stands, and what only looks like it is not") {
  for (std::size_t width = 0; width < 200; ++width) {
    const std::string before = "{\"" + std::string(width, 'x') + "\\\"level\":1,\"text\":\"" +
                               std::string(width, '\\') + std::string(width, '\\') + "\\\"level\\\":2\",";
    const auto value = static_cast<std::uint32_t>(before.size() + 8);
    CAPTURE(width);
    REQUIRE(member_of(before + "\"level\":3}", {"level"}) == Member{value - 8, value, value + 1});
    REQUIRE(member_of(before + "\"l\\u0065vel\":3}", {"level"}).end == value + 6);
    REQUIRE(member_of(before + "\"levels\":3}", {"level"}) == Member{});
  }
}

TEST_CASE("a wanted member that is no JSON fails its line, and another one does not") {
  for (const std::string value :
       {"01", "tru", "\"\\x\"", "\"\x01\"", "\"\xff\"", "[1,]", "", "1 2", "{\"a\" 1}"}) {
    CAPTURE(value);
    const std::string line = "{\"a\":" + value + ",\"b\":1}\n";
    const Chunk chunk(line);
    Arena arena;
    const auto status_of = [&](const Path& path) {
      Reader reader{Wanted(std::span(&path, 1)), Check::wanted};
      return reader.read(chunk.text(), arena).status[0];
    };
    if (value != "1 2") CHECK(status_of({"a"}) == Status::bad);  // up to the space it is 1
    if (value != "{\"a\" 1}") CHECK(status_of({"b"}) == Status::ok);
  }
}

TEST_CASE("a string that is not closed fails its line, and its neighbours are read") {
  const Chunk chunk("{\"a\":1}\n{\"a\":\"x}\n{\"a\":2}\n");
  Arena arena;
  Reader reader{Wanted(std::vector<Path>{{"a"}}), Check::wanted};
  const Documents documents = reader.read(chunk.text(), arena);
  REQUIRE(said_of(documents).status == std::vector{Status::ok, Status::bad, Status::ok});
  REQUIRE(documents.member(2, 0) == Member{18, 22, 23});
}
