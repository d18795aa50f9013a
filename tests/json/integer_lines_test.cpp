// Lines of integers, sixteen digits at a time: the same as digit by digit.
#include "json/integer_lines.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "json/chunk.hpp"
#include "json/number.hpp"
#include "json/seed.hpp"

using namespace flux::json;

namespace {

struct Scanned {
  std::vector<std::int64_t> values;
  std::vector<std::uint32_t> ends;
  bool operator==(const Scanned&) const = default;
};

Scanned scan(decltype(&plain::scan_int_lines) scan_lines, const Chunk& chunk) {
  const std::string_view text = chunk.text();
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  Scanned found{std::vector<std::int64_t>(lines), std::vector<std::uint32_t>(lines)};
  const std::size_t count =
      scan_lines(text.data(), text.data() + text.size(), found.values.data(), found.ends.data());
  found.values.resize(count);
  found.ends.resize(count);
  return found;
}

// Line after line by parse_int, up to the first that is none.
Scanned expected(const std::vector<std::string>& lines) {
  Scanned found;
  std::uint32_t at = 0;
  for (const std::string& line : lines) {
    std::int64_t value = 0;
    if (parse_int(line, value) != IntResult::ok) break;
    at += static_cast<std::uint32_t>(line.size());
    found.values.push_back(value);
    found.ends.push_back(at++);
  }
  return found;
}

std::string put(decltype(&plain::put_int_lines) put_lines, const std::vector<std::int64_t>& values) {
  std::string out(values.size() * kIntLineRoom, '#');
  out.resize(static_cast<std::size_t>(put_lines(out.data(), values.data(), values.size()) - out.data()));
  return out;
}

std::string expected(const std::vector<std::int64_t>& values) {
  std::string lines;
  for (const std::int64_t value : values) lines += std::to_string(value) + '\n';
  return lines;
}

// All lengths are as likely.
std::int64_t any_int(std::mt19937_64& random) {
  return static_cast<std::int64_t>(random()) >> (random() % 64);
}

// An integer, or what is nearly one.
std::string any_line(std::mt19937_64& random) {
  std::string line = std::to_string(any_int(random));
  switch (random() % 400) {
    case 0:
      return "";
    case 1:
      return "0" + line;
    case 2:
      return line + std::to_string(random());
    case 3:
      return line + " ";
    case 4:
      return "-";
    case 5:
      return "-" + line;
    case 6:
      line[random() % line.size()] = static_cast<char>(random());
      return line.find('\n') == std::string::npos ? line : "x";
    default:
      return line;
  }
}

}  // namespace

TEST_CASE("lines are read up to the first that is no integer, as one by one") {
  const std::uint64_t seed = property_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 2'000; ++round) {
    std::vector<std::string> lines(1 + random() % 200);
    for (std::string& line : lines) line = any_line(random);
    const std::string text = joined(lines);
    CAPTURE(text);
    const Chunk chunk(text, "0-\n "[random() % 4]);
    REQUIRE(scan(scan_int_lines, chunk) == expected(lines));
    REQUIRE(scan(plain::scan_int_lines, chunk) == expected(lines));
  }
}

TEST_CASE("every length and every place of a wrong byte is told apart") {
  for (std::size_t size = 1; size <= 20; ++size)
    for (const std::string sign : {"", "-"})
      for (std::size_t wrong = 0; wrong <= size; ++wrong)
        for (const char byte : {'/', ':', '-', '.', '\0', '\x7f', '\xff'}) {
          std::string digits(size, '1');
          if (wrong < size) digits[wrong] = byte;
          const std::vector<std::string> lines = {"7", sign + digits, "8"};
          CAPTURE(lines[1]);
          REQUIRE(scan(scan_int_lines, Chunk(joined(lines), '1')) == expected(lines));
        }
}

TEST_CASE("integers are written as std::to_string does, one per line") {
  const std::uint64_t seed = property_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 500; ++round) {
    std::vector<std::int64_t> values(random() % 300);
    for (std::int64_t& value : values) value = any_int(random);
    REQUIRE(put(put_int_lines, values) == expected(values));
    REQUIRE(put(plain::put_int_lines, values) == expected(values));
  }
}

TEST_CASE("every four digits are written, wherever they stand among sixteen") {
  std::vector<std::int64_t> values;
  for (std::int64_t four = 0; four < 10'000; ++four)
    for (std::int64_t place = 1; place <= 1'000'000'000'000; place *= 10'000) {
      values.push_back(four * place);
      values.push_back(9'999'999'999'999'999 - four * place);
    }
  CHECK(put(put_int_lines, values) == expected(values));
}

TEST_CASE("the edges of every length are read and written") {
  std::vector<std::int64_t> values = {0, std::numeric_limits<std::int64_t>::max(),
                                      std::numeric_limits<std::int64_t>::min()};
  std::int64_t power = 1;
  for (int digits = 1; digits <= 18; ++digits, power *= 10)
    for (const std::int64_t value : {power - 1, power, power + 1, -power + 1, -power, -power - 1})
      values.push_back(value);
  const std::string lines = expected(values);
  CHECK(put(put_int_lines, values) == lines);
  CHECK(scan(scan_int_lines, Chunk(lines)).values == values);
}
