// Times as CEL writes them: RFC 3339 timestamps, durations like "1h30m" or "90.5s",
// and what a calendar says of a timestamp. All are nanoseconds in 64 bits: the years
// 1677 to 2262.
//
// Pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace flux::expr {

inline constexpr std::int64_t kSecond = 1'000'000'000;  // nanoseconds

enum class TimeResult : std::uint8_t { ok, unreadable, out_of_range };

// "2024-02-29T23:59:59.25+02:00": nanoseconds since 1970-01-01T00:00:00Z.
TimeResult parse_timestamp(std::string_view text, std::int64_t& out);

// "1h30m", "-1.5s", "100ms", "0".
TimeResult parse_duration(std::string_view text, std::int64_t& out);

inline constexpr std::size_t kTimeRoom = 40;

// Both return the byte after the last one. REQUIRES: kTimeRoom bytes at `out`.
// In UTC, with as many digits of a second as it takes: 1970-01-01T00:00:00.5Z.
char* put_timestamp(char* out, std::int64_t nanoseconds);
// In seconds: 90.5s.
char* put_duration(char* out, std::int64_t nanoseconds);

// "UTC", "+02:00", "-08:00", "02:00": seconds that its clocks are ahead of UTC.
std::optional<std::int64_t> parse_zone(std::string_view text);

// A timestamp as clocks and calendars show it.
struct Calendar {
  std::int64_t year;
  int month;        // from 0
  int day;          // of the month, from 0
  int day_of_week;  // Sunday is 0
  int day_of_year;  // from 0
  int hour, minute, second, millisecond;
};

// `ahead`: seconds, of the time zone.
Calendar calendar_of(std::int64_t nanoseconds, std::int64_t ahead);

}  // namespace flux::expr
