// Aggregations give what a plain reference gives, in the same bytes for every number
// of workers and every cut of the stream.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine.hpp"
#include "for_all.hpp"
#include "model_json.hpp"
#include "random.hpp"

using namespace laws;

namespace {

// Ways to write one value, the shortest first. An empty one: the member is not there.
const std::vector<std::vector<std::string>> kValues = {
    {R"("api")", R"("\u0061pi")", R"("ap\u0069")"},
    {R"("a\"b\\\n/")", R"("a\u0022b\u005c\u000a\/")"},
    {"\"\xF0\x9F\x98\x80\"", R"("\ud83d\ude00")"},
    {R"("")"},
    {"0"},
    {"-0"},
    {"1"},
    {"1.0"},
    {"10"},
    {"123456789012345678901234567890"},
    {"true"},
    {"null", ""},
    {"[1,[],\"a b\"]", "[1, [\t], \"a\\u0020b\"]"},
    {R"({"k":{"k":null}})", R"({ "\u006b" : {"k":null } })"},
};

struct Event {
  std::string line;
  std::string a, b;  // as they are shortest
  std::string n;     // a number of its own
};
using Events = std::vector<Event>;

std::string member_text(Random& random, const std::string& name, std::string& shortest) {
  const auto& spellings = random.any_of(kValues);
  shortest = spellings.front();
  const std::string& text = random.any_of(spellings);
  if (text.empty()) return {};
  return "\"" + name + "\":" + (random.one_in(4) ? " " : "") + text + ",";
}

Events random_events(Random& random) {
  Events events(random.below(400));
  for (Event& event : events) {
    const std::string a = member_text(random, "a", event.a);
    const std::string b = member_text(random, "b", event.b);
    event.n = std::to_string(random.below(50)) + (random.one_in(2) ? ".5" : "");
    event.line = "{" + (random.one_in(2) ? a + b : b + a) + "\"n\": " + event.n + "}";
  }
  return events;
}

std::string stream_of(const Events& events) {
  std::string stream;
  for (const Event& event : events) stream += event.line + "\n";
  return stream;
}

using Key = std::vector<std::string>;

Key key_of(const Event& event, bool both) { return both ? Key{event.a, event.b} : Key{event.a}; }

// Highest counts first, equal ones by key.
std::vector<std::pair<Key, int>> counted(const Events& events, std::size_t end, bool both) {
  std::map<Key, int> counts;
  for (std::size_t i = 0; i < end; ++i) ++counts[key_of(events[i], both)];
  std::vector<std::pair<Key, int>> rows(counts.begin(), counts.end());
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& x, const auto& y) { return x.second > y.second; });
  return rows;
}

// What count(by=a) or count(by=[a, b]) gives of the first `end` events, at most `most` rows.
std::string count_rows(const Events& events, std::size_t end, bool both, std::size_t most = ~std::size_t{0}) {
  std::string text;
  for (const auto& [key, count] : counted(events, end, both)) {
    if (most-- == 0) break;
    text +=
        "{\"a\":" + key[0] + (both ? ",\"b\":" + key[1] : "") + ",\"count\":" + std::to_string(count) + "}\n";
  }
  return text;
}

std::string found(const std::string& spec, Random& random, const Events& events) {
  const std::string stream = stream_of(events);
  CAPTURE(spec);
  CAPTURE(stream);
  const Way way = random_way(random);
  CAPTURE(way.workers);
  const Found run_ = run(spec, way, random_cut(random, stream));
  require_balance(run_.summary);
  REQUIRE(run_.letters.empty());
  REQUIRE(run_.summary.exit == 0);
  return run_.out;
}

std::string by_of(bool both) { return both ? "by=[a, b]" : "by=a"; }

}  // namespace

TEST_CASE("count gives a row per group") {
  for_all(cases(300), [](Random& random) {
    const Events events = random_events(random);
    const bool both = random.one_in(2);
    REQUIRE(found("count(" + by_of(both) + ")", random, events) == count_rows(events, events.size(), both));
    REQUIRE(found("count", random, events) == "{\"count\":" + std::to_string(events.size()) + "}\n");
  });
}

