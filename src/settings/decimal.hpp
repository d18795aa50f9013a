// Exact decimals for entropy: 0.1 is one tenth, not the double next to it.
// Plain values; thread safety as for any value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace flux::settings {

// digits * 10^exponent, or infinite. Never negative. At most 18 digits, and an
// exponent within +-64: more than anybody writes, and products fit 128 bits.
struct Decimal {
  std::uint64_t digits = 0;
  int exponent = 0;
  bool infinite = false;

  static Decimal infinity() { return {0, 0, true}; }
  // A JSON number without sign, or "inf". Nothing if it is neither, or too long.
  static std::optional<Decimal> parse(std::string_view text);

  bool is_zero() const { return !infinite && digits == 0; }
};

// ceil(a / b), saturating at 2^64 - 1. REQUIRES: b is finite and not zero.
std::uint64_t divide_up(Decimal a, Decimal b);

// floor(count * b), saturating at 2^64 - 1. REQUIRES: b is finite.
std::uint64_t floor_times(std::uint64_t count, Decimal b);

// As a JSON number: "0.25", "1". REQUIRES: finite.
std::string to_string(Decimal value);

// max(0, a - count * b), as a JSON number: "0.99", "0". REQUIRES: both finite.
std::string subtract_times(Decimal a, std::uint64_t count, Decimal b);

}  // namespace flux::settings
