// What the agents of the filter plugin are made of: hashes, fractions, times, and the
// keys that they remember.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <list>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "filter/event_time.hpp"
#include "filter/fraction.hpp"
#include "filter/kept_text.hpp"
#include "filter/recent_keys.hpp"
#include "filter/xxh64.hpp"

using namespace filter;

namespace {

__extension__ using Wide = unsigned __int128;

std::uint64_t property_seed() {
  if (const char* given = std::getenv("FLUX_SEED")) return std::strtoull(given, nullptr, 10);
  return std::random_device{}();
}

// In microseconds; -1 where it is none.
std::int64_t stamp(std::string_view text) { return read_timestamp(text).value_or(-1); }
std::int64_t epoch(std::string_view text) { return read_epoch(text).value_or(-1); }

std::int64_t span(std::string_view text) {
  try {
    return microseconds_of_span(text);
  } catch (const std::invalid_argument&) {
    return -1;
  }
}

// The same as RecentKeys, slowly: the most recent key stands in front.
class PlainKeys {
 public:
  explicit PlainKeys(std::size_t most) : most_(most) {}

  // The key's value, or nothing if it is new.
  std::optional<int> meet(const std::string& key, int value) {
    const auto at =
        std::find_if(keys_.begin(), keys_.end(), [&](const auto& each) { return each.first == key; });
    std::optional<int> known;
    if (at != keys_.end()) {
      known = at->second;
      keys_.erase(at);
    }
    keys_.emplace_front(key, value);
    if (keys_.size() > most_) keys_.pop_back();
    return known;
  }

 private:
  std::size_t most_;
  std::list<std::pair<std::string, int>> keys_;
};

}  // namespace

// As xxhsum 0.8.1 -H64 prints them.
TEST_CASE("XXH64 is the published hash, for texts of all lengths") {
  CHECK(xxh64("") == 0xef46db3751d8e999);
  CHECK(xxh64("a") == 0xd24ec4f1a98c6e5b);
  CHECK(xxh64("abc") == 0x44bc2cf5ad770999);
  CHECK(xxh64("01234567") == 0xe4ba22a49ad89d3f);
  CHECK(xxh64("0123456789abcdef") == 0x5c5b90c34e376d0b);
  CHECK(xxh64("0123456789abcdef0123456789abcdef") == 0x642a94958e71e6c5);
  CHECK(xxh64("The quick brown fox jumps over the lazy dog, and then it does so again.") ==
        0x6dc913f1f79bc914);
}

TEST_CASE("of the first n events exactly the floor of n times f pass") {
  const std::uint64_t seed = property_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 200; ++i) {
    const std::size_t places = 1 + random() % 15;
    std::uint64_t whole = 1;
    for (std::size_t place = 0; place < places; ++place) whole *= 10;
    const std::uint64_t parts = random() % (whole + 1);
    const std::string digits = std::to_string(parts);
    const std::string text = parts == whole ? "1" : "0." + std::string(places - digits.size(), '0') + digits;
    CAPTURE(text);
    Fraction fraction = Fraction::of(std::strtod(text.c_str(), nullptr));
    std::uint64_t passed = 0;
    for (std::uint64_t n = 1; n <= 1'000; ++n) {
      if (fraction.take_next()) ++passed;
      REQUIRE(passed == static_cast<std::uint64_t>(static_cast<Wide>(n) * parts / whole));
    }
  }
}

TEST_CASE("a fraction of all hashes is the part below it") {
  CHECK(!Fraction::of(0).holds(0));
  CHECK(Fraction::of(1).holds(0xffffffffffffffff));
  CHECK(Fraction::of(0.5).holds(0x7fffffffffffffff));
  CHECK(!Fraction::of(0.5).holds(0x8000000000000000));
  CHECK(Fraction::of(0.1).holds(0x1999999999999998));
  CHECK(!Fraction::of(0.1).holds(0x1999999999999999));
  CHECK(Fraction::of(1e-18).holds(17));
  CHECK(!Fraction::of(1e-18).holds(18));
}