TEST_CASE("count gives interim rows where it is asked to, and the last ones at the end") {
  for_all(cases(200), [](Random& random) {
    const Events events = random_events(random);
    const bool both = random.one_in(2);
    const std::size_t every = 1 + random.below(60);
    std::string expected;
    for (std::size_t end = every; end <= events.size(); end += every)
      expected += count_rows(events, end, both);
    expected += count_rows(events, events.size(), both);
    const std::string spec = "count(" + by_of(both) + ", every=" + std::to_string(every) + ")";
    REQUIRE(found(spec, random, events) == expected);
  });
}

TEST_CASE("top gives the rows with the highest numbers, of equal ones the earlier") {
  for_all(cases(200), [](Random& random) {
    const Events events = random_events(random);
    const std::size_t n = random.below(20);
    const std::string top = "top(" + std::to_string(n);
    REQUIRE(found("count(by=a) | " + top + ")", random, events) ==
            count_rows(events, events.size(), false, n));
    Events sorted = events;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Event& x, const Event& y) { return std::stod(x.n) > std::stod(y.n); });
    std::string expected;
    for (std::size_t i = 0; i < std::min(n, sorted.size()); ++i) expected += compact(sorted[i].line) + "\n";
    REQUIRE(found(top + ", by=n)", random, events) == expected);
  });
}

TEST_CASE("top_values gives the most frequent values") {
  for_all(cases(200), [](Random& random) {
    const Events events = random_events(random);
    const std::size_t n = random.below(20);
    std::string expected;
    for (const auto& [key, count] : counted(events, events.size(), false)) {
      if (expected.empty() && n == 0) break;
      expected += "{\"value\":" + key[0] + ",\"count\":" + std::to_string(count) + "}\n";
      if (static_cast<std::size_t>(std::count(expected.begin(), expected.end(), '\n')) == n) break;
    }
    REQUIRE(found("top_values(" + std::to_string(n) + ", by=a)", random, events) == expected);
  });
}

TEST_CASE("first and last give one event of each group, in the order in which these come up") {
  for_all(cases(200), [](Random& random) {
    const Events events = random_events(random);
    const bool both = random.one_in(2);
    std::vector<Key> keys;
    std::vector<std::string> firsts;
    std::vector<std::string> lasts;
    for (const Event& event : events) {
      const Key key = key_of(event, both);
      const auto known = std::find(keys.begin(), keys.end(), key);
      const auto group = static_cast<std::size_t>(known - keys.begin());
      if (known == keys.end()) {
        keys.push_back(key);
        firsts.push_back(event.line);
        lasts.emplace_back();
      }
      lasts[group] = event.line;
    }
    std::string first;
    std::string last;
    for (const std::string& line : firsts) first += line + "\n";
    for (const std::string& line : lasts) last += compact(line) + "\n";
    REQUIRE(found("first(" + by_of(both) + ")", random, events) == first);
    REQUIRE(found("last(" + by_of(both) + ")", random, events) == last);
    REQUIRE(found("first", random, events) == (events.empty() ? "" : events.front().line + "\n"));
    REQUIRE(found("last", random, events) == (events.empty() ? "" : compact(events.back().line) + "\n"));
  });
}

TEST_CASE("one group too many fails the run for every number of workers, and gives no row") {
  for_all(cases(100), [](Random& random) {
    const Events events = random_events(random);
    const std::size_t groups = counted(events, events.size(), true).size();
    if (groups < 2) return;
    const std::string stream = stream_of(events);
    const auto run_with = [&](std::size_t most) {
      const std::string spec = "count(by=[a, b], groups=" + std::to_string(most) + ")";
      return run(spec, random_way(random), random_cut(random, stream));
    };
    CAPTURE(stream);
    const Found over = run_with(1 + random.below(groups - 1));
    REQUIRE(over.summary.exit == 1);
    REQUIRE(over.out.empty());
    require_balance(over.summary);
    REQUIRE(run_with(groups).out == count_rows(events, events.size(), true));
  });
}
