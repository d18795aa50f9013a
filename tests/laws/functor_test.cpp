// The laws that make fluxes functors, each on random agents and random streams.
#include <doctest/doctest.h>

#include "engine.hpp"
#include "for_all.hpp"
#include "random.hpp"
#include "reference.hpp"

using namespace laws;

namespace {

std::string any_stream(Random& random) {
  const std::size_t lines = random.below(200);
  return random.one_in(2) ? random_ints(random, lines) : random_stream(random, lines);
}

// "f | g" from fluxes without settings.
std::string joined(const std::vector<std::string>& fluxes, const std::string& by) {
  std::string spec;
  for (const std::string& flux : fluxes) spec += (spec.empty() ? "" : by) + flux;
  return spec;
}

std::vector<std::string> random_agents(Random& random) {
  std::vector<std::string> agents;
  for (const Lifted& flux : random_pipeline(random, 4, false))
    for (const std::string& call : flux.calls) agents.push_back(call);
  return agents;
}

}  // namespace

TEST_CASE("id is the identity on streams of events") {
  for_all(cases(200), [](Random& random) {
    const std::string stream = any_stream(random);
    CAPTURE(stream);
    const std::string spec = random.any_of<std::string>({"id", "id | id", "id >> id", "id | id >> id | id"});
    const Found found = run(spec, random_way(random), random_cut(random, stream));
    REQUIRE(found.out == refer({{{"id"}, ""}}, stream).out);
  });
}

TEST_CASE("id between or behind changes nothing") {
  for_all(cases(200), [](Random& random) {
    const std::string stream = any_stream(random);
    const Pipeline pipeline = random_pipeline(random, 3, true);
    Pipeline with_id = pipeline;
    // Not before: lines that are no JSON cost the first flux, and that must stay the same.
    const auto at = static_cast<std::ptrdiff_t>(1 + random.below(with_id.size()));
    with_id.insert(with_id.begin() + at, {{"id"}, ""});
    CAPTURE(spec_of(with_id));
    CAPTURE(stream);
    REQUIRE(run(spec_of(with_id), random_way(random), random_cut(random, stream)).out ==
            run(spec_of(pipeline), random_way(random), random_cut(random, stream)).out);
  });
}

TEST_CASE("a flux of f >> g is the flux of f before the flux of g, where nothing fails") {
  for_all(cases(500), [](Random& random) {
    const auto agents = random_agents(random);
    const std::string stream = any_stream(random);
    CAPTURE(joined(agents, " >> "));
    CAPTURE(stream);
    const auto cut = random_cut(random, stream);
    const Found composed = run(joined(agents, " >> "), random_way(random), cut);
    const Found apart = run(joined(agents, " | "), random_way(random), cut);
    if (!composed.letters.empty() || !apart.letters.empty()) return;
    REQUIRE(composed.out == apart.out);
  });
}

TEST_CASE("it does not matter where fluxes are cut in two runs") {
  for_all(cases(200), [](Random& random) {
    const Pipeline whole = random_pipeline(random, 4, false);
    const auto middle = whole.begin() + static_cast<std::ptrdiff_t>(random.below(whole.size() + 1));
    Pipeline left(whole.begin(), middle);
    Pipeline right(middle, whole.end());
    if (left.empty()) left = {{{"id"}, ""}};
    if (right.empty()) right = {{{"id"}, ""}};
    const std::string stream = any_stream(random);
    CAPTURE(spec_of(whole));
    CAPTURE(stream);
    const std::string between = run(spec_of(left), random_way(random), random_cut(random, stream)).out;
    const Found after = run(spec_of(right), random_way(random), random_cut(random, between));
    REQUIRE(after.out == run(spec_of(whole), random_way(random), random_cut(random, stream)).out);
  });
}

TEST_CASE("the same bytes in give the same bytes out, however they are cut, fused and shared") {
  for_all(cases(300), [](Random& random) {
    const std::string spec = spec_of(random_pipeline(random, 4, true));
    const std::string stream = any_stream(random);
    Way plain;
    const bool has_long_lines = random.one_in(3);
    if (has_long_lines) plain.max_line = 8 + random.below(40);
    Way way = random_way(random);
    way.max_line = plain.max_line;
    CAPTURE(spec);
    CAPTURE(stream);
    CAPTURE(way.workers);
    CAPTURE(way.fuse);
    CAPTURE(way.max_line);
    const Found once = run(spec, plain, stream);
    const Found again = run(spec, way, random_cut(random, stream));
    REQUIRE(again.out == once.out);
    // Of a line that is too long the letter keeps the beginning that was read.
    if (!has_long_lines) REQUIRE(again.letters == once.letters);
    REQUIRE(again.summary.failed == once.summary.failed);
    REQUIRE(again.summary.reason == once.summary.reason);
    require_balance(again.summary);
  });
}
