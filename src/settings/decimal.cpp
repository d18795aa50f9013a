#include "settings/decimal.hpp"

#include <algorithm>
#include <cctype>
#include <limits>

namespace flux::settings {

namespace {

// NOLINTNEXTLINE(modernize-use-using): `using` cannot carry __extension__
__extension__ typedef unsigned __int128 Wide;

constexpr int kMaxDigits = 18;
constexpr int kMaxExponent = 64;
constexpr Wide kWideMax = ~Wide{0};

// value * 10^power, or nothing when it does not fit.
std::optional<Wide> scaled(Wide value, int power) {
  for (; power > 0 && value != 0; --power) {
    if (value > kWideMax / 10) return {};
    value *= 10;
  }
  return value;
}

std::string to_text(Wide value) {
  std::string text;
  do text.insert(text.begin(), static_cast<char>('0' + static_cast<int>(value % 10)));
  while ((value /= 10) != 0);
  return text;
}

// digits * 10^exponent without an exponent: "99", -2 is "0.99".
std::string plain(std::string text, int exponent) {
  if (exponent >= 0) return text == "0" ? text : text + std::string(static_cast<std::size_t>(exponent), '0');
  const auto places = static_cast<std::size_t>(-exponent);
  if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
  text.insert(text.size() - places, ".");
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

// a - b on decimal digits, as on paper. REQUIRES: a > b.
std::string subtract(std::string a, const std::string& b) {
  int borrowed = 0;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    char& digit = a[a.size() - i];
    const int difference = digit - '0' - borrowed - (i <= b.size() ? b[b.size() - i] - '0' : 0);
    borrowed = difference < 0 ? 1 : 0;
    digit = static_cast<char>('0' + difference + 10 * borrowed);
  }
  return a.erase(0, a.find_first_not_of('0'));
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  if (text == "inf") return infinity();
  Decimal value;
  std::size_t at = 0;
  int count = 0;
  const auto is_digit = [&] {
    return at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) != 0;
  };
  const auto take_digits = [&](bool after_point) {
    const std::size_t begin = at;
    for (; is_digit(); ++at) {
      value.digits = value.digits * 10 + static_cast<std::uint64_t>(text[at] - '0');
      if (value.digits != 0 && ++count > kMaxDigits) return false;
      if (after_point) --value.exponent;
    }
    return at != begin;
  };
  if (text.size() > 1 && text[0] == '0' && std::isdigit(static_cast<unsigned char>(text[1])) != 0) return {};
  if (!take_digits(false)) return {};
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (!take_digits(true)) return {};
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    const bool negative = at < text.size() && text[at] == '-';
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    if (!is_digit()) return {};
    int power = 0;
    for (; is_digit(); ++at) power = std::min(1000, power * 10 + (text[at] - '0'));
    value.exponent += negative ? -power : power;
  }
  if (at != text.size()) return {};
  if (value.digits == 0) value.exponent = 0;
  if (std::abs(value.exponent) > kMaxExponent) return {};
  return value;
}

std::uint64_t divide_up(Decimal a, Decimal b) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  if (a.infinite) return kMost;
  if (a.digits == 0) return 0;
  const int power = a.exponent - b.exponent;
  const auto above = scaled(a.digits, std::max(power, 0));
  const auto below = scaled(b.digits, std::max(-power, 0));
  if (!above) return kMost;  // more than 10^38 / 10^18
  if (!below) return 1;      // less than one step
  const Wide quotient = *above / *below + (*above % *below != 0 ? 1 : 0);
  return quotient > kMost ? kMost : static_cast<std::uint64_t>(quotient);
}

std::uint64_t floor_times(std::uint64_t count, Decimal b) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  const Wide digits = static_cast<Wide>(count) * b.digits;  // at most 2^64 * 10^18, which fits
  const auto above = scaled(digits, std::max(b.exponent, 0));
  if (!above) return kMost;
  const auto below = scaled(1, std::max(-b.exponent, 0));
  if (!below) return 0;  // less than 10^38 / 10^39
  const Wide quotient = *above / *below;
  return quotient > kMost ? kMost : static_cast<std::uint64_t>(quotient);
}

std::string to_string(Decimal value) { return subtract_times(value, 0, {}); }

std::string subtract_times(Decimal a, std::uint64_t count, Decimal b) {
  const int exponent = std::min(a.exponent, b.exponent);
  const std::string whole = plain(to_text(a.digits), a.exponent - exponent);
  const std::string part = plain(to_text(static_cast<Wide>(count) * b.digits), b.exponent - exponent);
  const bool is_used_up = part.size() != whole.size() ? part.size() > whole.size() : part >= whole;
  return is_used_up ? "0" : plain(subtract(whole, part), exponent);
}

}  // namespace flux::settings
