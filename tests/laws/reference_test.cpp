// Any pipeline on any stream, however it is cut, fused and shared among workers,
// comes to what the reference says.
#include <doctest/doctest.h>

#include "engine.hpp"
#include "for_all.hpp"
#include "random.hpp"
#include "reference.hpp"
#include "require_same.hpp"

using namespace laws;

namespace {

void compare(bool with_limits, bool is_fatal, int seeds) {
  for_all(seeds, [=](Random& random) {
    const Pipeline pipeline = random_pipeline(random, 5, with_limits);
    const std::string spec = spec_of(pipeline);
    const std::string stream = random_stream(random, random.below(random.one_in(4) ? 400 : 40));
    Way way = random_way(random);
    way.is_fatal = is_fatal;
    CAPTURE(spec);
    CAPTURE(stream);
    CAPTURE(way.workers);
    CAPTURE(way.fuse);
    const auto parts = random_cut(random, stream);
    require_same(run(spec, way, parts), refer(pipeline, stream, is_fatal));
  });
}

}  // namespace

TEST_CASE("a pipeline gives what the reference gives") { compare(false, false, cases(400)); }

TEST_CASE("a pipeline with limits stops where the reference stops") { compare(true, false, cases(400)); }

TEST_CASE("a run that ends with the first failure writes what came before it") {
  compare(true, true, cases(200));
}

TEST_CASE("what fluxes hold back before one that stopped goes nowhere, and collapses none") {
  // `head` can afford three; how many it had seen when `repeat` stopped it depends on the cut.
  const Pipeline pipeline = {{{"counted"}, ""},
                             {{"head(50)"}, "{entropy_budget=2.2, entropy_decay=0.9}", 3, true},
                             {{"total"}, ""},
                             {{"repeat(0)"}, "{max_events=2}", 2}};
  const std::string stream = "1\n2\n3\n4\n5\n6\n";
  require_same(run(spec_of(pipeline), {}, stream), refer(pipeline, stream));
  const std::vector<std::string_view> parts = {"1\n", "2\n"};
  require_same(run(spec_of(pipeline), {}, parts), refer(pipeline, stream));
}

TEST_CASE("of two limits that are reached with one event the one further down is the reason") {
  const Pipeline pipeline = {{{"id"}, "{max_events=2}", 2}, {{"negate"}, "{max_events=2}", 2}};
  const std::string stream = "1\n2\n3\n";
  require_same(run(spec_of(pipeline), {}, stream), refer(pipeline, stream));
}

TEST_CASE("of two agents of a flux that end the run on one line the one of the earlier event counts") {
  const std::string stream = "1\n";
  for (const char* head : {"head(5)", "head(6)", "head(7)", "head(50)"}) {
    for (const bool is_first : {true, false}) {
      std::vector<std::string> agents = {"refuse(7)", head};
      if (is_first) std::swap(agents[0], agents[1]);
      const Pipeline pipeline = {{{"burst(1500)"}, ""}, {agents, ""}, {{"double"}, ""}};
      const std::string spec = spec_of(pipeline);
      CAPTURE(spec);
      Way way;
      way.is_fatal = true;
      require_same(run(spec, way, stream), refer(pipeline, stream, true));
    }
  }
}
