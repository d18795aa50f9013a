// Which outputs return: no dice, and no rounding.
#include "settings/feedback.hpp"

#include <doctest/doctest.h>

#include <string>

using flux::settings::Decimal;
using flux::settings::Feedback;

namespace {

Feedback of(const char* fraction) { return {*Decimal::parse(fraction), {}, 50}; }

// One mark for each of the first twelve outputs: 'r' returns.
std::string first_twelve(const char* fraction) {
  std::string marks;
  for (std::uint64_t n = 1; n <= 12; ++n) marks += of(fraction).returns(n) ? 'r' : '.';
  return marks;
}

}  // namespace

TEST_CASE("an output returns where the fraction times its number passes a whole number") {
  CHECK(first_twelve("0") == "............");
  CHECK(first_twelve("0.5") == ".r.r.r.r.r.r");
  CHECK(first_twelve("0.25") == "...r...r...r");
  CHECK(first_twelve("0.3") == "...r..r..r..");
  CHECK(first_twelve("0.9") == ".rrrrrrrrr.r");
  CHECK(first_twelve("1.0") == "rrrrrrrrrrrr");
}

TEST_CASE("a tenth is a tenth, and of ten million outputs exactly a million return") {
  std::uint64_t returned = 0;
  for (std::uint64_t n = 1; n <= 10'000'000; ++n) returned += of("0.1").returns(n) ? 1 : 0;
  CHECK(returned == 1'000'000);
}

TEST_CASE("a share too small to be met returns nothing") {
  CHECK(!of("1e-64").returns(~std::uint64_t{0}));
  CHECK(of("1e-18").returns(1'000'000'000'000'000'000));
}
