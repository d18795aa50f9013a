// Timestamps and durations.
#include <doctest/doctest.h>

#include "work_out.hpp"

namespace {

std::string timestamp(const std::string& text) { return work_out("timestamp(event)", "\"" + text + "\""); }
std::string duration(const std::string& text) { return work_out("duration(event)", "\"" + text + "\""); }

}  // namespace

TEST_CASE("timestamps are read as RFC 3339 has them, and written in UTC") {
  CHECK(timestamp("2024-02-29T23:59:59Z") == "\"2024-02-29T23:59:59Z\"");
  CHECK(timestamp("2024-02-29t23:59:59.250z") == "\"2024-02-29T23:59:59.25Z\"");
  CHECK(timestamp("2024-03-01T00:30:00+01:30") == "\"2024-02-29T23:00:00Z\"");
  CHECK(timestamp("1969-12-31T23:59:59.999999999-00:01") == "\"1970-01-01T00:00:59.999999999Z\"");
  CHECK(timestamp("1960-01-01T00:00:00.5Z") == "\"1960-01-01T00:00:00.5Z\"");
  CHECK(timestamp("2024-01-01T00:00:00.1234567891Z") == "\"2024-01-01T00:00:00.123456789Z\"");
  CHECK(timestamp("1677-09-21T00:12:43.145224192Z") == "\"1677-09-21T00:12:43.145224192Z\"");
  CHECK(timestamp("2262-04-11T23:47:16.854775807Z") == "\"2262-04-11T23:47:16.854775807Z\"");
  CHECK(work_out("timestamp(1709251199)") == "\"2024-02-29T23:59:59Z\"");
}

TEST_CASE("what is no timestamp") {
  for (const std::string text : {"", "2024", "2024-02-30T00:00:00Z", "2024-13-01T00:00:00Z",
                                 "2024-01-01T24:00:00Z", "2024-01-01T00:60:00Z", "2024-01-01T00:00:00",
                                 "2024-01-01 00:00:00Z", "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00+0100",
                                 "2024-01-01T00:00:00+24:00", "2024-01-01T00:00:00Z ", "24-01-01T00:00:00Z"})
    CHECK(timestamp(text) ==
          "! timestamp(event): \"" + text + "\" is no timestamp like \"2024-02-29T23:59:59Z\"");
  for (const std::string text : {"1677-09-21T00:12:43.145224191Z", "2262-04-11T23:47:16.854775808Z",
                                 "9999-12-31T23:59:59Z", "0000-01-01T00:00:00Z"})
    CHECK(timestamp(text) == "! overflow: timestamp(event): \"" + text +
                                 "\" is beyond the years 1677 to 2262, where timestamps end");
}

TEST_CASE("durations are read in units, and written in seconds") {
  CHECK(duration("1h30m") == "\"5400s\"");
  CHECK(duration("1.5s") == "\"1.5s\"");
  CHECK(duration("-1h1m1s1ms1us1ns") == "\"-3661.001001001s\"");
  CHECK(duration("0") == "\"0s\"");
  CHECK(duration("+.5h") == "\"1800s\"");
  CHECK(duration("1.0000000019s") == "\"1.000000001s\"");
  CHECK(duration("10µs") == "\"0.00001s\"");
  CHECK(duration("-9223372036854775808ns") == "\"-9223372036.854775808s\"");
  for (const std::string text : {"", "1", "h", "1 h", "1d", "-", ".s", "1h-1m"})
    CHECK(duration(text) == "! duration(event): \"" + text + "\" is no duration like \"1h30m\" or \"1.5s\"");
  for (const std::string text : {"9223372036854775808ns", "99999999999999999999h", "2562048h"})
    CHECK(duration(text) == "! overflow: duration(event): \"" + text + "\" does not fit in a duration");
}

TEST_CASE("arithmetic and order of times") {
  const auto is_true = [](const std::string& text) { return work_out(text) == "true"; };
  CHECK(is_true("timestamp(0) + duration('24h') == timestamp('1970-01-02T00:00:00Z')"));
  CHECK(is_true("duration('24h') + timestamp(0) == timestamp('1970-01-02T00:00:00Z')"));
  CHECK(is_true("timestamp(60) - timestamp(0) == duration('1m')"));
  CHECK(is_true("timestamp(60) - duration('1m') == timestamp(0)"));
  CHECK(is_true("duration('1h') - duration('1m') + duration('1s') == duration('59m1s')"));
  CHECK(is_true("timestamp(1) > timestamp(0) && duration('1s') < duration('2s')"));
  CHECK(work_out("timestamp(9223372036) + duration('1h')") ==
        "! overflow: timestamp(9223372036) + duration('1h'): 2262-04-11T23:47:16Z + 3600s does not fit in 64 "
        "bits "
        "of nanoseconds: 292 years");
}

TEST_CASE("the parts of a timestamp, in a time zone") {
  const auto part = [](const std::string& call) {
    return work_out("timestamp(event)." + call, "\"2024-12-29T01:02:03.456Z\"");
  };
  CHECK(part("getFullYear()") == "2024");
  CHECK(part("getMonth()") == "11");
  CHECK(part("getDate()") == "29");
  CHECK(part("getDayOfMonth()") == "28");
  CHECK(part("getDayOfWeek()") == "0");
  CHECK(part("getDayOfYear()") == "363");
  CHECK(part("getHours()") == "1");
  CHECK(part("getMinutes()") == "2");
  CHECK(part("getSeconds()") == "3");
  CHECK(part("getMilliseconds()") == "456");
  CHECK(part("getHours('UTC')") == "1");
  CHECK(part("getHours('+05:30')") == "6");
  CHECK(part("getMinutes('05:30')") == "32");
  CHECK(part("getDayOfWeek('-02:00')") == "6");
  CHECK(part("getDate('-02:00')") == "28");
  CHECK(part("getHours(event)") ==
        "! timestamp(event).getHours(event): \"2024-12-29T01:02:03.456Z\" is no time zone here: write "
        "\"UTC\" or an "
        "offset like \"+02:00\"");
  CHECK(work_out("timestamp('1969-12-31T23:59:59.999Z').getMilliseconds()") == "999");
  CHECK(work_out("timestamp('1969-12-31T23:59:59.999Z').getSeconds()") == "59");
}

TEST_CASE("of a duration all of it is counted, but for the milliseconds") {
  CHECK(work_out("duration('90m').getHours()") == "1");
  CHECK(work_out("duration('90m').getMinutes()") == "90");
  CHECK(work_out("duration('1m1.5s').getSeconds()") == "61");
  CHECK(work_out("duration('1m1.5s').getMilliseconds()") == "500");
}
