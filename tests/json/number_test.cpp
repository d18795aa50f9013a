// The grammar of numbers, and doubles from text and back.
#include "json/number.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "json/check.hpp"
#include "json/seed.hpp"

using namespace flux::json;

namespace {

std::string print(double number) {
  char room[kFloatRoom];
  return {room, put_float(room, number)};
}

std::pair<FloatResult, double> parse(const std::string& token) {
  double number = 0;
  const FloatResult result = parse_float(token, number);
  return {result, result == FloatResult::ok ? number : 0};
}

}  // namespace

TEST_CASE("an integer has no fraction and no exponent") {
  for (const char* token : {"0", "-0", "12", "-123456789012345678901234567890"}) CHECK(is_integer(token));
  for (const char* token : {"", "-", "01", "1.0", "1e2", "1E2", "a", "1a"}) CHECK_FALSE(is_integer(token));
}

TEST_CASE("a float is printed as the shortest digits that read back, and as a float") {
  const std::pair<double, std::string> floats[] = {{0.0, "0.0"},
                                                   {-0.0, "-0.0"},
                                                   {1.0, "1.0"},
                                                   {2.0, "2.0"},
                                                   {-3.0, "-3.0"},
                                                   {0.1, "0.1"},
                                                   {0.5, "0.5"},
                                                   {1.5, "1.5"},
                                                   {-1.25, "-1.25"},
                                                   {100000.0, "100000.0"},
                                                   {123456.789, "123456.789"},
                                                   {0.0001, "0.0001"},
                                                   {0.00012345, "0.00012345"},
                                                   {0.00001, "1e-5"},
                                                   {1.5e-7, "1.5e-7"},
                                                   {1.0 / 3, "0.3333333333333333"},
                                                   {1e15, "1000000000000000.0"},
                                                   {9007199254740992.0, "9007199254740992.0"},
                                                   {9007199254740994.0, "9007199254740994.0"},
                                                   {9999999999999998.0, "9999999999999998.0"},
                                                   {1e16, "1e16"},
                                                   {1.2345e16, "1.2345e16"},
                                                   {1e22, "1e22"},
                                                   {1e23, "1e23"},
                                                   {-1e100, "-1e100"},
                                                   {5e-324, "5e-324"},
                                                   {-2.2250738585072014e-308, "-2.2250738585072014e-308"},
                                                   {1.7976931348623157e308, "1.7976931348623157e308"},
                                                   {4503599627370495.5, "4503599627370495.5"},
                                                   {0x1p122, "5.316911983139664e36"}};
  for (const auto& [number, text] : floats) CHECK(print(number) == text);
}

TEST_CASE("any double is read back as it was, from JSON that is no longer than std::to_chars' digits need") {
  const std::uint64_t seed = property_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 50'000; ++i) {
    // Random bits are nearly always extreme; decimals of a few digits are what people write.
    const double bits = std::bit_cast<double>(random());
    const double decimal = static_cast<double>(static_cast<std::int64_t>(random() % 2'000'000) - 1'000'000) /
                           std::pow(10.0, static_cast<double>(random() % 8));
    for (const double number : {bits, decimal}) {
      if (!std::isfinite(number)) continue;
      const std::string text = print(number);
      CAPTURE(text);
      REQUIRE(is_value(text));
      REQUIRE_FALSE(is_integer(text));
      const auto [result, back] = parse(text);
      REQUIRE(result == FloatResult::ok);
      REQUIRE(std::bit_cast<std::uint64_t>(back) == std::bit_cast<std::uint64_t>(number));

      char room[32];
      const std::string shortest(room,
                                 std::to_chars(room, room + 32, number, std::chars_format::scientific).ptr);
      const auto is_digit = [](char c) { return c >= '1' && c <= '9'; };
      const auto significant = [&](const std::string& s) {
        return std::count_if(
            s.begin(), s.begin() + static_cast<std::ptrdiff_t>(std::min(s.find('e'), s.size())), is_digit);
      };
      REQUIRE(significant(text) == significant(shortest));
    }
  }
}

TEST_CASE("a double holds what is near enough, but an integer only exactly") {
  CHECK(parse("0.1") == std::pair{FloatResult::ok, 0.1});
  CHECK(parse("1") == std::pair{FloatResult::ok, 1.0});
  CHECK(parse("-12E-1") == std::pair{FloatResult::ok, -1.2});
  CHECK(parse("9007199254740993.0") == std::pair{FloatResult::ok, 9007199254740992.0});
  CHECK(parse("9007199254740992") == std::pair{FloatResult::ok, 9007199254740992.0});
  CHECK(parse("-9007199254740994") == std::pair{FloatResult::ok, -9007199254740994.0});
  CHECK(parse("10000000000000000000000") == std::pair{FloatResult::ok, 1e22});
  CHECK(parse("9007199254740993").first == FloatResult::inexact_integer);
  CHECK(parse("-9007199254740993").first == FloatResult::inexact_integer);
  CHECK(parse("100000000000000000000000").first == FloatResult::inexact_integer);
  CHECK(parse("123456789012345678901234567890").first == FloatResult::inexact_integer);
  CHECK(parse("9223372036854775807").first == FloatResult::inexact_integer);
}

TEST_CASE("too large for a double is out of range, too small is zero") {
  const std::string nines(400, '9');
  const std::string zeros(400, '0');
  const std::string large[] = {"1e400",     "-1e400",    "1e99999999999999999999",
                               "0.001e400", "1" + zeros, nines + "e-1"};
  for (const std::string& token : large) CHECK(parse(token).first == FloatResult::out_of_range);
  const std::string small[] = {"1e-400",           "2e-324",   "1e-99999999999999999999",
                               "0." + zeros + "1", "100e-500", "0e99999999999999999999"};
  for (const std::string& token : small) CHECK(parse(token) == std::pair{FloatResult::ok, 0.0});
  CHECK(std::signbit(parse("-1e-400").second));
  CHECK(parse("5e-324") == std::pair{FloatResult::ok, std::numeric_limits<double>::denorm_min()});
}
