// Changes at places that are known come to what edit() makes, byte for byte, and members
// that were carried along stand where a reader finds them.
#include "json/patch.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "json/chunk.hpp"
#include "json/documents.hpp"
#include "json/edit.hpp"
#include "json/random_json.hpp"
#include "json/seed.hpp"
#include "json/string.hpp"

using namespace flux::json;
using flux::Arena;
using flux::Path;

namespace {

const std::vector<Path> kPaths = {{"a"}, {"b"}, {"é"}, {"new"}, {"q\""}, {"b", "a"}};

Documents read(const std::string& lines, Arena& arena) {
  const Chunk chunk(lines);
  const auto text = arena.copy(chunk.text());
  Reader reader{Wanted(kPaths)};
  Documents documents = reader.read(Chunk(text).text(), arena);
  return documents;
}

// The object after its changes, or "" where the patch leaves it to edit().
std::string patched(Patch& patch) {
  if (!patch.settle()) return {};
  std::string text(patch.size(), '\0');
  const char* end = patch.write(text.data());
  CHECK(end == text.data() + text.size());
  return text;
}

}  // namespace

TEST_CASE("a patch leaves what it does not know to edit()") {
  Arena arena;
  const std::string object = "{ \"a\" : 1 }";
  const Documents documents = read(object + "\n", arena);
  Patch patch;
  patch.start(object.data(), 0, static_cast<std::uint32_t>(object.size()));
  patch.remove(documents.member(0, 0));
  CHECK(patched(patch) == "");
  patch.start("{ }", 0, 3);
  patch.append("\"b\"", "2");
  CHECK(patched(patch) == "");
}

TEST_CASE("a member is set, removed, renamed, and a new one appended, in one copy") {
  Arena arena;
  const std::string object = R"({"a": 1.10, "b":{"a":[ ]} , "é" :2 })";
  const Documents documents = read(object + "\n", arena);
  Patch patch;
  patch.start(object.data(), 0, static_cast<std::uint32_t>(object.size()));
  patch.set(documents.member(0, 5), "null");
  patch.remove(documents.member(0, 0));
  patch.rename(documents.member(0, 2), "\"e\"");
  patch.append("\"new\"", "[1]");
  patch.append("\"q\\\"\"", "2");
  CHECK(patched(patch) == R"({"b":{"a":null} , "e" :2,"new":[1],"q\"":2 })");
}

TEST_CASE("any patch gives the bytes of edit(), and members move to where they are read") {
  const std::uint64_t seed = property_seed();
  CAPTURE(seed);
  RandomJson random(seed);
  Arena arena;
  Patch patch;
  int compared = 0;
  for (int round = 0; round < 5'000; ++round) {
    arena.reset(1 << 20);
    const std::string object = random.object(3);
    CAPTURE(object);
    const Documents documents = read(object + "\n", arena);
    REQUIRE(documents.count == 1);
    if (documents.duplicates[0] != 0) continue;
    patch.start(object.data(), documents.begin[0], documents.end[0]);
    std::vector<Edit> edits;
    std::vector<std::string> keys;
    const Path to = {"renamed"};
    keys.reserve(kPaths.size());
    for (std::size_t slot = 0; slot + 1 < kPaths.size(); ++slot) {
      const Member& member = documents.member(0, slot);
      switch (random.below(4)) {
        case 0:
          edits.push_back({Edit::Op::set, &kPaths[slot], nullptr, "[7]"});
          keys.push_back(quote(kPaths[slot][0]));
          if (member.value != 0) patch.set(member, "[7]");
          if (member.value == 0) patch.append(keys.back(), "[7]");
          break;
        case 1:
          edits.push_back({Edit::Op::remove, &kPaths[slot], nullptr, {}});
          if (member.value != 0) patch.remove(member);
          break;
        case 2:
          if (slot != 0) break;  // two members of one name are nothing for a patch
          edits.push_back({Edit::Op::rename, &kPaths[slot], &to, {}});
          if (member.value != 0) patch.rename(member, "\"renamed\"");
          break;
        default:
          break;
      }
    }
    const std::string text = patched(patch);
    if (text.empty()) continue;
    ++compared;
    REQUIRE(text == edit(object, edits, arena));
    const Documents after = read(text + "\n", arena);
    for (std::size_t slot = 0; slot < kPaths.size(); ++slot) {
      const Member& member = documents.member(0, slot);
      const bool is_touched = std::any_of(edits.begin(), edits.end(), [&](const Edit& edit) {
        return edit.op != Edit::Op::set && kPaths[slot][0] == (*edit.path)[0];
      });
      const bool lost_its_inside = kPaths[slot].size() > 1;
      if (member.value == 0 || is_touched || lost_its_inside) continue;
      CAPTURE(slot);
      CHECK(patch.moved(member, 0) == after.member(0, slot));
    }
  }
  CHECK(compared > 1'000);
}
