// Fluxes whose outputs return to their own input: serial, event by event, and the same
// to the byte however many threads run and however the stream is cut.
#include <doctest/doctest.h>

#include "engine.hpp"
#include "for_all.hpp"
#include "random.hpp"
#include "reference.hpp"
#include "require_same.hpp"

using namespace laws;

TEST_CASE("a pipeline that feeds back gives what the reference gives") {
  for_all(cases(500), [](Random& random) {
    const Pipeline pipeline = random_loops(random, 4);
    const std::string spec = spec_of(pipeline);
    const std::string stream = random_stream(random, random.below(random.one_in(4) ? 200 : 30));
    Way way = random_way(random);
    way.is_fatal = random.one_in(4);
    CAPTURE(spec);
    CAPTURE(stream);
    CAPTURE(way.workers);
    CAPTURE(way.fuse);
    CAPTURE(way.is_fatal);
    const auto parts = random_cut(random, stream);
    require_same(run(spec, way, parts), refer(pipeline, stream, way.is_fatal));
  });
}

TEST_CASE("what the first flux reads beyond its limit does not depend on the cut") {
  for_all(cases(200), [](Random& random) {
    Pipeline pipeline = random_loops(random, 1);
    const std::string stream = random_stream(random, random.below(60));
    CAPTURE(spec_of(pipeline));
    CAPTURE(stream);
    const Found found = run(spec_of(pipeline), random_way(random), random_cut(random, stream));
    const Expected expected = refer(pipeline, stream);
    if (expected.reason.find("ended") != std::string::npos) return;  // `head` reads what it was handed
    REQUIRE(found.summary.read == expected.books[0].upstream);
    REQUIRE(found.summary.fluxes[0].books.fed_back == expected.books[0].fed_back);
    REQUIRE(found.summary.fluxes[0].books.unprocessed == expected.books[0].unprocessed);
  });
}

TEST_CASE("a loop that goes on for long takes no more memory than a few batches") {
  Way way;
  way.workers = 2;
  const Pipeline pipeline = {
      {.calls = {"negate"}, .settings = "{max_events=300000}", .limit = 300'000, .feedback_hundredths = 100},
      {{"addone"}, ""}};
  const Found found = run(spec_of(pipeline), way, "5\n6\n");
  REQUIRE((found.out == refer(pipeline, "5\n6\n").out));  // too long to print
  REQUIRE(found.summary.read == 1);
}
