// Random decimals together with their exact value as a whole number of billionths of
// billionths, so that plain 128-bit integers can say what sums of them must be.
#pragma once

#include <cstdint>
#include <random>
#include <string>

class RandomDecimal {
 public:
  // NOLINTNEXTLINE(modernize-use-using): `using` cannot carry __extension__
  __extension__ typedef unsigned __int128 Wide;

  static constexpr int kPlaces = 18;

  struct Number {
    std::string text;  // one of the many ways to write it
    Wide value;        // times 10^kPlaces
  };

  explicit RandomDecimal(std::uint64_t seed) : engine_(seed) {}

  // At least `least` * 10^-9, below 10^9, with up to nine places.
  Number number(std::uint64_t least) {
    const std::uint64_t digits = least + below(power_of_ten(1 + below(9)));
    const int exponent = static_cast<int>(below(10)) - 9;  // -9..0
    Number number{written(digits, exponent), digits};
    for (int i = exponent; i > -kPlaces; --i) number.value *= 10;
    return number;
  }

  // How many events: around as many as `a` affords at `b` each, or any.
  std::uint64_t count(const Number& a, const Number& b) {
    const std::uint64_t enough = quotient_up(a, b);
    return below(2) == 0 ? below(enough + 3) : enough + below(3) - (enough > 0 ? 1 : 0);
  }

  static std::uint64_t quotient_up(const Number& a, const Number& b) {
    return static_cast<std::uint64_t>((a.value + b.value - 1) / b.value);
  }

  static std::uint64_t floor_of(std::uint64_t count, const Number& b) {
    const Wide one = static_cast<Wide>(power_of_ten(kPlaces));
    return static_cast<std::uint64_t>(count * b.value / one);
  }

  static std::string difference(const Number& a, std::uint64_t count, const Number& b) {
    const Wide part = count * b.value;
    return part >= a.value ? "0" : plain(a.value - part);
  }

 private:
  std::uint64_t below(std::uint64_t limit) { return engine_() % limit; }

  static std::uint64_t power_of_ten(std::uint64_t power) {
    std::uint64_t value = 1;
    for (; power > 0; --power) value *= 10;
    return value;
  }

  // digits * 10^exponent: with an exponent, or with a point and zeros behind it.
  std::string written(std::uint64_t digits, int exponent) {
    const std::string text = std::to_string(digits);
    if (below(2) == 0) return text + (below(2) == 0 ? "e" : "E") + std::to_string(exponent);
    const auto places = static_cast<std::size_t>(-exponent);
    if (places == 0) return text + (below(2) == 0 ? "" : ".0");
    const std::string padded =
        text.size() > places ? text : std::string(places + 1 - text.size(), '0') + text;
    return padded.substr(0, padded.size() - places) + "." + padded.substr(padded.size() - places) +
           std::string(below(3), '0');
  }

  static std::string plain(Wide value) {
    std::string digits;
    for (; value != 0 || digits.size() <= kPlaces; value /= 10)
      digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(value % 10)));
    digits.insert(digits.size() - kPlaces, ".");
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
    return digits;
  }

  std::mt19937_64 engine_;
};
