// Sums without rounding, against references that are slow and plain: one counter per
// bit, and 128-bit integers.
#include "aggregate/exact.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "draw.hpp"

using aggregate::Exact;
using aggregate::ExactSum;
using aggregate::nearest;
using aggregate::nearest_quotient;
using aggregate::Number;
using aggregate::Wide;

namespace {

__extension__ using Signed = __int128;

constexpr double kLargest = std::numeric_limits<double>::max();
constexpr double kSmallest = std::numeric_limits<double>::denorm_min();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

double sum_of(const std::vector<double>& numbers) {
  ExactSum sum;
  for (const double number : numbers) sum.add(Number::of(number));
  return nearest(sum.value());
}

// What a bit of the sum weighs is its place, from 2^-2200 on.
class BitCounters {
 public:
  void add(double number) {
    int exponent = 0;
    auto mantissa = static_cast<std::int64_t>(std::ldexp(std::frexp(number, &exponent), 53));
    exponent -= 53;
    const int sign = mantissa < 0 ? -1 : 1;
    mantissa *= sign;
    for (int bit = 0; bit < 53; ++bit) {
      if ((mantissa >> bit & 1) != 0) counters_[static_cast<std::size_t>(exponent + bit + kZero)] += sign;
    }
  }
  // "-1011@-3": the bits of -1011 * 2^-3.
  std::string text() const {
    std::vector<std::int64_t> digits = counters_;
    const bool is_negative = carry(digits) < 0;
    if (is_negative) {
      for (std::size_t i = 0; i < digits.size(); ++i) digits[i] = -counters_[i];
      carry(digits);
    }
    std::string bits;
    int lowest = 0;
    for (std::size_t i = digits.size(); i-- > 0;) {
      if (digits[i] == 0 && bits.empty()) continue;
      bits += static_cast<char>('0' + digits[i]);
      if (digits[i] != 0) lowest = static_cast<int>(i) - kZero;
    }
    if (bits.empty()) return "0";
    bits.resize(bits.find_last_of('1') + 1);
    return (is_negative ? "-" : "") + bits + "@" + std::to_string(lowest);
  }

 private:
  static constexpr int kZero = 1200;

  static std::int64_t carry(std::vector<std::int64_t>& digits) {
    std::int64_t carry = 0;
    for (std::int64_t& digit : digits) {
      const std::int64_t all = digit + carry;
      digit = all & 1;
      carry = all >> 1;
    }
    return carry;
  }

  std::vector<std::int64_t> counters_ = std::vector<std::int64_t>(2400);
};

std::string text_of(const Exact& number) {
  if (number.is_zero()) return "0";
  std::string bits;
  for (std::size_t i = number.limbs.size(); i-- > 0;) {
    for (int bit = 63; bit >= 0; --bit) bits += (number.limbs[i] >> bit & 1) != 0 ? '1' : '0';
  }
  const std::size_t size = bits.find_last_of('1') + 1;
  const int lowest = 64 * number.low + static_cast<int>(bits.size() - size);
  bits.resize(size);
  bits.erase(0, bits.find('1'));
  return (number.is_negative ? "-" : "") + bits + "@" + std::to_string(lowest);
}

double any_double(Draw& draw) {
  for (;;) {
    const auto number = std::bit_cast<double>(draw.bits());
    if (std::isfinite(number)) return number;
  }
}

Exact exact_of(Signed value) {
  const bool is_negative = value < 0;
  const Wide magnitude = is_negative ? -static_cast<Wide>(value) : static_cast<Wide>(value);
  Exact number{
      is_negative, {static_cast<std::uint64_t>(magnitude), static_cast<std::uint64_t>(magnitude >> 64)}, 0};
  while (!number.limbs.empty() && number.limbs.back() == 0) number.limbs.pop_back();
  return number;
}

}  // namespace

TEST_CASE("what cancels out leaves nothing behind") {
  CHECK(sum_of({1e308, 1.0, -1e308}) == 1.0);
  CHECK(sum_of({kLargest, kSmallest, -kLargest}) == kSmallest);
  CHECK(sum_of({0.1, -0.1}) == 0.0);
  CHECK(sum_of({}) == 0.0);
  CHECK(sum_of({-0.0}) == 0.0);
}

TEST_CASE("a sum is rounded once, to the nearest double, ties to even") {
  CHECK(sum_of({9007199254740992.0, 1.0}) == 9007199254740992.0);
  CHECK(sum_of({9007199254740992.0, 1.0, kSmallest}) == 9007199254740994.0);
  CHECK(sum_of({9007199254740994.0, 1.0}) == 9007199254740996.0);
  CHECK(sum_of({-9007199254740992.0, -1.0, -kSmallest}) == -9007199254740994.0);
  CHECK(sum_of({kSmallest, kSmallest}) == 2 * kSmallest);
  CHECK(sum_of({0x1p-1022, -kSmallest}) == 0x0.fffffffffffffp-1022);
}

TEST_CASE("beyond the range of doubles a sum is infinite, and comes back") {
  CHECK(sum_of({kLargest, kLargest}) == kInfinity);
  CHECK(sum_of({-kLargest, -kLargest}) == -kInfinity);
  CHECK(sum_of({kLargest, 0x1p969}) == kLargest);  // less than half a unit
  CHECK(sum_of({kLargest, 0x1p970}) == kInfinity);
  CHECK(sum_of({kLargest, kLargest, -kLargest}) == kLargest);
}

