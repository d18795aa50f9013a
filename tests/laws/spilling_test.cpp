// Flat-maps that give far more than came: the right bytes, and memory that does not
// grow with them.
#include <doctest/doctest.h>
#include <sys/resource.h>

#include "engine.hpp"
#include "random.hpp"
#include "reference.hpp"

using namespace laws;

namespace {

constexpr std::size_t kMiB = 1 << 20;

// Of this process so far.
[[maybe_unused]] std::size_t peak_bytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

}  // namespace

TEST_CASE("results too many for a batch pass serial agents and gates in order") {
  const std::vector<Pipeline> pipelines = {
      {{{"burst(30000)"}, ""}, {{"every(3)"}, ""}},
      {{{"burst(20000)"}, ""}, {{"total"}, ""}, {{"odd"}, ""}},
      {{{"burst(50000)"}, ""}, {{"negate"}, "{max_events=70001}", 70'001, false}, {{"addone"}, ""}},
      {{{"repeat(20000)"}, ""}, {{"double"}, "{entropy_budget=1, entropy_decay=0.00003}", 33'334, true}},
      {{{"burst(300)"}, ""}, {{"burst(100)"}, ""}, {{"residues"}, ""}},
      {{{"burst(40000)"}, ""}, {{"head(50000)"}, ""}, {{"spell"}, ""}},
      {{{"repeat(30000)"}, ""}, {{"counted"}, ""}, {{"window"}, ""}}};
  const std::string stream = "1\n-7\n12\n3\n";
  for (const Pipeline& pipeline : pipelines) {
    CAPTURE(spec_of(pipeline));
    const Expected expected = refer(pipeline, stream);
    for (const std::size_t workers : {1, 2, 4}) {
      for (const bool fuse : {true, false}) {
        CAPTURE(workers);
        CAPTURE(fuse);
        Way way;
        way.workers = workers;
        way.fuse = fuse;
        const std::vector<std::string_view> cut = {"1\n-7\n", "12\n3\n"};
        const Found found = run(spec_of(pipeline), way, cut);
        REQUIRE(found.out.size() == expected.out.size());
        REQUIRE((found.out == expected.out));  // too long to print
        REQUIRE(found.summary.reason == expected.reason);
      }
    }
  }
}

#if !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)  // they keep what was freed

TEST_CASE("a flat-map of any size takes no more memory than a few batches") {
  const std::string event = "{\"text\":\"" + std::string(100, 'x') + "\"}\n";
  Way way;
  way.workers = 4;
  way.keeps_output = false;
  for (const std::string spec :
       {"repeat(300000)", "repeat(300000) | every(1) | id{max_events=590000} | drop(b)"}) {
    CAPTURE(spec);
    const std::size_t before = peak_bytes();
    const Found found = run(spec, way, event + event);
    REQUIRE(found.summary.exit == 0);
    REQUIRE(found.summary.bytes_out > 60 * kMiB);
    REQUIRE(peak_bytes() - before < 30 * kMiB);
  }
}

#endif
