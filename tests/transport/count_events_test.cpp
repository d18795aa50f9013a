// How many lines are events, where a limit counts them before anybody reads them.
#include <doctest/doctest.h>

#include <limits>

#include "json/grammar.hpp"
#include "transport/decoder.hpp"

using flux::json::is_blank;
using flux::runtime::count_events;

namespace {

constexpr std::size_t kMaxLine = 6;

struct Counted {
  std::uint64_t events;
  std::size_t end;
  bool operator==(const Counted&) const = default;
};

Counted count(std::string_view text, bool is_raw, std::uint64_t most) {
  std::size_t end = 99;
  const std::uint64_t events = count_events(text, {is_raw, kMaxLine}, most, end);
  return {events, end};
}

constexpr std::uint64_t kAll = std::numeric_limits<std::uint64_t>::max();

}  // namespace

TEST_CASE("a line of nothing but JSON white space is blank") {
  for (const char* line : {"", " ", "\t", "\r", " \t\r", "\r\n"}) CHECK(is_blank(line));
  for (const char* line : {"1", " 1 ", "\f", "\v", "\xC2\xA0"}) CHECK(!is_blank(line));
}

TEST_CASE("events are counted without the blank lines, raw lines with them") {
  CHECK(count("1\n\n2\n \r\n", false, kAll) == Counted{2, 8});
  CHECK(count("1\n\n2\n \r\n", true, kAll) == Counted{4, 8});
  CHECK(count("", false, kAll) == Counted{0, 0});
}

TEST_CASE("a blank line that is too long is an event, for it fails") {
  CHECK(count("      \r\n1\n", false, kAll) == Counted{1, 10});
  CHECK(count("       \r\n1\n", false, kAll) == Counted{2, 11});
}

TEST_CASE("counting ends behind the last event that is wanted") {
  CHECK(count("1\n\n2\n\n3\n", false, 2) == Counted{2, 5});
  CHECK(count("1\n\n2\n\n3\n", true, 2) == Counted{2, 3});
  CHECK(count("1\n2\n", false, 0) == Counted{0, 0});
  CHECK(count("\n\n1\n", false, 1) == Counted{1, 4});
}