TEST_CASE("sums of doubles of all sizes have every bit right") {
  for_seeds(200, [](Draw& draw) {
    ExactSum sum;
    BitCounters expected;
    for (auto left = draw.below(60); left > 0; --left) {
      const double number =
          draw.below(4) == 0 ? std::ldexp(1.0 + static_cast<double>(draw.below(9)), -40) : any_double(draw);
      sum.add(Number::of(number));
      expected.add(number);
    }
    REQUIRE(text_of(sum.value()) == expected.text());
  });
}

TEST_CASE("sums of ints and their squares are those of wider ints") {
  for_seeds(200, [](Draw& draw) {
    ExactSum sum;
    ExactSum squares;
    Signed expected = 0;
    Signed expected_squares = 0;
    const auto shift = draw.below(10);
    for (auto left = draw.below(100); left > 0; --left) {
      const std::int64_t number = static_cast<std::int64_t>(draw.bits()) >> shift;
      sum.add(Number::of(number));
      expected += number;
      const std::int64_t side = number >> 8;  // so that squares fit
      squares.add_square(Number::of(side));
      expected_squares += Signed{side} * side;
    }
    REQUIRE(text_of(sum.value()) == text_of(exact_of(expected)));
    REQUIRE(text_of(squares.value()) == text_of(exact_of(expected_squares)));
    REQUIRE(nearest(sum.value()) == static_cast<double>(expected));
    REQUIRE(nearest(squares.value()) == static_cast<double>(expected_squares));
  });
}

TEST_CASE("squares of doubles of all sizes fit") {
  ExactSum squares;
  squares.add_square(Number::of(kSmallest));
  CHECK(text_of(squares.value()) == "1@-2148");
  squares.add_square(Number::of(-0x1p1023));
  CHECK(text_of(squares.value()) == "1" + std::string(4193, '0') + "1@-2148");
  ExactSum other;
  other.add_square(Number::of(1.5));
  CHECK(text_of(other.value()) == "1001@-2");
}

TEST_CASE("it does not matter how a sum is split and in which order it is joined") {
  for_seeds(200, [](Draw& draw) {
    ExactSum whole;
    std::vector<ExactSum> parts(1 + draw.below(5));
    for (auto left = draw.below(60); left > 0; --left) {
      const Number number = draw.below(2) == 0 ? Number::of(any_double(draw))
                                               : Number::of(static_cast<std::int64_t>(draw.bits()));
      whole.add(number);
      parts[draw.below(parts.size())].add(number);
    }
    while (parts.size() > 1) {
      const ExactSum last = parts.back();
      parts.pop_back();
      parts[draw.below(parts.size())].merge(last);
    }
    REQUIRE(text_of(parts[0].value()) == text_of(whole.value()));
  });
}

TEST_CASE("many terms of one sign do not run out of room") {
  ExactSum sum;
  ExactSum twice;
  sum.add(Number::of(INT64_MIN));
  for (int doublings = 0; doublings < 300; ++doublings) {
    twice = sum;
    sum.merge(twice);
  }
  CHECK(text_of(sum.value()) == "-1@363");
}

TEST_CASE("a quotient is the nearest double, ties to even") {
  CHECK(nearest_quotient(exact_of(1), 3) == 1.0 / 3.0);
  CHECK(nearest_quotient(exact_of(-7), 2) == -3.5);
  CHECK(nearest_quotient(exact_of(0), 5) == 0.0);
  for_seeds(500, [](Draw& draw) {
    const std::int64_t number = draw.between(1, std::int64_t{1} << draw.between(1, 40));
    const std::int64_t count = draw.between(1, std::int64_t{1} << draw.between(1, 20));
    const double found = nearest_quotient(exact_of(-number), static_cast<std::uint64_t>(count));
    int exponent = 0;
    const auto mantissa = static_cast<std::int64_t>(std::ldexp(std::frexp(-found, &exponent), 53));
    exponent = 53 - exponent;  // -found is mantissa / 2^exponent
    REQUIRE(exponent >= 0);
    const Signed error = Signed{mantissa} * count - (Signed{number} << exponent);
    const Signed twice = 2 * (error < 0 ? -error : error);
    CAPTURE(number);
    CAPTURE(count);
    REQUIRE((twice < count || (twice == count && mantissa % 2 == 0)));
  });
}

TEST_CASE("a difference is exact, and a product") {
  for_seeds(300, [](Draw& draw) {
    const Signed a = draw.between(-4'000'000'000, 4'000'000'000) * (draw.below(2) == 0 ? Signed{1} << 50 : 1);
    const Signed b = draw.between(-4'000'000'000, 4'000'000'000);
    REQUIRE(text_of(difference(exact_of(a), exact_of(b))) == text_of(exact_of(a - b)));
    REQUIRE(text_of(difference(exact_of(b), exact_of(a))) == text_of(exact_of(b - a)));
    REQUIRE(text_of(product(exact_of(a), exact_of(b))) == text_of(exact_of(a * b)));
  });
}

TEST_CASE("the root of a square is its side") {
  for (const std::int64_t side : {1, 3, 1'000'003, 2'000'000'011}) {
    CHECK(root_of_quotient(exact_of(Signed{side} * side), 1) == static_cast<double>(side));
    CHECK(root_of_quotient(exact_of(Signed{side} * side * 7), 7) == static_cast<double>(side));
  }
  CHECK(root_of_quotient(exact_of(2), 1) == std::sqrt(2.0));
  CHECK(root_of_quotient(exact_of(0), 12) == 0.0);
}
