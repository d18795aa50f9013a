#include "number.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <flux/message.hpp>
#include <limits>
#include <system_error>

namespace aggregate {
namespace {

bool is_int_text(std::string_view text) { return text.find_first_of(".eE") == std::string_view::npos; }

// Whether the number is below 1: of one that no double holds, whether it is too small
// rather than too large.
bool is_tiny(std::string_view text) {
  const std::size_t mark = std::min(text.find_first_of("eE"), text.size());
  const std::string_view mantissa = text.substr(0, mark);
  const auto point = static_cast<std::int64_t>(std::min(mantissa.find('.'), mantissa.size()));
  const auto first = static_cast<std::int64_t>(mantissa.find_first_of("123456789"));
  std::int64_t shift = 0;
  if (mark != text.size()) {
    const std::string_view exponent = text.substr(mark + 1);
    const char* const begin = exponent.data() + (exponent[0] == '+' ? 1 : 0);
    const auto read = std::from_chars(begin, exponent.data() + exponent.size(), shift);
    if (read.ec != std::errc{}) return exponent[0] == '-';  // it outweighs any mantissa
  }
  return shift < first - point;
}

// The nearest double; beyond the range of doubles infinity.
double nearest_double(std::string_view text) {
  double number = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc{}) return number;
  number = is_tiny(text) ? 0 : std::numeric_limits<double>::infinity();
  return text.front() == '-' ? -number : number;
}

int sign_of(bool is_less, bool is_greater) { return is_less ? -1 : is_greater ? 1 : 0; }

// Exactly: |real| may be beyond any int, and may have a fraction.
int compare_mixed(std::int64_t whole, double real) {
  constexpr double kTwoTo63 = 9223372036854775808.0;
  if (real >= kTwoTo63) return -1;
  if (real < -kTwoTo63) return 1;
  const double truncated = std::trunc(real);
  const auto other = static_cast<std::int64_t>(truncated);
  if (whole != other) return whole < other ? -1 : 1;
  return sign_of(truncated<real, truncated> real);
}

[[noreturn]] void refuse(flux::Json value, const flux::Member& path, std::string_view why) {
  throw flux::Refused("member '" + to_string(path) + "': wants a number, found " + flux::shown(value) +
                      std::string(why));
}

}  // namespace

int compare(const Number& a, const Number& b) {
  if (a.is_int && b.is_int) return sign_of(a.whole<b.whole, a.whole> b.whole);
  if (!a.is_int && !b.is_int) return sign_of(a.real<b.real, a.real> b.real);
  return a.is_int ? compare_mixed(a.whole, b.real) : -compare_mixed(b.whole, a.real);
}

Number read_number(flux::Json value, const flux::Member& path) {
  const std::string_view text = value.text;
  if (text.front() != '-' && (text.front() < '0' || text.front() > '9')) refuse(value, path, "");
  if (is_int_text(text)) {
    std::int64_t whole = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), whole).ec == std::errc{}) {
      return Number::of(whole);
    }
    refuse(value, path, ", which is beyond 64 bits");
  }
  const double real = nearest_double(text);
  if (!std::isfinite(real)) refuse(value, path, ", which is beyond the range of a float");
  return Number::of(real);
}

}  // namespace aggregate
