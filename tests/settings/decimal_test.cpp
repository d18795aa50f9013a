// Exact decimals: what is one, and the two sums that entropy is made of.
#include "settings/decimal.hpp"

#include <doctest/doctest.h>

#include "json/seed.hpp"
#include "settings/random_decimal.hpp"

using flux::settings::Decimal;
using flux::settings::divide_up;
using flux::settings::floor_times;
using flux::settings::subtract_times;

namespace {

constexpr std::uint64_t kMost = ~std::uint64_t{0};

Decimal decimal(std::string_view text) { return Decimal::parse(text).value(); }

std::uint64_t divide_up(std::string_view a, std::string_view b) { return divide_up(decimal(a), decimal(b)); }

std::string subtract_times(std::string_view a, std::uint64_t count, std::string_view b) {
  return subtract_times(decimal(a), count, decimal(b));
}

}  // namespace

TEST_CASE("a decimal is a JSON number without sign, or inf") {
  struct Row {
    std::string_view text;
    std::uint64_t digits;
    int exponent;
  };
  const Row rows[] = {
      {"0", 0, 0},
      {"0.0", 0, 0},
      {"0e5", 0, 0},
      {"0e999999", 0, 0},
      {"1", 1, 0},
      {"10", 10, 0},
      {"0.1", 1, -1},
      {"0.01", 1, -2},
      {"1.0", 10, -1},
      {"1.25", 125, -2},
      {"1e2", 1, 2},
      {"1E+2", 1, 2},
      {"1e-2", 1, -2},
      {"12.5e-3", 125, -4},
      {"1e002", 1, 2},
      {"1e64", 1, 64},
      {"0.00e7", 0, 0},
      {"1e-64", 1, -64},
      {"0.5e65", 5, 64},
      {"0.000000001", 1, -9},
      {"999999999999999999", 999'999'999'999'999'999, 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto parsed = Decimal::parse(row.text);
    REQUIRE(parsed.has_value());
    CHECK(parsed->digits == row.digits);
    CHECK(parsed->exponent == row.exponent);
    CHECK(!parsed->infinite);
    CHECK(parsed->is_zero() == (row.digits == 0));
  }
  CHECK(decimal("inf").infinite);
  CHECK(!decimal("inf").is_zero());
}

TEST_CASE("what is no such number, or too long, is nothing") {
  for (std::string_view text : {"",         "-1",
                                "+1",       "-0",
                                ".5",       "1.",
                                "1.e2",     "01",
                                "00",       "1e",
                                "1e+",      "e5",
                                "1 ",       " 1",
                                "1_000",    "0x10",
                                "nan",      "Inf",
                                "infinity", "-inf",
                                "1,5",      "1.5.2",
                                "1e5.5",    "1e65",
                                "1e-65",    "1e999999999999",
                                "0.1e66",   "1234567890123456789"}) {
    CAPTURE(text);
    CHECK(!Decimal::parse(text).has_value());
  }
}

TEST_CASE("the events that a budget affords are those a person counts by hand") {
  CHECK(divide_up("1.0", "0.01") == 100);
  CHECK(divide_up("10", "0.1") == 100);
  CHECK(divide_up("10.0", "0.1") == 100);
  CHECK(divide_up("1", "3") == 1);
  CHECK(divide_up("10", "3") == 4);
  CHECK(divide_up("0.3", "0.1") == 3);
  CHECK(divide_up("1e-3", "1e3") == 1);
  CHECK(divide_up("0", "0.1") == 0);
}

TEST_CASE("a count beyond 64 bits is as large as it can be") {
  CHECK(divide_up("inf", "1") == kMost);
  CHECK(divide_up("1e64", "1e-64") == kMost);
  CHECK(divide_up("1e20", "1") == kMost);
  CHECK(divide_up("1e-64", "1e64") == 1);
  CHECK(divide_up("1e19", "1") == 10'000'000'000'000'000'000U);
}

TEST_CASE("what remains is a number with no digit too many") {
  CHECK(subtract_times("1.0", 0, "0.01") == "1");
  CHECK(subtract_times("1.0", 1, "0.01") == "0.99");
  CHECK(subtract_times("1.0", 10, "0.01") == "0.9");
  CHECK(subtract_times("1", 3, "0.1") == "0.7");
  CHECK(subtract_times("1e3", 1, "1") == "999");
  CHECK(subtract_times("1e3", 1, "1e2") == "900");
  CHECK(subtract_times("0.001", 1, "1e-9") == "0.000999999");
  CHECK(subtract_times("5", 7, "0") == "5");
}

TEST_CASE("nothing remains from the last event on") {
  CHECK(subtract_times("10", 99, "0.1") == "0.1");
  CHECK(subtract_times("10", 100, "0.1") == "0");
  CHECK(subtract_times("10", 101, "0.1") == "0");
  CHECK(subtract_times("1e-64", kMost, "1e64") == "0");
  CHECK(subtract_times("0", 5, "1") == "0");
}

TEST_CASE("what remains is exact, however far apart the numbers are") {
  CHECK(subtract_times("1e20", 1, "1e-20") == "99999999999999999999.99999999999999999999");
  CHECK(subtract_times("4e20", kMost, "0.999999999999999999") == "381553255926290448403.446744073709551615");
  CHECK(subtract_times("1e64", 1, "1e-3") == std::string(64, '9') + ".999");
}

TEST_CASE("a number of times a decimal, without its fraction") {
  CHECK(floor_times(3, decimal("0.3")) == 0);
  CHECK(floor_times(4, decimal("0.3")) == 1);
  CHECK(floor_times(10, decimal("0.1")) == 1);
  CHECK(floor_times(7, decimal("2e1")) == 140);
  CHECK(floor_times(kMost, decimal("1")) == kMost);
  CHECK(floor_times(kMost, decimal("1e64")) == kMost);
  CHECK(floor_times(kMost, decimal("999999999999999999e-50")) == 0);
  CHECK(floor_times(5, decimal("0")) == 0);
}

TEST_CASE("a decimal is shown as a person would write it") {
  CHECK(to_string(decimal("0.50")) == "0.5");
  CHECK(to_string(decimal("1.0")) == "1");
  CHECK(to_string(decimal("0")) == "0");
  CHECK(to_string(decimal("25e-3")) == "0.025");
}

TEST_CASE("the sums agree with exact rational arithmetic") {
  const std::uint64_t seed = property_seed();
  CAPTURE(seed);
  RandomDecimal random(seed);
  for (int round = 0; round < 20'000; ++round) {
    const RandomDecimal::Number a = random.number(0);
    const RandomDecimal::Number b = random.number(1);
    const std::uint64_t count = random.count(a, b);
    CAPTURE(a.text);
    CAPTURE(b.text);
    CAPTURE(count);
    REQUIRE(divide_up(a.text, b.text) == RandomDecimal::quotient_up(a, b));
    REQUIRE(subtract_times(a.text, count, b.text) == RandomDecimal::difference(a, count, b));
    REQUIRE(floor_times(count, decimal(b.text)) == RandomDecimal::floor_of(count, b));
  }
}
