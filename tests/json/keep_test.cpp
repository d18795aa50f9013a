// Objects with only some of their members: what stays keeps its bytes.
#include "json/keep.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "json/check.hpp"
#include "json/chunk.hpp"
#include "json/edit.hpp"
#include "json/members.hpp"
#include "json/random_json.hpp"
#include "json/seed.hpp"
#include "json/string.hpp"

using namespace flux::json;
using flux::Arena;
using flux::Path;

namespace {

std::string keep(std::string_view object, const std::vector<Path>& paths) {
  const Chunk chunk(object);
  Arena arena;
  return std::string(Kept(paths).apply(chunk.text(), arena));
}

// The distinct names of an object's members.
std::vector<std::string> names_of(std::string_view object) {
  std::vector<std::string> names;
  for (Members member(object, 0); member.next();) {
    std::string name(member.key_end() - member.key_begin(), '\0');
    const std::string_view raw =
        object.substr(member.key_begin() + 1, member.key_end() - member.key_begin() - 2);
    name.resize(unescape(raw, name.data()));
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

}  // namespace

TEST_CASE("members stay in the order and with the bytes of the event") {
  CHECK(keep(R"({"a":1,"b":1.10,"c":[ 1,  2 ]})", {{"c"}, {"b"}}) == R"({"b":1.10,"c":[ 1,  2 ]})");
  CHECK(keep(R"({ "a" : 1 , "b" : 2 , "c" : 3 })", {{"a"}, {"c"}}) == R"({ "a" : 1 , "c" : 3 })");
  CHECK(keep(R"({ "a" : 1 , "b" : 2 , "c" : 3 })", {{"b"}}) == R"({ "b" : 2 })");
  CHECK(keep(R"({"a":null})", {{"a"}}) == R"({"a":null})");
}

TEST_CASE("members that are missing are missing") {
  CHECK(keep(R"({"a":1})", {{"b"}}) == "{}");
  CHECK(keep("{}", {{"b"}}) == "{}");
  CHECK(keep("{ }", {{"b"}}) == "{ }");
}

TEST_CASE("all members of a name stay, whatever their escapes") {
  CHECK(keep(R"({"a":1,"x":2,"\u0061":3})", {{"a"}}) == R"({"a":1,"\u0061":3})");
  CHECK(keep(R"({"q\"":1,"q\\":2})", {{"q\\"}}) == R"({"q\\":2})");
  CHECK(keep(R"({"é":1,"e":2})", {{"\u00e9"}}) == R"({"é":1})");
}

TEST_CASE("of an object on the way only what is named stays") {
  const std::string event = R"({"user":{"id":7, "name":"Ann"},"at":{"x":1}})";
  CHECK(keep(event, {{"user", "id"}}) == R"({"user":{"id":7}})");
  CHECK(keep(event, {{"user", "name"}, {"at"}}) == R"({"user":{"name":"Ann"},"at":{"x":1}})");
  CHECK(keep(event, {{"user", "id"}, {"user"}}) == R"({"user":{"id":7, "name":"Ann"}})");
}

TEST_CASE("a way that leads to no member does not stay") {
  CHECK(keep(R"({"user":{"name":"Ann"},"a":1})", {{"user", "id"}, {"a"}}) == R"({"a":1})");
  CHECK(keep(R"({"user":7,"a":1})", {{"user", "id"}, {"a"}}) == R"({"a":1})");
  CHECK(keep(R"({"a":{"b":{}},"x":1})", {{"a", "b", "c"}}) == "{}");
}

// seed: FLUX_SEED repeats it.
TEST_CASE("keeping some members is removing all others") {
  const std::uint64_t seed = property_seed();
  CAPTURE(seed);
  RandomJson random(seed);
  for (int i = 0; i < 3000; ++i) {
    const std::string event = random.object(2);
    CAPTURE(event);
    const std::vector<std::string> names = names_of(event);
    std::vector<Path> kept;
    for (auto left = 1 + random.below(3); left > 0; --left) {
      kept.push_back({names.empty() ? "none" : names[random.below(names.size())]});
    }
    std::vector<Path> others;
    for (const std::string& name : names)
      if (std::find(kept.begin(), kept.end(), Path{name}) == kept.end()) others.push_back({name});
    std::vector<Edit> edits;
    for (const Path& path : others) edits.push_back({Edit::Op::remove, &path, nullptr, {}});
    Arena arena;
    const Chunk chunk(event);
    const std::string found(Kept(kept).apply(chunk.text(), arena));
    REQUIRE(found == edit(event, edits, arena));
    REQUIRE(!find_flaw(found));
    REQUIRE(keep(found, kept) == found);
  }
}
