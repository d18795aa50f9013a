// --trust-input: nothing changes for lines that are JSON, and whatever else the lines are,
// the run comes to its end with books that balance.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "engine.hpp"
#include "for_all.hpp"
#include "json/check.hpp"
#include "random.hpp"

using namespace laws;

namespace {

const std::vector<std::string> kSpecs = {
    "id",
    "head(7)",
    "count",
    "where(a > 3)",
    "where(a == b || has(c))",
    "where(a.b == 1)|where(b != 2)",
    "where(event.a == 1)",
    "where(a > 3){max_events=9}|count(by=b)",
    "count(by=[a, c])",
    "count(by=a.b)",
    "pick([a, b])",
    "drop(a)",
    "set(a=1)|where(b > 0)|drop(b)",
    "where(a > 0)|rename(a=b)",
    "set(a.b=1, c=a)|where(c != 2)",
    "rename(a=b)|drop(c)|where(b == 4)|set(a=b)",
    "set(a=b.c)|drop(a)|count(by=b)",
    "rename(a.b=a.c)|drop(b)|where(event != 1)",
    "where(a > 0)|flatten",
    "tail(3)",
    "where(a > 0){drop_policy=drop_oldest, buffer_size=100000}|where(b > 0)",
    "id{feedback_fraction=0.5, max_events=50}|where(a > 0)",
};

std::string random_member(Random& random, int depth) {
  static const std::vector<std::string> kKeys = {"a",       "a",      "b",         "c",
                                                 "\\u0061", "x\\\"a", "long name", "\xC3\xA9"};
  static const std::vector<std::string> kValues = {"1",
                                                   "4",
                                                   "-0.5",
                                                   "1e400",
                                                   "\"x\"",
                                                   "[]",
                                                   "null",
                                                   "\"\\\"a\\\":1\"",
                                                   "\"}{][:,\\\\\"",
                                                   "[1,{\"a\":9}]",
                                                   "7",
                                                   "true",
                                                   "\"\\ud83d\\ude00\"",
                                                   "{}"};
  static const std::vector<std::string> kSpaces = {"", "", "", "", " ", "\t", "\r"};
  const auto space = [&] { return random.any_of(kSpaces); };
  std::string value = random.any_of(kValues);
  if (depth > 0 && random.one_in(4)) {
    value = "{" + space();
    for (auto left = random.below(4); left > 0; --left)
      value += random_member(random, depth - 1) + (left > 1 ? "," + space() : "");
    value += "}";
  }
  return "\"" + random.any_of(kKeys) + "\"" + space() + ":" + space() + value + space();
}

std::string random_event(Random& random) {
  std::string text = "{";
  const auto members = random.one_in(30) ? 200 : random.below(7);
  for (auto left = members; left > 0; --left) text += random_member(random, 3) + (left > 1 ? "," : "");
  return text + "}";
}

// Of a stream only the lines that are JSON.
std::string well_formed(const std::string& stream) {
  std::string text;
  for (std::size_t begin = 0; begin < stream.size();) {
    const std::size_t end = std::min(stream.find('\n', begin), stream.size());
    const std::string line = stream.substr(begin, end - begin);
    if (flux::json::is_value(line)) text += line + "\n";
    begin = end + 1;
  }
  return text;
}

std::string random_lines(Random& random) {
  if (random.one_in(3)) return random_stream(random, random.below(200));
  std::string text;
  for (auto left = random.below(200); left > 0; --left) text += random_event(random) + "\n";
  return text;
}

std::string damaged(std::string stream, Random& random) {
  static const std::string kBytes = "{}[]:,\"\\\nu0 \xff\x01";
  for (auto left = random.below(20); left > 0 && !stream.empty(); --left) {
    const std::size_t at = random.below(stream.size());
    if (random.one_in(3)) {
      stream.erase(at, 1 + random.below(5));
    } else {
      stream[at] = kBytes[random.below(kBytes.size())];
    }
  }
  return stream;
}

// Dead letters of several sections are told as they come: which is first is chance.
std::vector<std::string> sorted_lines(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace

TEST_CASE("lines that are JSON give the same bytes, letters and books whether they are trusted or not") {
  for_all(cases(400), [](Random& random) {
    const std::string spec = random.any_of(kSpecs);
    const std::string stream = well_formed(random_lines(random));
    CAPTURE(spec);
    CAPTURE(stream);
    const Found strict = run(spec, {}, random_cut(random, stream));
    Way way = random_way(random);
    way.trusts = true;
    const Found trusting = run(spec, way, random_cut(random, stream));
    REQUIRE(trusting.out == strict.out);
    REQUIRE(sorted_lines(trusting.letters) == sorted_lines(strict.letters));
    REQUIRE(trusting.summary.exit == strict.summary.exit);
    require_balance(trusting.summary);
  });
}

TEST_CASE("whatever is trusted, all lines are accounted for and every dead letter is JSON") {
  for_all(cases(400), [](Random& random) {
    const std::string spec = random.any_of(kSpecs);
    const std::string stream = damaged(random_lines(random), random);
    CAPTURE(spec);
    CAPTURE(stream);
    Way way = random_way(random);
    way.trusts = true;
    const Found found = run(spec, way, random_cut(random, stream));
    require_balance(found.summary);
    for (std::size_t begin = 0; begin < found.letters.size();) {
      const std::size_t end = found.letters.find('\n', begin);
      const std::string letter = found.letters.substr(begin, end - begin);
      CAPTURE(letter);
      REQUIRE(flux::json::is_value(letter));
      begin = end + 1;
    }
  });
}
