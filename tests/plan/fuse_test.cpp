// Where fluxes count their events, and what runs together.
#include "plan/fuse.hpp"

#include <doctest/doctest.h>

#include <string>

#include "plan/hand_made.hpp"

using flux::plan::cut_into_segments;
using flux::plan::Flux;
using flux::plan::Segment;
using flux::plan::Step;
using hand_made::collapses_after;
using hand_made::Fluxes;
using hand_made::kParallelMap;
using hand_made::kSerialMap;
using hand_made::stops_after;

namespace {

// One letter per flux: 'g' for a gate.
std::string gates(Fluxes& made) {
  flux::plan::place_gates(made.fluxes);
  std::string gates;
  for (const Flux& flux : made.fluxes) gates += flux.has_gate ? 'g' : '-';
  return gates;
}

// "(0 1) [?2 2] ()": parallel segments in (), serial ones in []; ?2 admits to flux 2.
std::string segments(const Fluxes& made, bool fuse = true) {
  std::string text;
  for (const Segment& segment : cut_into_segments(made.fluxes, fuse)) {
    if (!text.empty()) text += ' ';
    std::string steps;
    for (const Step& step : segment.steps) {
      if (!steps.empty()) steps += ' ';
      if (step.kind == Step::Kind::admit) steps += '?';
      steps += std::to_string(step.flux);
    }
    text += segment.is_serial ? "[" + steps + "]" : "(" + steps + ")";
  }
  return text;
}

constexpr bool kApart = false;

}  // namespace

TEST_CASE("without limits there are no gates") {
  CHECK(gates(Fluxes().add(kParallelMap).add(0).add_identity()) == "---");
}

TEST_CASE("the first flux has no gate: its events are counted where they are read") {
  CHECK(gates(Fluxes().add(kParallelMap, stops_after(5))) == "-");
  CHECK(gates(Fluxes().add(0, collapses_after(5))) == "-");
}

TEST_CASE("a later flux with a limit has a gate") {
  CHECK(gates(Fluxes().add(kParallelMap).add(kParallelMap, stops_after(5))) == "-g");
  CHECK(gates(Fluxes().add(kParallelMap).add_identity(collapses_after(5))) == "-g");
}

TEST_CASE("a gate vanishes where an earlier, smaller limit protects it") {
  CHECK(gates(Fluxes().add(kParallelMap, stops_after(5)).add(kParallelMap, stops_after(6))) == "--");
  CHECK(gates(Fluxes().add(kParallelMap, stops_after(6)).add(kParallelMap, stops_after(5))) == "-g");
  CHECK(gates(Fluxes()
                  .add(kParallelMap, stops_after(6))
                  .add_identity(stops_after(5))
                  .add_identity(stops_after(6))) == "-g-");
}

TEST_CASE("of two equal limits the second counts only if it stops where the first would wait") {
  CHECK(gates(Fluxes().add(kParallelMap, stops_after(5)).add_identity(stops_after(5))) == "--");
  CHECK(gates(Fluxes().add(kParallelMap, stops_after(5)).add_identity(collapses_after(5))) == "--");
  CHECK(gates(Fluxes().add(kParallelMap, collapses_after(5)).add_identity(collapses_after(5))) == "--");
  CHECK(gates(Fluxes().add(kParallelMap, collapses_after(5)).add_identity(stops_after(5))) == "-g");
}

TEST_CASE("behind what may multiply events no earlier limit protects") {
  CHECK(gates(Fluxes().add(0, stops_after(5)).add_identity(stops_after(6))) == "-g");
  CHECK(gates(Fluxes().add(0, stops_after(5)).add(kParallelMap).add_identity(stops_after(6))) == "--g");
}

TEST_CASE("who has rows at the end of the stream multiplies, also if it maps") {
  Fluxes made;
  made.add(kSerialMap, stops_after(5));
  made.last_agent().functions.finish = [](void*, flux_out*, flux_error*) { return FLUX_OK; };
  made.add_identity(stops_after(6));
  CHECK(gates(made) == "-g");
}

TEST_CASE("who selects or extends does not multiply, also without saying that it maps") {
  for (const auto result : {flux::plugin::Result::select, flux::plugin::Result::extend}) {
    Fluxes made;
    made.add(FLUX_STATELESS, stops_after(5));
    made.last_agent().result = result;
    made.add_identity(stops_after(6));
    CHECK(gates(made) == "--");
  }
}

