// Numbers and dates in fixed places of a line.
//
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <string_view>

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Also false if there is none.
inline bool all_digits(std::string_view text) {
  for (const char c : text) {
    if (!is_digit(c)) return false;
  }
  return !text.empty();
}

// Whether `text` has this shape: 9 is a digit, A and a are letters, + is a sign, and
// anything else is itself.
inline bool has_shape(std::string_view text, std::string_view shape) {
  if (text.size() != shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const char c = text[i];
    const bool fits = shape[i] == '9'   ? is_digit(c)
                      : shape[i] == 'A' ? c >= 'A' && c <= 'Z'
                      : shape[i] == 'a' ? c >= 'a' && c <= 'z'
                      : shape[i] == '+' ? c == '+' || c == '-'
                                        : c == shape[i];
    if (!fits) return false;
  }
  return true;
}

// REQUIRES: there are `size` digits at `at`, and few of them.
inline int number_at(std::string_view text, std::size_t at, std::size_t size) {
  int number = 0;
  for (const char c : text.substr(at, size)) number = number * 10 + (c - '0');
  return number;
}

// The number that all of `digits` spell in base 16; -1 if they do not.
inline int hex_number(std::string_view digits) {
  int number = 0;
  for (const char c : digits) {
    const int lower = c | 0x20;
    const int digit = is_digit(c) ? c - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    if (digit < 0) return -1;
    number = number * 16 + digit;
  }
  return number;
}

// "Nov" is 11; 0: it is no month.
inline int month_of(std::string_view name) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  for (std::size_t i = 0; i < kMonths.size(); i += 3) {
    if (kMonths.substr(i, 3) == name) return static_cast<int>(i / 3 + 1);
  }
  return 0;
}

inline bool is_date(int year, int month, int day) {
  if (month < 1 || month > 12 || day < 1) return false;
  const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  const int days = month == 2 ? 28 + (is_leap ? 1 : 0) : 30 + ((month + month / 8) & 1);
  return day <= days;
}

// hh:mm:ss, a leap second allowed.
inline bool is_time_of_day(std::string_view text) {
  return has_shape(text, "99:99:99") && number_at(text, 0, 2) < 24 && number_at(text, 3, 2) < 60 &&
         number_at(text, 6, 2) <= 60;
}
