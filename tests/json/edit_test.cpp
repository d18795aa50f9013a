// Edits of single members: what is not named keeps its bytes.
#include "json/edit.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "json/check.hpp"
#include "json/random_json.hpp"
#include "json/seed.hpp"

using namespace flux::json;
using flux::Arena;
using flux::Path;

namespace {

std::string set(std::string_view object, const Path& path, std::string_view value) {
  Arena arena;
  const Edit edits[] = {{Edit::Op::set, &path, nullptr, value}};
  return std::string(edit(object, edits, arena));
}

std::string remove(std::string_view object, const Path& path) {
  Arena arena;
  const Edit edits[] = {{Edit::Op::remove, &path, nullptr, {}}};
  return std::string(edit(object, edits, arena));
}

std::string rename(std::string_view object, const Path& path, const std::string& name) {
  Arena arena;
  Path to = path;
  to.back() = name;
  const Edit edits[] = {{Edit::Op::rename, &path, &to, {}}};
  return std::string(edit(object, edits, arena));
}

std::string compacted(std::string_view value) {
  Arena arena;
  return std::string(compact(value, arena));
}

// ---- the model: objects as plain lists of members

struct Node {
  std::string scalar;  // of what is no object: its text
  bool is_object = false;
  std::vector<std::pair<std::string, Node>> members;
  bool operator==(const Node&) const = default;
};

// nlohmann reads for the model, duplicates included.
class ModelReader : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return scalar("null"); }
  bool boolean(bool value) override { return scalar(value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override { return scalar(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return scalar(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& text) override { return scalar(text); }
  bool string(string_t& text) override { return scalar(nlohmann::json(text).dump()); }
  bool binary(binary_t&) override { return false; }
  bool key(string_t& name) override {
    name_ = name;
    return true;
  }
  bool start_object(std::size_t) override {
    Node& node = put();
    node.is_object = true;
    open_.push_back(&node);
    return true;
  }
  bool end_object() override {
    open_.pop_back();
    return true;
  }
  // An array is an object whose names are empty, told apart by its scalar.
  bool start_array(std::size_t) override {
    Node& node = put();
    node.scalar = "[]";
    open_.push_back(&node);
    name_.clear();
    return true;
  }
  bool end_array() override { return end_object(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

  Node root;

 private:
  Node& put() {
    if (open_.empty()) return root;
    open_.back()->members.emplace_back(open_.back()->is_object ? name_ : "", Node{});
    return open_.back()->members.back().second;
  }
  bool scalar(std::string text) {
    put().scalar = std::move(text);
    return true;
  }

  std::string name_;
  std::vector<Node*> open_;
};

Node model_of(std::string_view text) {
  ModelReader reader;
  REQUIRE(nlohmann::json::sax_parse(text, &reader));
  return reader.root;
}

void model_set(Node& object, std::span<const std::string> names, const Node& value) {
  auto& members = object.members;
  const auto is_called = [&](const auto& member) { return member.first == names[0]; };
  const auto last = std::find_if(members.rbegin(), members.rend(), is_called);
  if (last == members.rend())
    members.emplace_back(names[0], Node{});
  else {
    std::pair<std::string, Node>* const kept = &*last;
    Node content = std::move(kept->second);
    kept->first += '\0';  // another name, for a moment
    std::erase_if(members, is_called);
    const auto place = std::find_if(members.begin(), members.end(),
                                    [&](const auto& m) { return m.first == names[0] + '\0'; });
    place->first = names[0];
    place->second = std::move(content);
  }
  Node& target = std::find_if(members.begin(), members.end(), is_called)->second;
  if (names.size() == 1) {
    target = value;
    return;
  }
  if (!target.is_object) target = Node{{}, true, {}};
  model_set(target, names.subspan(1), value);
}

void model_remove(Node& object, std::span<const std::string> names) {
  if (names.size() == 1) {
    std::erase_if(object.members, [&](const auto& member) { return member.first == names[0]; });
    return;
  }
  for (auto& [name, value] : object.members)
    if (name == names[0] && value.is_object) model_remove(value, names.subspan(1));
}

void model_rename(Node& object, std::span<const std::string> names, const std::string& to) {
  if (names.size() > 1) {
    for (auto& [name, value] : object.members)
      if (name == names[0] && value.is_object) model_rename(value, names.subspan(1), to);
    return;
  }
  const auto is_called = [&](const auto& member) { return member.first == names[0]; };
  if (names[0] == to || std::none_of(object.members.begin(), object.members.end(), is_called)) return;
  std::erase_if(object.members, [&](const auto& member) { return member.first == to; });
  for (auto& member : object.members)
    if (member.first == names[0]) member.first = to;
}

}  // namespace

TEST_CASE("set changes the bytes of the value and nothing else") {
  CHECK(set(R"({ "a" : 1.10 , "b":[ 1 ] })", {"a"}, "2") == R"({ "a" : 2 , "b":[ 1 ] })");
  CHECK(set(R"({"a":{"b":1},"c":2})", {"a", "b"}, "\"x\"") == R"({"a":{"b":"x"},"c":2})");
  CHECK(set(R"({"\u0061":1})", {"a"}, "2") == R"({"\u0061":2})");
}

TEST_CASE("set puts a new member at the end") {
  CHECK(set(R"({"a":1})", {"b"}, "2") == R"({"a":1,"b":2})");
  CHECK(set(R"({ "a": 1 })", {"b"}, "2") == R"({ "a": 1,"b":2 })");
  CHECK(set("{}", {"b"}, "2") == R"({"b":2})");
  CHECK(set("{ }", {"b"}, "2") == R"({"b":2 })");
  CHECK(set("{}", {"say \"hi\"\n"}, "2") == R"({"say \"hi\"\n":2})");
}

TEST_CASE("set makes the objects on the way, and replaces what is none") {
  CHECK(set(R"({"x":0})", {"a", "b", "c"}, "1") == R"({"x":0,"a":{"b":{"c":1}}})");
  CHECK(set(R"({"a":[1],"x":0})", {"a", "b"}, "1") == R"({"a":{"b":1},"x":0})");
  CHECK(set(R"({"a":{"x":0}})", {"a", "b"}, "1") == R"({"a":{"x":0,"b":1}})");
}

TEST_CASE("set on a name that stands several times changes the last and removes the others") {
  CHECK(set(R"({"a":1, "b":2, "a":3, "c":4, "a":5})", {"a"}, "6") == R"({"b":2, "c":4, "a":6})");
  CHECK(set(R"({"a":1,"a":2})", {"a"}, "3") == R"({"a":3})");
  CHECK(set(R"({"a":{"b":1},"a":{"c":2}})", {"a", "b"}, "3") == R"({"a":{"c":2,"b":3}})");
}

TEST_CASE("remove takes all members of the name, each with a comma") {
  CHECK(remove(R"({ "a": 1, "b": 2, "c": 3 })", {"a"}) == R"({ "b": 2, "c": 3 })");
  CHECK(remove(R"({ "a": 1, "b": 2, "c": 3 })", {"b"}) == R"({ "a": 1, "c": 3 })");
  CHECK(remove(R"({ "a": 1, "b": 2, "c": 3 })", {"c"}) == R"({ "a": 1, "b": 2 })");
  CHECK(remove(R"({"a":1,"b":2,"a":3,"a":4})", {"a"}) == R"({"b":2})");
  CHECK(remove(R"({"a":1,"a":2})", {"a"}) == "{}");
  CHECK(remove(R"({"a":{"b":1,"c":2},"a":{"b":3}})", {"a", "b"}) == R"({"a":{"c":2},"a":{}})");
}

TEST_CASE("removing what is not there changes nothing, not even the place of the bytes") {
  Arena arena;
  const std::string object = R"({ "a": [1] })";
  for (const Path& path : {Path{"b"}, Path{"a", "b"}}) {
    const Edit edits[] = {{Edit::Op::remove, &path, nullptr, {}}};
    CHECK(edit(object, edits, arena).data() == object.data());
  }
}

TEST_CASE("rename changes the key and keeps place and value") {
  CHECK(rename(R"({ "a" : 1 , "b":2})", {"a"}, "c") == R"({ "c" : 1 , "b":2})");
  CHECK(rename(R"({"x":{"a":1,"\u0061":2}})", {"x", "a"}, "b\n") == R"({"x":{"b\n":1,"b\n":2}})");
  CHECK(rename(R"({"a":1})", {"a"}, "a") == R"({"a":1})");
  CHECK(rename(R"({"b":1})", {"a"}, "b") == R"({"b":1})");
}

TEST_CASE("who reads the new name after a rename gets the renamed member") {
  CHECK(rename(R"({"a":1,"b":2})", {"a"}, "b") == R"({"b":1})");
  CHECK(rename(R"({"b":0,"a":1,"b":2,"c":3})", {"a"}, "b") == R"({"b":1,"c":3})");
}

TEST_CASE("each edit sees what the one before it made") {
  Arena arena;
  const Path a{"a"}, b{"b"}, c{"c"};
  const Edit edits[] = {{Edit::Op::set, &a, nullptr, "1"},
                        {Edit::Op::rename, &a, &b, {}},
                        {Edit::Op::set, &b, nullptr, "2"},
                        {Edit::Op::remove, &c, nullptr, {}}};
  CHECK(edit(R"({"c":0})", edits, arena) == R"({"b":2})");
}

TEST_CASE("compact removes white space outside strings, and nothing else") {
  CHECK(compacted(" { \"a b\" : [ 1 , \"\\\" \" ] }\t") == R"({"a b":[1,"\" "]})");
  CHECK(compacted("1") == "1");
  Arena arena;
  const std::string tight = R"({"a b":[1,"x y"]})";
  CHECK(compact(tight, arena).data() == tight.data());
}

TEST_CASE("set, remove and rename do what they do to a plain list of members") {
  const std::uint64_t seed = property_seed();
  CAPTURE(seed);
  RandomJson random(seed);
  const Path paths[] = {{"a"},   {"b"}, {"a", "b"}, {"b", "a", "c"},  {"é"},
                        {"q\""}, {""},  {"new"},    {"a", "new", "x"}};
  const std::string names[] = {"a", "b", "new", "q\"", "é"};
  Arena arena;
  for (int round = 0; round < 3'000; ++round) {
    std::string object = random.object(4);
    for (std::size_t at; (at = object.find("1e400")) != std::string::npos;) object.replace(at, 5, "1e300");
    CAPTURE(object);
    Node model = model_of(object);
    Path to[3];
    std::string values[3];
    std::vector<Edit> edits;
    for (std::size_t i = 0; i < 3; ++i) {
      const Path& path = paths[random.below(std::size(paths))];
      to[i] = path;
      to[i].back() = names[random.below(std::size(names))];
      values[i] = "[" + std::to_string(round) + "]";
      const auto op = static_cast<Edit::Op>(random.below(3));
      edits.push_back({op, &path, &to[i], values[i]});
      switch (op) {
        case Edit::Op::set:
          model_set(model, path, model_of(values[i]));
          break;
        case Edit::Op::remove:
          model_remove(model, path);
          break;
        case Edit::Op::rename:
          model_rename(model, path, to[i].back());
          break;
      }
    }
    const std::string_view edited = edit(object, edits, arena);
    CAPTURE(edited);
    REQUIRE(find_flaw(edited) == std::nullopt);
    REQUIRE(model_of(edited) == model);
    REQUIRE(model_of(compact(edited, arena)) == model);
    arena.reset(1 << 20);
  }
}

TEST_CASE("removing a member that was set behind the others gives the bytes from before") {
  const std::uint64_t seed = property_seed();
  CAPTURE(seed);
  RandomJson random(seed);
  for (int round = 0; round < 2'000; ++round) {
    const std::string object = random.object(3);
    REQUIRE(remove(set(object, {"new"}, "1"), {"new"}) == object);
  }
}
