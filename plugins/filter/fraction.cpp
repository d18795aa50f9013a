#include "fraction.hpp"

#include <charconv>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace filter {

namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::size_t kMostPlaces = 18;  // 10^18 is the largest power of ten below 2^63

}  // namespace

Fraction::Fraction(std::uint64_t parts, std::uint64_t whole)
    : parts_(parts),
      whole_(whole),
      below_(static_cast<std::uint64_t>((static_cast<Wide>(parts) << 64) / whole)),
      is_all_(parts == whole) {}

Fraction Fraction::of(double rate) {
  // The shortest decimal that reads back the same is the one that was written.
  char text[512];
  const char* end = std::to_chars(text, text + sizeof text, rate, std::chars_format::fixed).ptr;
  const std::string_view digits(text, static_cast<std::size_t>(end - text));
  if (!(rate >= 0 && rate <= 1)) {
    throw std::invalid_argument("rate must be between 0 and 1, found " + std::string(digits));
  }
  const std::size_t point = digits.find('.');
  const std::size_t places = point == std::string_view::npos ? 0 : digits.size() - point - 1;
  if (places > kMostPlaces) {
    throw std::invalid_argument("rate has at most 18 decimal places, found " + std::string(digits));
  }
  std::uint64_t parts = 0;
  std::uint64_t whole = 1;
  for (std::size_t i = 0; i < places; ++i) whole *= 10;
  for (const char digit : digits)
    if (digit >= '0' && digit <= '9') parts = parts * 10 + static_cast<std::uint64_t>(digit - '0');
  return {parts, whole};
}

}  // namespace filter
