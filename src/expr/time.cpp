#include "expr/time.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <string>

namespace flux::expr {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::nanoseconds;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year_month_day;

// A reader that takes text from the front; once something is missing it is bad for good.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  bool is_ok() const { return is_ok_; }
  bool is_done() const { return is_ok_ && rest_.empty(); }
  char ahead() const { return rest_.empty() ? '\0' : rest_[0]; }

  // Exactly `count` digits.
  int digits(std::size_t count) {
    int number = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (rest_.empty() || rest_[0] < '0' || rest_[0] > '9') {
        is_ok_ = false;
        return 0;
      }
      number = number * 10 + (rest_[0] - '0');
      rest_.remove_prefix(1);
    }
    return number;
  }

  // One of the characters.
  char one_of(std::string_view characters) {
    if (rest_.empty() || characters.find(rest_[0]) == characters.npos) {
      is_ok_ = false;
      return '\0';
    }
    const char found = rest_[0];
    rest_.remove_prefix(1);
    return found;
  }

  // One digit or more behind a '.', as nanoseconds; what is finer is left out.
  std::int64_t fraction() {
    std::int64_t number = 0;
    std::int64_t worth = kSecond / 10;
    if (rest_.empty() || rest_[0] < '0' || rest_[0] > '9') is_ok_ = false;
    while (!rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9') {
      number += (rest_[0] - '0') * worth;
      worth /= 10;
      rest_.remove_prefix(1);
    }
    return number;
  }

 private:
  std::string_view rest_;
  bool is_ok_ = true;
};

// hh:mm as seconds, within a day.
std::int64_t read_zone_offset(Cursor& cursor) {
  const int hours = cursor.digits(2);
  cursor.one_of(":");
  const int minutes = cursor.digits(2);
  if (hours > 23 || minutes > 59) cursor.one_of("");
  return hours * 3600 + minutes * 60;
}

struct Unit {
  std::string_view name;
  std::int64_t nanoseconds;
};

// Those that begin another one come after it.
constexpr std::array<Unit, 8> kUnits = {{{"ns", 1},
                                         {"us", 1'000},
                                         {"\xC2\xB5s", 1'000},  // the micro sign, and the Greek letter
                                         {"\xCE\xBCs", 1'000},
                                         {"ms", 1'000'000},
                                         {"s", kSecond},
                                         {"m", 60 * kSecond},
                                         {"h", 3600 * kSecond}}};

std::string_view take_digits(std::string_view& text) {
  const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
  const std::string_view digits = text.substr(0, count);
  text.remove_prefix(count);
  return digits;
}

// ".25", without the zeros at its end; nothing if it is 0.
char* put_fraction(char* out, std::int64_t nanos) {
  if (nanos == 0) return out;
  *out++ = '.';
  for (std::int64_t worth = kSecond / 10; nanos != 0; worth /= 10) {
    *out++ = static_cast<char>('0' + nanos / worth);
    nanos %= worth;
  }
  return out;
}

char* put_padded(char* out, std::int64_t number, int digits) {
  for (int i = digits - 1; i >= 0; --i) {
    out[i] = static_cast<char>('0' + number % 10);
    number /= 10;
  }
  return out + digits;
}

}  // namespace

TimeResult parse_timestamp(std::string_view text, std::int64_t& out) {
  Cursor cursor(text);
  const int year = cursor.digits(4);
  cursor.one_of("-");
  const int month = cursor.digits(2);
  cursor.one_of("-");
  const int day = cursor.digits(2);
  cursor.one_of("Tt");
  const int hour = cursor.digits(2);
  cursor.one_of(":");
  const int minute = cursor.digits(2);
  cursor.one_of(":");
  const int second = cursor.digits(2);
  std::int64_t nanos = 0;
  if (cursor.ahead() == '.') {
    cursor.one_of(".");
    nanos = cursor.fraction();
  }
  const char zone = cursor.one_of("Zz+-");
  std::int64_t ahead = 0;
  if (zone == '+' || zone == '-') ahead = read_zone_offset(cursor) * (zone == '+' ? 1 : -1);
  if (!cursor.is_done()) return TimeResult::unreadable;

  const year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok() || hour > 23 || minute > 59 || second > 59) return TimeResult::unreadable;
  const std::int64_t whole = std::chrono::sys_seconds(sys_days(date)).time_since_epoch().count() +
                             hour * 3600 + minute * 60 + second - ahead;
  // Towards 1970, so that the product fits if the sum does.
  const bool rounds_up = whole < 0 && nanos > 0;
  const std::int64_t rest = rounds_up ? nanos - kSecond : nanos;
  if (__builtin_mul_overflow(whole + rounds_up, kSecond, &out) || __builtin_add_overflow(out, rest, &out))
    return TimeResult::out_of_range;
  return TimeResult::ok;
}

TimeResult parse_duration(std::string_view text, std::int64_t& out) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  out = 0;
  if (text == "0") return TimeResult::ok;
  if (text.empty()) return TimeResult::unreadable;
  // Counted down where it is negative: there is one more number below zero.
  const int sign = negative ? -1 : 1;
  bool is_too_long = false;
  const auto add = [&](std::int64_t number, std::int64_t unit) {
    is_too_long |= __builtin_mul_overflow(number, unit, &number) || __builtin_add_overflow(out, number, &out);
  };
  while (!text.empty()) {
    const std::string_view whole = take_digits(text);
    std::string_view fraction;
    if (text.starts_with('.')) {
      text.remove_prefix(1);
      fraction = take_digits(text);
    }
    const auto unit = std::find_if(kUnits.begin(), kUnits.end(),
                                   [&](const Unit& one) { return text.starts_with(one.name); });
    if ((whole.empty() && fraction.empty()) || unit == kUnits.end()) return TimeResult::unreadable;
    text.remove_prefix(unit->name.size());

    std::int64_t number = 0;
    for (const char digit : whole)
      is_too_long |= __builtin_mul_overflow(number, 10, &number) ||
                     __builtin_add_overflow(number, sign * (digit - '0'), &number);
    add(number, unit->nanoseconds);
    // From the last digit on: rounding down at each step is rounding down once.
    std::int64_t part = 0;
    for (auto digit = fraction.rbegin(); digit != fraction.rend(); ++digit)
      part = (part + (*digit - '0') * unit->nanoseconds) / 10;
    add(sign * part, 1);
  }
  return is_too_long ? TimeResult::out_of_range : TimeResult::ok;
}

