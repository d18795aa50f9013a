// Quantiles against sorted values.
#include "aggregate/sketch.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <vector>

#include "draw.hpp"

using aggregate::Sketch;

namespace {

// Doubles of all sizes but the subnormal ones, latencies, or few values many times.
double any_value(Draw& draw, std::uint64_t sort) {
  const double unit = static_cast<double>(draw.bits() >> 11) * 0x1p-53;
  if (sort == 0) return std::exp(8 * unit - 2);
  if (sort == 1) return static_cast<double>(draw.between(-20, 20));
  if (sort == 2) return (unit - 0.5) * 1e6;
  for (;;) {
    const auto number = std::bit_cast<double>(draw.bits());
    if (std::isnormal(number)) return number;
  }
}

}  // namespace

TEST_CASE("every quantile is within one per cent of the value of its rank") {
  for_seeds(100, [](Draw& draw) {
    const std::uint64_t sort = draw.below(4);
    Sketch sketch;
    std::vector<double> values;
    for (auto left = 1 + draw.below(500); left > 0; --left) {
      values.push_back(any_value(draw, sort));
      sketch.add(values.back());
    }
    std::sort(values.begin(), values.end());
    REQUIRE(sketch.count() == values.size());
    for (const std::uint64_t percent : {1, 10, 50, 90, 99, 100}) {
      const std::uint64_t rank = sketch.rank(percent);
      // The least rank that `percent` of all do not exceed.
      REQUIRE(rank * 100 >= percent * values.size());
      REQUIRE((rank - 1) * 100 < percent * values.size());
      const double expected = values[rank - 1];
      CAPTURE(expected);
      REQUIRE(std::abs(sketch.at_rank(rank) / 2 - expected / 2) <= Sketch::kError * std::abs(expected / 2));
    }
  });
}

TEST_CASE("sketches that are joined are the sketch of all values, byte by byte") {
  for_seeds(100, [](Draw& draw) {
    Sketch whole;
    std::vector<Sketch> parts(1 + draw.below(5));
    for (auto left = 1 + draw.below(300); left > 0; --left) {
      const double value = any_value(draw, draw.below(4));
      whole.add(value);
      parts[draw.below(parts.size())].add(value);
    }
    while (parts.size() > 1) {
      const Sketch last = parts.back();
      parts.pop_back();
      parts[draw.below(parts.size())].merge(last);
    }
    REQUIRE(parts[0].count() == whole.count());
    REQUIRE(parts[0].bytes() == whole.bytes());
    for (std::uint64_t rank = 1; rank <= whole.count(); ++rank) {
      REQUIRE(parts[0].at_rank(rank) == whole.at_rank(rank));
    }
  });
}

TEST_CASE("the ends of the doubles have buckets") {
  using Double = std::numeric_limits<double>;
  Sketch sketch;
  for (const double value :
       {Double::max(), -Double::max(), Double::denorm_min(), -Double::denorm_min(), 0.0}) {
    sketch.add(value);
  }
  CHECK(std::isfinite(sketch.at_rank(1)));
  CHECK(sketch.at_rank(1) <= -1.78e308);
  CHECK(sketch.at_rank(2) == doctest::Approx(0.0));
  CHECK(sketch.at_rank(3) == 0.0);
  CHECK(sketch.at_rank(5) >= 1.78e308);
  CHECK(sketch.bytes() == 5 * 16);
}

TEST_CASE("a bucket that is known takes no more memory") {
  Sketch sketch;
  for (int i = 0; i < 1000; ++i) sketch.add(1.0 + 1e-9 * i);
  CHECK(sketch.bytes() <= 2 * 16);
  CHECK(sketch.count() == 1000);
}
