// A run came to what the reference says: bytes, failures, exit status, reason, books.
#pragma once

#include <doctest/doctest.h>

#include "engine.hpp"
#include "reference.hpp"

namespace laws {

inline void require_same(const Found& found, const Expected& expected) {
  REQUIRE(found.out == expected.out);
  REQUIRE(expected.settled(found.letters) == expected.settled(expected.letters));
  REQUIRE(found.summary.exit == expected.exit);
  REQUIRE(found.summary.reason == expected.reason);
  require_balance(found.summary);
  for (std::size_t f = 0; f < expected.books.size(); ++f) {
    CAPTURE(f);
    const auto& flux = found.summary.fluxes[f];
    REQUIRE((flux.state == flux::runtime::State::collapsed) == expected.has_collapsed[f]);
    if (expected.stopped_early) continue;  // fluxes upstream may have been ahead
    REQUIRE(flux.books.upstream == expected.books[f].upstream);
    REQUIRE(flux.books.fed_back == expected.books[f].fed_back);
    REQUIRE(flux.books.feedback_dropped == expected.books[f].feedback_dropped);
    REQUIRE(flux.books.gave == expected.books[f].gave);
    REQUIRE(flux.books.filtered == expected.books[f].filtered);
    REQUIRE(flux.books.absorbed == expected.books[f].absorbed);
    REQUIRE(flux.books.failed == expected.books[f].failed);
    REQUIRE(flux.books.unprocessed == expected.books[f].unprocessed);
    REQUIRE(flux.books.finish_rows == expected.books[f].finish_rows);
  }
}

}  // namespace laws
