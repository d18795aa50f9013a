// Pipelines that drop buffers cut in sections: where nothing is dropped they give the
// same bytes, and where something is the books say so, to the event.
#include <doctest/doctest.h>
#include <sys/resource.h>

#include "engine.hpp"
#include "for_all.hpp"
#include "random.hpp"
#include "reference.hpp"

using namespace laws;

namespace {

// Gives some fluxes a buffer of that many events.
Pipeline buffered(Pipeline pipeline, const std::string& size, Random& random) {
  for (Lifted& flux : pipeline) {
    if (random.one_in(3)) continue;
    const std::string policy = random.one_in(2) ? "drop_oldest" : "drop_newest";
    const std::string setting = "drop_policy=" + policy + ", buffer_size=" + size;
    flux.settings =
        flux.settings.empty() ? "{" + setting + "}" : "{" + setting + ", " + flux.settings.substr(1);
  }
  return pipeline;
}

}  // namespace

TEST_CASE("a buffer that holds all there is changes no byte") {
  for_all(cases(300), [](Random& random) {
    const Pipeline pipeline = random.one_in(2) ? random_loops(random, 4) : random_pipeline(random, 4, true);
    const std::string spec = spec_of(buffered(pipeline, "10000000", random));
    const std::string stream = random_stream(random, random.below(100));
    const Way way = random_way(random);
    CAPTURE(spec);
    CAPTURE(stream);
    CAPTURE(way.workers);
    CAPTURE(way.fuse);
    const Found found = run(spec, way, random_cut(random, stream));
    REQUIRE(found.out == refer(pipeline, stream).out);
    require_balance(found.summary);
    for (const auto& flux : found.summary.fluxes) REQUIRE(flux.books.dropped == 0);
  });
}

TEST_CASE("dead letters tell the same on both sides of a buffer") {
  for_all(cases(200), [](Random& random) {
    const Pipeline pipeline = random_pipeline(random, 4, false);
    const std::string stream = random_stream(random, random.below(60));
    const Expected expected = refer(pipeline, stream);
    if (expected.stopped_early) return;  // what is before a buffer may be further ahead
    const std::string spec = spec_of(buffered(pipeline, "10000000", random));
    CAPTURE(spec);
    CAPTURE(stream);
    const auto sorted = [](const std::string& text) {
      std::vector<std::string> lines;
      for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at) + 1;
        lines.push_back(text.substr(at, end - at));
        at = end;
      }
      std::sort(lines.begin(), lines.end());
      std::string all;
      for (const std::string& line : lines) all += line;
      return all;
    };
    const Found found = run(spec, random_way(random), random_cut(random, stream));
    REQUIRE(sorted(found.letters) == sorted(expected.letters));
    REQUIRE(found.summary.exit == expected.exit);
  });
}

#if !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)  // they keep what was freed

TEST_CASE("a consumer that is a thousand times slower takes no memory") {
  const auto peak = [] {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
  };
  std::string stream;
  for (int i = 0; i < 300'000; ++i) stream += "1000000\n";
  Way way;
  way.workers = 2;
  way.keeps_output = false;
  const std::size_t before = peak();
  const Found found = run("negate{drop_policy=drop_oldest} | burst(1000)", way, stream);
  require_balance(found.summary);
  REQUIRE(found.summary.read == 300'000);
  REQUIRE(found.summary.fluxes[0].books.dropped > 0);
  REQUIRE(peak() - before < (std::size_t{30} << 20));
}

#endif

TEST_CASE("whatever is dropped, the books balance and what is left is in order") {
  for_all(cases(100), [](Random& random) {
    const std::string size = std::to_string(1 + random.below(20));
    const Pipeline pipeline = {{{"negate"}, ""}, {{"every(1)"}, ""}, {{"negate"}, ""}};
    const std::string spec = spec_of(buffered(pipeline, size, random));
    std::string stream;
    for (int i = 1; i <= 3000; ++i) stream += std::to_string(i) + "\n";
    CAPTURE(spec);
    const Found found = run(spec, random_way(random), random_cut(random, stream));
    require_balance(found.summary);
    std::uint64_t dropped = 0;
    for (const auto& flux : found.summary.fluxes) dropped += flux.books.dropped;
    REQUIRE(found.summary.written + dropped == 3000);
    std::size_t at = 0;
    for (std::size_t line = 0; line < found.out.size(); line = found.out.find('\n', line) + 1) {
      at = stream.find(found.out.substr(line, found.out.find('\n', line) - line + 1), at);
      REQUIRE(at != std::string::npos);
    }
  });
}

TEST_CASE("a limit behind a buffer is exact, whatever other workers have taken by then") {
  std::string stream;
  for (int i = 1; i <= 300'000; ++i) stream += std::to_string(i) + "\n";
  for_all(cases(40), [&](Random& random) {
    const std::string policy = random.one_in(2) ? "drop_oldest" : "drop_newest";
    const std::string ends = random.one_in(2) ? "max_events" : "entropy_budget";
    const std::uint64_t limit = 1 + random.below(50'000);
    const std::string most =
        ends == "max_events" ? std::to_string(limit) : std::to_string(limit) + ", entropy_decay=1";
    const std::string spec = "negate{drop_policy=" + policy +
                             ", buffer_size=10000000} | negate | negate | negate{" + ends + "=" + most + "}";
    CAPTURE(spec);
    Way way;
    way.workers = 2 + random.below(3);
    CAPTURE(way.workers);
    const Found found = run(spec, way, stream);
    require_balance(found.summary);
    REQUIRE(found.summary.fluxes[0].books.dropped == 0);
    std::string expected;
    for (std::uint64_t i = 1; i <= limit; ++i) expected += std::to_string(i) + "\n";
    REQUIRE(found.out == expected);
  });
}
