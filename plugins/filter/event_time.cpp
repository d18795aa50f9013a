#include "event_time.hpp"

#include <charconv>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <string>

namespace filter {

namespace {

constexpr std::int64_t kSecond = 1'000'000;

struct Unit {
  std::string_view name;
  std::int64_t size;
};
// "ms" comes before "m", so that it is found first.
constexpr Unit kUnits[] = {
    {"ms", 1'000}, {"s", kSecond}, {"m", 60 * kSecond}, {"h", 3'600 * kSecond}, {"d", 86'400 * kSecond}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes what a time is made of from the front of a text. What does not fit leaves the
// reader failed, and every later step does nothing.
class Steps {
 public:
  explicit Steps(std::string_view text) : rest_(text) {}

  // Exactly `count` digits, and a number within bounds.
  std::int64_t number(std::size_t count, std::int64_t least, std::int64_t most) {
    std::int64_t value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value * 10 + digit();
    if (value < least || value > most) has_failed_ = true;
    return value;
  }
  // One of the characters.
  char any_of(std::string_view choices) {
    if (has_failed_ || rest_.empty() || choices.find(rest_[0]) == std::string_view::npos) {
      has_failed_ = true;
      return '\0';
    }
    return take();
  }
  // ".25": a part of a second, in microseconds.
  std::int64_t fraction() {
    if (has_failed_ || !rest_.starts_with('.')) return 0;
    take();
    std::int64_t value = digit() * (kSecond / 10);
    for (std::int64_t place = kSecond / 100; !rest_.empty() && is_digit(rest_[0]); place /= 10)
      value += (take() - '0') * place;
    return value;
  }
  bool is_done() const { return !has_failed_ && rest_.empty(); }

 private:
  std::int64_t digit() {
    if (has_failed_ || rest_.empty() || !is_digit(rest_[0])) {
      has_failed_ = true;
      return 0;
    }
    return take() - '0';
  }
  char take() {
    const char c = rest_[0];
    rest_.remove_prefix(1);
    return c;
  }

  std::string_view rest_;
  bool has_failed_ = false;
};

std::int64_t days_in(std::int64_t year, std::int64_t month) {
  constexpr std::int64_t kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && is_leap ? 29 : kDays[month - 1];
}

// Days from 1970-01-01. Years are counted from March, so that a leap day ends one.
std::int64_t days_since_1970(std::int64_t year, std::int64_t month, std::int64_t day) {
  const std::int64_t from_march = (month + 9) % 12;
  const std::int64_t years = year - (month <= 2 ? 1 : 0) + 400;  // none before year 0 is negative
  const std::int64_t day_of_year = (153 * from_march + 2) / 5 + day - 1;
  return 365 * years + years / 4 - years / 100 + years / 400 + day_of_year - 719'468 - 146'097;
}

}  // namespace

std::int64_t microseconds_of_span(std::string_view text) {
  const auto refuse = [text] {
    return std::invalid_argument(
        "wants a span of time above 0, such as \"500ms\", \"1s\", \"5m\", \"1h30m\" or "
        "\"7d\", found \"" +
        std::string(text) + "\"");
  };
  std::int64_t span = 0;
  std::string_view rest = text;
  while (!rest.empty()) {
    std::int64_t count = 0;
    const auto [end, status] = std::from_chars(rest.data(), rest.data() + rest.size(), count);
    if (status != std::errc{} || !is_digit(rest[0])) throw refuse();
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    const Unit* unit = nullptr;
    for (const Unit& each : kUnits)
      if (unit == nullptr && rest.starts_with(each.name)) unit = &each;
    if (unit == nullptr) throw refuse();
    rest.remove_prefix(unit->name.size());
    std::int64_t part = 0;
    if (__builtin_mul_overflow(count, unit->size, &part) || __builtin_add_overflow(span, part, &span)) {
      throw refuse();
    }
  }
  if (span == 0) throw refuse();
  return span;
}

std::optional<std::int64_t> read_timestamp(std::string_view text) {
  Steps steps(text);
  const std::int64_t year = steps.number(4, 0, 9999);
  steps.any_of("-");
  const std::int64_t month = steps.number(2, 1, 12);
  steps.any_of("-");
  const std::int64_t day = steps.number(2, 1, 31);
  steps.any_of("Tt ");
  const std::int64_t hour = steps.number(2, 0, 23);
  steps.any_of(":");
  const std::int64_t minute = steps.number(2, 0, 59);
  steps.any_of(":");
  const std::int64_t second = steps.number(2, 0, 60);
  const std::int64_t fraction = steps.fraction();
  const char zone = steps.any_of("Zz+-");
  std::int64_t offset = 0;
  if (zone == '+' || zone == '-') {
    const std::int64_t hours = steps.number(2, 0, 23);
    steps.any_of(":");
    offset = 60 * hours + steps.number(2, 0, 59);
  }
  if (!steps.is_done() || day > days_in(year, month)) return {};
  const std::int64_t minutes = 1440 * days_since_1970(year, month, day) + 60 * hour + minute;
  return (60 * (zone == '-' ? minutes + offset : minutes - offset) + second) * kSecond + fraction;
}

namespace {

__extension__ using Wide = __int128;

// What numbers from there on count: so many nanoseconds.
struct Scale {
  std::uint64_t from;
  std::int64_t worth;
};
constexpr Scale kScales[] = {{0, 1'000'000'000},
                             {100'000'000'000, 1'000'000},
                             {100'000'000'000'000, 1'000},
                             {100'000'000'000'000'000, 1}};

// Numbers with an exponent have no digits to be exact about.
std::optional<std::int64_t> read_float(std::string_view number) {
  double value = 0;
  if (std::from_chars(number.data(), number.data() + number.size(), value).ec != std::errc{}) return {};
  double worth = 0;
  for (const Scale& scale : kScales)
    if (std::abs(value) >= static_cast<double>(scale.from)) worth = static_cast<double>(scale.worth);
  const double time = value * worth / 1e3;
  if (!(std::abs(time) < 9e18)) return {};
  return static_cast<std::int64_t>(time);
}

}  // namespace

std::optional<std::int64_t> read_epoch(std::string_view number) {
  if (number.find_first_of("eE") != std::string_view::npos) return read_float(number);
  const bool is_negative = number.starts_with('-');
  if (is_negative) number.remove_prefix(1);
  std::uint64_t whole = 0;
  const auto [end, status] = std::from_chars(number.data(), number.data() + number.size(), whole);
  if (status != std::errc{}) return {};
  std::int64_t worth = 0;
  for (const Scale& scale : kScales)
    if (whole >= scale.from) worth = scale.worth;
  Wide nanoseconds = static_cast<Wide>(whole) * worth;
  std::string_view places = number.substr(static_cast<std::size_t>(end - number.data()));
  if (!places.empty()) places.remove_prefix(1);
  for (const char digit : places) nanoseconds += (digit - '0') * (worth /= 10);
  const auto time = static_cast<std::int64_t>(nanoseconds / 1'000);
  return is_negative ? -time : time;
}

}  // namespace filter