TEST_CASE("a flux with feedback counts for itself, and its own limit bounds what it gives") {
  Fluxes made;
  made.add(kParallelMap, stops_after(5)).add(kParallelMap, stops_after(9)).add_identity(stops_after(9));
  made.fluxes[1].config.feedback.fraction = {5, -1};
  CHECK(gates(made) == "---");
  CHECK(segments(made) == "(0) [1] (2)");
  made.fluxes[2].limit = stops_after(8);
  CHECK(gates(made) == "--g");
  Fluxes first;
  first.add(kParallelMap, stops_after(5));
  CHECK(limit_of_source(first.fluxes).events == 5);
  first.fluxes[0].config.feedback.fraction = {5, -1};
  CHECK(limit_of_source(first.fluxes).is_none());
}

TEST_CASE("neighbours that need no order run as one") {
  CHECK(segments(Fluxes().add(kParallelMap)) == "(0)");
  CHECK(segments(Fluxes().add(kParallelMap).add_identity().add(kParallelMap)) == "(0 1 2)");
}

TEST_CASE("concurrent agents and those that merge run parallel, too") {
  CHECK(segments(Fluxes().add(FLUX_CONCURRENT)) == "(0)");
  Fluxes made;
  made.add(0);
  made.last_agent().functions.merge = [](void*, void*, flux_error*) { return FLUX_OK; };
  CHECK(segments(made) == "(0)");
}

TEST_CASE("an instance that asks for order is serial, whatever its agent allows") {
  Fluxes made;
  made.add(kParallelMap).add(kParallelMap);
  made.fluxes[1].stages[0].in_order = true;
  CHECK(segments(made) == "(0) [1] ()");
}

TEST_CASE("a serial flux stands between two parallel segments") {
  CHECK(segments(Fluxes().add(kSerialMap)) == "() [0] ()");
  CHECK(segments(Fluxes().add(kParallelMap).add(kSerialMap).add(kParallelMap)) == "(0) [1] (2)");
}

TEST_CASE("serial neighbours share a segment") {
  CHECK(segments(Fluxes().add(kSerialMap).add(kSerialMap).add(kParallelMap).add(kSerialMap)) ==
        "() [0 1] (2) [3] ()");
}

TEST_CASE("a gate is serial, and what follows it may be parallel again") {
  Fluxes parallel;
  parallel.add(kParallelMap).add(kParallelMap, stops_after(5)).add(kParallelMap);
  gates(parallel);
  CHECK(segments(parallel) == "(0) [?1] (1 2)");
  Fluxes serial;
  serial.add(kSerialMap).add(kSerialMap, stops_after(5)).add(kSerialMap);
  gates(serial);
  CHECK(segments(serial) == "() [0 ?1 1 2] ()");
  Fluxes mixed;
  mixed.add(kSerialMap).add(kParallelMap, stops_after(5)).add(kParallelMap, stops_after(4));
  gates(mixed);
  CHECK(segments(mixed) == "() [0 ?1] (1) [?2] (2)");
}

TEST_CASE("unfused there is a turnstile between any two fluxes") {
  CHECK(segments(Fluxes().add(kParallelMap), kApart) == "(0)");
  CHECK(segments(Fluxes().add(kParallelMap).add_identity().add(kParallelMap), kApart) == "(0) [] (1) [] (2)");
}

TEST_CASE("unfused or not, segments alternate and every flux runs once, in order") {
  for (unsigned choice = 0; choice < 81; ++choice) {
    Fluxes made;
    unsigned rest = choice;
    for (int i = 0; i < 4; ++i, rest /= 3) {
      if (rest % 3 == 2) {
        made.add(kParallelMap, stops_after(static_cast<std::uint64_t>(10 - i)));
      } else {
        made.add(rest % 3 == 0 ? kParallelMap : kSerialMap);
      }
    }
    gates(made);
    for (const bool fuse : {true, false}) {
      CAPTURE(segments(made, fuse));
      const auto cut = cut_into_segments(made.fluxes, fuse);
      std::vector<std::size_t> run;
      for (std::size_t s = 0; s < cut.size(); ++s) {
        CHECK(cut[s].is_serial == (s % 2 == 1));
        for (const Step& step : cut[s].steps)
          if (step.kind == Step::Kind::run) run.push_back(step.flux);
      }
      CHECK(cut.size() % 2 == 1);
      CHECK(run == std::vector<std::size_t>{0, 1, 2, 3});
    }
  }
}
