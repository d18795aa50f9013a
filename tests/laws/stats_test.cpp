// stats gives what a plain reference gives, and the same bytes for every number of
// workers, every cut of the stream and every order of its events.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "engine.hpp"
#include "for_all.hpp"
#include "random.hpp"

using namespace laws;

namespace {

__extension__ using Signed = __int128;
using Json = nlohmann::ordered_json;

struct Event {
  std::uint64_t group;
  std::string value;  // as JSON; an empty one is not there
};

std::string line_of(const Event& event) {
  const std::string member = event.value.empty() ? "" : ",\"v\":" + event.value;
  return "{\"g\":" + std::to_string(event.group) + member + "}\n";
}

std::string stream_of(const std::vector<Event>& events) {
  std::string stream;
  for (const Event& event : events) stream += line_of(event);
  return stream;
}

void shuffle(Random& random, std::vector<Event>& events) {
  for (std::size_t i = events.size(); i > 1; --i) std::swap(events[i - 1], events[random.below(i)]);
}

std::string found(const std::string& spec, Random& random, const std::string& stream) {
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

// Numbers that make a sum in doubles depend on the order of its terms.
std::string wild_number(Random& random) {
  static const std::vector<std::string> kEdges = {"1e308",
                                                  "-1e308",
                                                  "1.7976931348623157e308",
                                                  "-1.7976931348623157e308",
                                                  "5e-324",
                                                  "-5e-324",
                                                  "0.1",
                                                  "-0.1",
                                                  "2.2250738585072014e-308",
                                                  "9223372036854775807",
                                                  "-9223372036854775808",
                                                  "1",
                                                  "1.0",
                                                  "-0.0",
                                                  "0",
                                                  "9007199254740993",
                                                  "1e16"};
  if (random.one_in(3)) return random.any_of(kEdges);
  const std::string digits = std::to_string(random.below(std::uint64_t{1} << 53));
  return (random.one_in(2) ? "-" : "") + digits + "e" +
         std::to_string(static_cast<int>(random.below(580)) - 290);
}

// What is known of a group whose numbers are eighths: of these `sum` and `squares`.
struct Known {
  std::vector<std::int64_t> eighths;
  Signed sum = 0;
  Signed squares = 0;
};

void require_within_one_per_cent(const Json& found, double expected) {
  CAPTURE(found.dump());
  CAPTURE(expected);
  REQUIRE(std::abs(found.get<double>() - expected) <= 0.01 * std::abs(expected));
}

void require_row(const Json& row, Known known) {
  const std::size_t n = known.eighths.size();
  REQUIRE(row.at("count") == n);
  if (n == 0) {
    REQUIRE(row.at("sum").dump() == "0");
    for (const char* name : {"min", "max", "mean", "stddev", "p50", "p90", "p99"})
      REQUIRE(row.at(name).is_null());
    return;
  }
  std::sort(known.eighths.begin(), known.eighths.end());
  // All of these are exact in a double, but for the one division that rounds.
  const auto sum = static_cast<double>(known.sum);
  REQUIRE(row.at("sum").get<double>() == sum / 8);
  REQUIRE(row.at("min").get<double>() == static_cast<double>(known.eighths.front()) / 8);
  REQUIRE(row.at("max").get<double>() == static_cast<double>(known.eighths.back()) / 8);
  REQUIRE(row.at("mean").get<double>() == sum / static_cast<double>(8 * n));
  for (const int percent : {50, 90, 99}) {
    const std::size_t rank = (n * static_cast<std::size_t>(percent) + 99) / 100;
    require_within_one_per_cent(row.at("p" + std::to_string(percent)),
                                static_cast<double>(known.eighths[rank - 1]) / 8);
  }
  if (n == 1) {
    REQUIRE(row.at("stddev").is_null());
    return;
  }
  const auto spread =
      static_cast<long double>(static_cast<Signed>(n) * known.squares - known.sum * known.sum);
  const long double divisor = 64 * static_cast<long double>(n) * static_cast<long double>(n - 1);
  const auto expected = static_cast<double>(std::sqrt(spread / divisor));
  const double stddev = row.at("stddev").get<double>();
  REQUIRE(stddev >= std::nextafter(expected, 0.0));
  REQUIRE(stddev <= std::nextafter(expected, HUGE_VAL));
}

}  // namespace

TEST_CASE("stats tells of each group what its sorted numbers and exact sums tell") {
  for_all(cases(200), [](Random& random) {
    std::vector<Event> events(random.below(400));
    std::map<std::uint64_t, Known> groups;
    // Far from zero the squares are nearly equal: the deviation must survive that.
    const std::int64_t base = random.one_in(2) ? 0 : 8'000'000'000;
    for (Event& event : events) {
      event.group = random.below(5);
      Known& known = groups[event.group];
      if (random.one_in(10)) {
        event.value = random.one_in(2) ? "null" : "";
        continue;
      }
      const std::int64_t eighths = base + static_cast<std::int64_t>(random.below(2001)) - 1000;
      known.eighths.push_back(eighths);
      known.sum += eighths;
      known.squares += Signed{eighths} * eighths;
      event.value = eighths % 8 == 0 && random.one_in(2) ? std::to_string(eighths / 8)
                                                         : Json(static_cast<double>(eighths) / 8).dump();
    }
    const std::string out = found("stats(v, by=g)", random, stream_of(events));
    std::pair<std::size_t, std::uint64_t> before{~std::size_t{0}, 0};
    std::size_t begin = 0;
    for (std::size_t left = groups.size(); left > 0; --left) {
      const std::size_t end = out.find('\n', begin);
      REQUIRE(end != std::string::npos);
      const Json row = Json::parse(out.substr(begin, end - begin));
      begin = end + 1;
      CAPTURE(row.dump());
      const std::uint64_t group = row.at("g");
      const std::size_t count = groups.at(group).eighths.size();
      REQUIRE((count < before.first || (count == before.first && group > before.second)));
      before = {count, group};
      require_row(row, groups.at(group));
    }
    REQUIRE(begin == out.size());
  });
}

TEST_CASE("stats gives the same bytes for every -j, cut and order, whatever cancels out") {
  for_all(cases(200), [](Random& random) {
    // Of an int and the float that equals it, one has to be told as an extreme.
    static const std::vector<std::string> kEquals = {"1", "1.0", "10e-1", "1e0"};
    const bool has_ties = random.one_in(4);
    std::vector<Event> events(random.below(300));
    for (Event& event : events) {
      event.group = random.below(4);
      event.value = random.one_in(12) ? "null" : has_ties ? random.any_of(kEquals) : wild_number(random);
    }
    for (const std::string spec : {"stats(v)", "stats(v, by=g)"}) {
      const std::string first = found(spec, random, stream_of(events));
      for (int times = 0; times < 3; ++times) {
        shuffle(random, events);
        REQUIRE(found(spec, random, stream_of(events)) == first);
      }
    }
  });
}