char* put_timestamp(char* out, std::int64_t nanoseconds) {
  const Calendar at = calendar_of(nanoseconds, 0);
  out = put_padded(out, at.year, 4);
  *out++ = '-';
  out = put_padded(out, at.month + 1, 2);
  *out++ = '-';
  out = put_padded(out, at.day + 1, 2);
  *out++ = 'T';
  out = put_padded(out, at.hour, 2);
  *out++ = ':';
  out = put_padded(out, at.minute, 2);
  *out++ = ':';
  out = put_padded(out, at.second, 2);
  const std::int64_t rest = nanoseconds % kSecond;
  out = put_fraction(out, rest < 0 ? rest + kSecond : rest);
  *out++ = 'Z';
  return out;
}

char* put_duration(char* out, std::int64_t nanoseconds) {
  std::uint64_t size = static_cast<std::uint64_t>(nanoseconds);
  if (nanoseconds < 0) {
    *out++ = '-';
    size = 0 - size;
  }
  out = std::to_chars(out, out + 20, size / kSecond).ptr;
  out = put_fraction(out, static_cast<std::int64_t>(size % kSecond));
  *out++ = 's';
  return out;
}

std::optional<std::int64_t> parse_zone(std::string_view text) {
  if (text == "UTC" || text == "Z") return 0;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  Cursor cursor(text);
  const std::int64_t ahead = read_zone_offset(cursor);
  if (!cursor.is_done()) return {};
  return negative ? -ahead : ahead;
}

Calendar calendar_of(std::int64_t nanos, std::int64_t ahead) {
  const auto local = std::chrono::sys_seconds(floor<seconds>(nanoseconds(nanos))) + seconds(ahead);
  const auto day = floor<days>(local);
  const year_month_day date(day);
  const auto clock = static_cast<int>((local - day).count());
  std::int64_t rest = nanos % kSecond;
  if (rest < 0) rest += kSecond;
  return {.year = static_cast<int>(date.year()),
          .month = static_cast<int>(static_cast<unsigned>(date.month())) - 1,
          .day = static_cast<int>(static_cast<unsigned>(date.day())) - 1,
          .day_of_week = static_cast<int>(std::chrono::weekday(day).c_encoding()),
          .day_of_year = static_cast<int>((day - sys_days(date.year() / 1 / 1)).count()),
          .hour = clock / 3600,
          .minute = clock / 60 % 60,
          .second = clock % 60,
          .millisecond = static_cast<int>(rest / 1'000'000)};
}

}  // namespace flux::expr
