// Entropy and max_events: how many events a flux admits, wherever it stands.
#include <doctest/doctest.h>

#include <algorithm>

#include "engine.hpp"
#include "for_all.hpp"
#include "random.hpp"
#include "reference.hpp"

using namespace laws;

namespace {

// `units` of 10^-places: 25, 1 is "2.5".
std::string decimal(std::uint64_t units, std::size_t places) {
  std::string digits = std::to_string(units);
  if (places == 0) return digits;
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  return digits.insert(digits.size() - places, ".");
}

std::uint64_t power_of_ten(std::size_t exponent) {
  return exponent == 0 ? 1 : 10 * power_of_ten(exponent - 1);
}

std::string count_to(std::uint64_t last) {
  std::string lines;
  for (std::uint64_t i = 1; i <= last; ++i) lines += std::to_string(i) + "\n";
  return lines;
}

struct Entropy {
  std::string settings;
  std::uint64_t affordable;
};

// A budget that affords up to a few hundred events.
Entropy random_entropy(Random& random) {
  const std::size_t budget_places = random.below(4);
  const std::size_t decay_places = random.below(4);
  const std::uint64_t decay = 1 + random.below(500);
  const std::uint64_t scale = power_of_ten(decay_places);
  const std::uint64_t most = decay * power_of_ten(budget_places) * (1 + random.below(300)) / scale;
  const std::uint64_t budget = std::max<std::uint64_t>(1, most);
  const std::uint64_t numerator = budget * scale;
  const std::uint64_t denominator = decay * power_of_ten(budget_places);
  return {
      "entropy_budget=" + decimal(budget, budget_places) + ", entropy_decay=" + decimal(decay, decay_places),
      (numerator + denominator - 1) / denominator};
}

// The limited flux alone, or with others around it that let everything pass.
std::string placed(Random& random, const std::string& settings, std::size_t& at) {
  const std::vector<std::string> before = {"", "double | ", "total | ", "double | every(1) | "};
  const std::vector<std::string> behind = {"", " | addone", " | total", " | skip(0) | addone"};
  const std::vector<std::string> agents = {"id", "negate", "every(1)", "id >> negate"};
  const std::size_t which = random.below(before.size());
  at = which == 3 ? 2 : which == 0 ? 0 : 1;
  return before[which] + random.any_of(agents) + "{" + settings + "}" + random.any_of(behind);
}

}  // namespace

TEST_CASE("a flux admits as many events as its budget affords, and the next one collapses it") {
  for_all(cases(300), [](Random& random) {
    const Entropy entropy = random_entropy(random);
    std::size_t at = 0;
    const std::string spec = placed(random, entropy.settings, at);
    const std::uint64_t length = random.one_in(3)   ? entropy.affordable
                                 : random.one_in(2) ? entropy.affordable + 1
                                                    : random.below(2 * entropy.affordable + 2);
    CAPTURE(spec);
    CAPTURE(entropy.affordable);
    CAPTURE(length);
    const std::string stream = count_to(length);
    const Found found = run(spec, random_way(random), random_cut(random, stream));
    const auto& flux = found.summary.fluxes[at];
    const bool collapses = length > entropy.affordable;
    REQUIRE(found.summary.exit == (collapses ? 3 : 0));
    REQUIRE((flux.state == flux::runtime::State::collapsed) == collapses);
    REQUIRE(flux.books.events() == std::min(length, entropy.affordable));
    REQUIRE(flux.books.gave == std::min(length, entropy.affordable));
    if (at == 0) REQUIRE(found.summary.read == std::min(length, entropy.affordable + 1));
    require_balance(found.summary);
  });
}

TEST_CASE("max_events stops a flux with its last event, in order, and before entropy can") {
  for_all(cases(300), [](Random& random) {
    const Entropy entropy = random_entropy(random);
    const std::uint64_t most = 1 + random.below(entropy.affordable + 3);
    std::size_t at = 0;
    const std::string spec = placed(random, entropy.settings + ", max_events=" + std::to_string(most), at);
    const std::uint64_t length = random.below(2 * entropy.affordable + 2);
    CAPTURE(spec);
    CAPTURE(entropy.affordable);
    CAPTURE(length);
    const std::string stream = count_to(length);
    const Found found = run(spec, random_way(random), random_cut(random, stream));
    const auto& flux = found.summary.fluxes[at];
    const bool collapses = entropy.affordable < most && length > entropy.affordable;
    REQUIRE(found.summary.exit == (collapses ? 3 : 0));
    REQUIRE((flux.state == flux::runtime::State::collapsed) == collapses);
    REQUIRE(flux.books.events() == std::min({length, entropy.affordable, most}));
    require_balance(found.summary);
  });
}

TEST_CASE("what a limit admits is worked on, also where the event it refuses stands on the same line") {
  REQUIRE(run("double | addone{max_events=1}", {}, "1\n2\n").out == "3\n");
  REQUIRE(run("repeat(3) | double{entropy_budget=2, entropy_decay=1}", {}, "1\n").out == "2\n2\n");
}