TEST_CASE("times of RFC 3339 are read to the microsecond") {
  CHECK(stamp("1970-01-01T00:00:00Z") == 0);
  CHECK(stamp("2024-02-29T12:00:00Z") == 1'709'208'000'000'000);
  CHECK(stamp("2024-02-29T12:00:00.25Z") == 1'709'208'000'250'000);
  CHECK(stamp("2024-02-29t13:30:00.0000019+01:30") == 1'709'208'000'000'001);
  CHECK(stamp("2024-02-29 07:00:00-05:00") == 1'709'208'000'000'000);
  CHECK(stamp("2016-12-31T23:59:60z") == stamp("2017-01-01T00:00:00Z"));
  CHECK(stamp("0000-01-01T00:00:00Z") == -62'167'219'200'000'000);
  CHECK(stamp("9999-12-31T23:59:59Z") == 253'402'300'799'000'000);
}

TEST_CASE("what is no time of RFC 3339 is none") {
  for (const char* text : {"",
                           "2024-02-29",
                           "2024-02-29T12:00:00",
                           "2024-02-29T12:00Z",
                           "2023-02-29T12:00:00Z",
                           "2024-02-30T12:00:00Z",
                           "2024-04-31T12:00:00Z",
                           "2024-00-01T00:00:00Z",
                           "2024-13-01T00:00:00Z",
                           "2024-01-00T00:00:00Z",
                           "2024-01-01T24:00:00Z",
                           "2024-01-01T00:60:00Z",
                           "2024-01-01T00:00:61Z",
                           "2024-01-01T00:00:00.Z",
                           "2024-01-01T00:00:00+0100",
                           "2024-01-01T00:00:00+24:00",
                           "2024-01-01T00:00:00Zx",
                           " 2024-01-01T00:00:00Z",
                           "24-01-01T00:00:00Z",
                           "2024-1-1T00:00:00Z",
                           "1900-02-29T00:00:00Z"}) {
    CAPTURE(text);
    CHECK(!read_timestamp(text).has_value());
  }
}

TEST_CASE("a time is read as the calendar of the C library says") {
  const std::uint64_t seed = property_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 2'000; ++i) {
    const auto seconds = static_cast<std::time_t>(random() % 300'000'000'000) - 60'000'000'000;
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char text[64];
    std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02dZ", parts.tm_year + 1900, parts.tm_mon + 1,
                  parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
    CAPTURE(text);
    REQUIRE(stamp(text) == static_cast<std::int64_t>(seconds) * 1'000'000);
  }
}

TEST_CASE("a number is seconds, or what its size says") {
  CHECK(epoch("0") == 0);
  CHECK(epoch("-0.0") == 0);
  CHECK(epoch("1709208000") == 1'709'208'000'000'000);
  CHECK(epoch("1709208000.1234567") == 1'709'208'000'123'456);
  CHECK(epoch("99999999999") == 99'999'999'999'000'000);
  CHECK(epoch("100000000000") == 100'000'000'000'000);
  CHECK(epoch("1709208000123") == 1'709'208'000'123'000);
  CHECK(epoch("1709208000123.5") == 1'709'208'000'123'500);
  CHECK(epoch("1709208000123456") == 1'709'208'000'123'456);
  CHECK(epoch("1709208000123456789") == 1'709'208'000'123'456);
  CHECK(epoch("-1.5") == -1'500'000);
  CHECK(epoch("1.709208e9") == 1'709'208'000'000'000);
  CHECK(epoch("1709208E+6") == 1'709'208'000'000'000);
  CHECK(!read_epoch("1e400").has_value());
  CHECK(!read_epoch("123456789012345678901234567890").has_value());
}

TEST_CASE("spans of time") {
  CHECK(span("500ms") == 500'000);
  CHECK(span("1s") == 1'000'000);
  CHECK(span("1h30m") == 5'400'000'000);
  CHECK(span("7d") == 604'800'000'000);
  CHECK(span("1m1ms") == 60'001'000);
  for (const char* text : {"", "1", "s", "0s", "-1s", "-0s1s", "1.5s", "1 s", "1s ", "1w",
                           "99999999999999999d", "106751991d1d"}) {
    CAPTURE(text);
    CHECK(span(text) == -1);
  }
}

TEST_CASE("kept text gives back the memory of a long one before it") {
  std::string kept;
  keep_text(kept, std::string(100'000, 'x'));
  CHECK(kept.capacity() >= 100'000);
  keep_text(kept, "short");
  CHECK(kept == "short");
  CHECK(kept.capacity() < 100);
  const char* const memory = kept.data();
  keep_text(kept, "other");
  CHECK(kept == "other");
  CHECK(kept.data() == memory);
}

TEST_CASE("recent keys are what a plain list of them says, also across a checkpoint") {
  const std::uint64_t seed = property_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 60; ++i) {
    const std::size_t most = 1 + random() % (i % 2 == 0 ? 5 : 300);
    const std::size_t names = 1 + random() % (2 * most + 2);
    CAPTURE(most);
    CAPTURE(names);
    RecentKeys<int> keys(most);
    PlainKeys plain(most);
    for (int n = 0; n < 3'000; ++n) {
      if (random() % 500 == 0) {
        std::string snapshot;
        flux_writer to{
            &snapshot, [](flux_writer* writer, const void* bytes, std::size_t size) {
              static_cast<std::string*>(writer->ctx)->append(static_cast<const char*>(bytes), size);
              return 0;
            }};
        flux::Writer writer(to);
        keys.save(writer);
        flux::Reader reader(snapshot);
        RecentKeys<int> again(most);
        again.restore(reader);
        REQUIRE(reader.is_at_end());
        keys = std::move(again);
      }
      const std::string key = "key " + std::to_string(random() % names);
      const std::optional<int> expected = plain.meet(key, n);
      const auto met = keys.meet(key);
      REQUIRE(met.is_new == !expected.has_value());
      if (expected) REQUIRE(met.value == *expected);
      if (met.is_new) REQUIRE(met.value == 0);
      met.value = n;
    }
  }
}
