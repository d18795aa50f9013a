// What a run came to, for machines and for people.
#include "runtime/summary.hpp"

#include <doctest/doctest.h>

using flux::runtime::FluxSummary;
using flux::runtime::State;
using flux::runtime::Summary;

namespace {

Summary summary() {
  FluxSummary first;
  first.id = "dou\"ble";
  first.state = State::stopped;
  first.books = {.upstream = 9,
                 .fed_back = 2,
                 .perturbed = 3,
                 .gave = 4,
                 .filtered = 1,
                 .absorbed = 5,
                 .failed = 3,
                 .unprocessed = 1,
                 .results = 11,
                 .finish_rows = 2,
                 .delivered = 6,
                 .dropped = 4,
                 .answered = 3,
                 .feedback_dropped = 7};
  first.entropy_remaining = "0.99";
  FluxSummary second;
  second.id = "id";
  second.state = State::collapsed;
  second.entropy_remaining = "null";
  return {.read = 4,
          .written = 2,
          .failed = 1,
          .bytes_in = 31,
          .bytes_out = 5,
          .seconds = 0.0012,
          .exit = 4,
          .reason = "end of input",
          .fluxes = {first, second}};
}

}  // namespace

TEST_CASE("for machines a summary is one line with every count") {
  CHECK(
      summary().to_json() ==
      R"({"read": 4, "written": 2, "failed": 1, "bytes_in": 31, "bytes_out": 5, "seconds": 0.001200, )"
      R"("exit": 4, "reason": "end of input", "fluxes": [)"
      R"({"id": "dou\"ble", "state": "STOPPED", "events": 13, "upstream": 9, "fed_back": 2, "perturbed": 3, )"
      R"("gave": 4, "filtered": 1, "absorbed": 5, "failed": 3, "unprocessed": 1, "results": 11, )"
      R"("finish_rows": 2, "delivered": 6, "dropped": 4, "answered": 3, "feedback_dropped": 7, )"
      R"("entropy_remaining": 0.99}, )"
      R"({"id": "id", "state": "COLLAPSED", "events": 0, "upstream": 0, "fed_back": 0, "perturbed": 0, )"
      R"("gave": 0, "filtered": 0, "absorbed": 0, "failed": 0, "unprocessed": 0, "results": 0, )"
      R"("finish_rows": 0, "delivered": 0, "dropped": 0, "answered": 0, "feedback_dropped": 0, )"
      R"("entropy_remaining": null}]})"
      "\n");
}

TEST_CASE("for people what is none is left out") {
  CHECK(
      summary().to_people() ==
      "flux: 4 read, 2 written, 1 failed in 0.001 s; end of input\n"
      "  dou\"ble STOPPED: 9 in, 2 fed back, 1 filtered, 5 absorbed, 3 failed, 1 unprocessed, 2 at the end, "
      "4 dropped, 7 dropped on their way back, 6 out, "
      "entropy left 0.99\n"
      "  id COLLAPSED: 0 in, 0 out\n");
}

TEST_CASE("people are told the speed of what took a while") {
  Summary slow = summary();
  slow.read = 1000;
  slow.failed = 0;
  slow.seconds = 2;
  slow.fluxes.clear();
  CHECK(slow.to_people() == "flux: 1000 read, 2 written in 2.000 s (500 events/s); end of input\n");
}
