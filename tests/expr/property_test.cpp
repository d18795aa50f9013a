// Laws that hold for every expression and every event, tried on random ones.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "expr/parser.hpp"
#include "print.hpp"
#include "random_expression.hpp"
#include "reference.hpp"
#include "work_out.hpp"

using flux::expr::Node;
using nlohmann::json;

namespace {

// Calls law(random) for as many seeds. REQUIRES: its only randomness is `random`.
template <class Law>
void for_all(int seeds, Law law) {
  const std::uint64_t first = first_seed();
  for (int i = 0; i < seeds; ++i) {
    const std::uint64_t here = first + static_cast<std::uint64_t>(i);
    CAPTURE(here);  // FLUX_SEED=here FLUX_CASES=1 repeats it
    Random random(here);
    law(random);
  }
}

Node tree_of(const std::string& text) {
  const flux::Excerpt place{text, {0, text.size()}};
  return flux::expr::parse_tree(flux::expr::Source(text, place));
}

// Nothing if its types do not fit.
std::optional<flux::expr::Expression> parsed_if_it_fits(const std::string& text) {
  try {
    return parsed(text);
  } catch (const flux::Error& error) {
    // Errors point into the expression.
    REQUIRE(error.at.has_value());
    REQUIRE(error.at->span.begin <= error.at->span.end);
    REQUIRE(error.at->span.end <= text.size());
    return {};
  }
}

std::vector<std::string> random_events(Random& random) {
  std::vector<std::string> events;
  for (std::size_t left = 1 + random.below(8); left > 0; --left) events.push_back(random_event(random));
  return events;
}

bool is_known_to_be(const json& value, flux::expr::Known known) {
  using flux::expr::Known;
  switch (known) {
    case Known::nothing:
      return true;
    case Known::boolean:
      return value.is_boolean();
    case Known::int64:
      return value.is_number_integer();
    case Known::float64:
      return value.is_number_float();
    case Known::number:
      return value.is_number();
    case Known::list:
      return value.is_array();
    case Known::object:
      return value.is_object();
    case Known::string:
    case Known::timestamp:
    case Known::duration:
      return value.is_string();
  }
  return false;
}

}  // namespace

TEST_CASE("what is printed is read as the same expression") {
  for_all(cases(2000), [](Random& random) {
    const Node expression = random_expression(random);
    const std::string text = print(expression);
    CAPTURE(text);
    const Node read = tree_of(text);
    REQUIRE(is_same(read, expression));
    REQUIRE(print(read) == text);
  });
}

TEST_CASE("every expression comes to what the reference says, on every event of a batch") {
  int fitting = 0, succeeded = 0;
  const int all = cases(3000);
  for_all(all, [&](Random& random) {
    const Node tree = random_expression(random);
    const std::string text = print(tree);
    CAPTURE(text);
    const std::vector<std::string> events = random_events(random);
    const auto expression = parsed_if_it_fits(text);
    if (!expression) return;
    ++fitting;
    const std::vector<std::string> results = work_out(*expression, events);
    REQUIRE(results.size() == events.size());
    for (std::size_t i = 0; i < events.size(); ++i) {
      CAPTURE(events[i]);
      CAPTURE(results[i]);
      const auto expected = refer(tree, json::parse(events[i]));
      REQUIRE(results[i].starts_with('!') == !expected);
      if (!expected) continue;
      ++succeeded;
      const json found = json::parse(results[i]);
      REQUIRE(found.dump() == expected->dump());
      REQUIRE((found.is_null() ? expression->may_be_null() : is_known_to_be(found, expression->known())));
    }
  });
  // Or else the law was hardly tried; of a few cases none may fit.
  if (all < 100) return;
  CHECK(fitting > all / 2);
  CHECK(succeeded > all / 2);
}

TEST_CASE("a batch gives what its events give one by one") {
  for_all(cases(1500), [](Random& random) {
    const std::string text = print(random_expression(random));
    CAPTURE(text);
    const std::vector<std::string> events = random_events(random);
    const auto expression = parsed_if_it_fits(text);
    if (!expression) return;
    std::vector<std::string> one_by_one;
    for (const std::string& event : events) one_by_one.push_back(work_out(*expression, {event})[0]);
    REQUIRE(work_out(*expression, events) == one_by_one);
  });
}

TEST_CASE("&& and || may be turned round, and what decides makes up for what fails") {
  for_all(cases(1500), [](Random& random) {
    const std::string a = "(" + print(random_expression(random)) + ")";
    const std::string b = "(" + print(random_expression(random)) + ")";
    CAPTURE(a);
    CAPTURE(b);
    const std::vector<std::string> events = random_events(random);
    const auto both = [&](const std::string& text) {
      const auto expression = parsed_if_it_fits(text);
      auto results = expression ? work_out(*expression, events) : std::vector<std::string>();
      for (std::string& result : results)
        if (result.starts_with('!')) result = "!";  // of two failures either may be told
      return results;
    };
    REQUIRE(both(a + " && " + b) == both(b + " && " + a));
    REQUIRE(both(a + " || " + b) == both(b + " || " + a));
    for (const std::string& result : both(a + " && false")) REQUIRE(result == "false");
    for (const std::string& result : both("true || " + a)) REQUIRE(result == "true");
    // De Morgan, which holds for failures as well.
    REQUIRE(both("!(" + a + " && " + b + ")") == both("!" + a + " || !" + b));
  });
}
