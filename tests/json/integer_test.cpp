// Integers from digits and back.
#include "json/integer.hpp"

#include <doctest/doctest.h>

#include <charconv>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "json/number.hpp"
#include "json/seed.hpp"

using namespace flux::json;

namespace {

constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();

// What scan_int gives on `text` with `behind` after it: the value and the bytes read.
std::optional<std::pair<std::int64_t, std::size_t>> scan(const std::string& text, char behind) {
  const std::string padded = text + std::string(64, behind);
  std::int64_t value = 0;
  const char* end = scan_int(padded.data(), value);
  if (end == nullptr) return std::nullopt;
  return std::pair{value, static_cast<std::size_t>(end - padded.data())};
}

std::string print(std::int64_t number) {
  char room[kIntRoom];
  return {room, put_int(room, number)};
}

}  // namespace

TEST_CASE("an integer is read up to its last digit, whatever stands behind it") {
  const std::pair<std::string, std::int64_t> numbers[] = {{"0", 0},
                                                          {"-0", 0},
                                                          {"7", 7},
                                                          {"-7", -7},
                                                          {"10", 10},
                                                          {"12345678", 12345678},
                                                          {"123456789", 123456789},
                                                          {"1234567812345678", 1234567812345678},
                                                          {"12345678123456789", 12345678123456789},
                                                          {"9223372036854775807", kMax},
                                                          {"-9223372036854775807", -kMax},
                                                          {"-9223372036854775808", kMin}};
  for (const auto& number : numbers)
    for (const char behind : {'\n', ' ', ',', '.', 'e', '}', '\0', '/', ':', '\xff'}) {
      CAPTURE(number.first);
      CAPTURE(behind);
      CHECK(scan(number.first, behind) == std::pair{number.second, number.first.size()});
    }
}

TEST_CASE("what is no int64 is refused") {
  for (const std::string text :
       {"", "-", "+1", "a", "00", "01", "-01", "-00", ".5", " 1", "--1", "9223372036854775808",
        "-9223372036854775809", "9999999999999999999", "10000000000000000000", "18446744073709551617",
        "123456789012345678901234567890"}) {
    CAPTURE(text);
    CHECK(scan(text, '\n') == std::nullopt);
  }
}

TEST_CASE("any int64 is printed as std::to_chars does, and read back") {
  const std::uint64_t seed = property_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 50'000; ++i) {
    // All lengths are as likely.
    const auto number = static_cast<std::int64_t>(random()) >> (random() % 64);
    char room[32];
    const std::string want(room, std::to_chars(room, room + sizeof room, number).ptr);
    REQUIRE(print(number) == want);
    REQUIRE(scan(want, '\n') == std::pair{number, want.size()});
  }
}

TEST_CASE("the edges of every length are printed and read") {
  std::int64_t power = 1;
  for (int digits = 1; digits <= 18; ++digits, power *= 10)
    for (const std::int64_t number : {power - 1, power, power + 1, -power + 1, -power, -power - 1}) {
      CHECK(print(number) == std::to_string(number));
      CHECK(scan(print(number), ',') == std::pair{number, print(number).size()});
    }
  CHECK(print(kMax) == "9223372036854775807");
  CHECK(print(kMin) == "-9223372036854775808");
}

TEST_CASE("a token is an int, something else, or too large for one") {
  const auto parse = [](const std::string& token) {
    std::int64_t value = 0;
    const IntResult result = parse_int(token, value);
    return std::pair{result, result == IntResult::ok ? value : 0};
  };
  CHECK(parse("0") == std::pair{IntResult::ok, std::int64_t{0}});
  CHECK(parse("-0") == std::pair{IntResult::ok, std::int64_t{0}});
  CHECK(parse("-12") == std::pair{IntResult::ok, std::int64_t{-12}});
  CHECK(parse("9223372036854775807") == std::pair{IntResult::ok, kMax});
  CHECK(parse("-9223372036854775808") == std::pair{IntResult::ok, kMin});
  for (const std::string token :
       {"9223372036854775808", "-9223372036854775809", "123456789012345678901234567890"})
    CHECK(parse(token).first == IntResult::overflow);
  for (const std::string token :
       {"", "-", "1.0", "1e2", "1E2", "01", "+1", "true", "\"1\"", "[1]", "1 ", "null"})
    CHECK(parse(token).first == IntResult::not_an_int);
}
