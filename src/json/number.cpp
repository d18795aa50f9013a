// The grammar of numbers and the exact conversions; the fast integer loops are in
// integer.hpp.
#include "json/number.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <system_error>

namespace flux::json {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

// Whether a number that std::from_chars calls out of range is so because it is too
// small: then its first digit that is not 0 stands far behind the point.
bool is_tiny(std::string_view token) {
  const std::size_t exponent_mark = std::min(token.find_first_of("eE"), token.size());
  const std::string_view mantissa = token.substr(0, exponent_mark);
  const auto point = static_cast<std::int64_t>(std::min(mantissa.find('.'), mantissa.size()));
  const auto first = static_cast<std::int64_t>(mantissa.find_first_of("123456789"));
  if (exponent_mark == token.size()) return first > point;

  const std::string_view exponent = token.substr(exponent_mark + 1);
  const bool negative = exponent[0] == '-';
  std::int64_t shift = 0;
  const char* begin = exponent.data() + (exponent[0] == '+');
  const auto read = std::from_chars(begin, exponent.data() + exponent.size(), shift);
  // An exponent of more digits than an int64 outweighs any mantissa there is room for.
  if (read.ec != std::errc{}) return negative;
  return shift < first - point;
}

// Whether the double is the integer that the token spells.
bool equals_exactly(double number, std::string_view token) {
  constexpr std::size_t kAlwaysExact = 15;  // digits; 10^15 < 2^53
  if (token.size() <= kAlwaysExact) return true;
  char text[320];  // the largest double has 309 digits
  const auto end = std::to_chars(text, text + sizeof text, number, std::chars_format::fixed, 0).ptr;
  return std::string_view(text, static_cast<std::size_t>(end - text)) == token;
}

char* put_text(char* out, std::string_view text) {
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

char* put_zeros(char* out, int count) {
  std::memset(out, '0', static_cast<std::size_t>(count));
  return out + count;
}

// The quick way for what people write: numbers of at most 15 digits, six of them behind
// the point. Null where the number is no such.
//
// Two decimals of up to 15 digits never read back as the same double (DBL_DIG), so the
// one that does is the shortest there is.
char* put_short_decimal(char* out, double number) {
  constexpr std::int64_t kScale = 1'000'000;
  constexpr double kMost = 1e9;  // times kScale: 15 digits
  const double size = std::abs(number);
  if (!(size >= 1e-4 && size < kMost)) return nullptr;
  const auto scaled = static_cast<std::int64_t>(size * kScale + 0.5);
  if (static_cast<double>(scaled) / kScale != size) return nullptr;
  *out = '-';
  out += number < 0 ? 1 : 0;
  out = put_int(out, scaled / kScale);
  *out++ = '.';
  constexpr std::uint32_t kToEight = 100;  // so that the six digits come first
  const std::uint64_t fraction = digits::eight_digits(static_cast<std::uint32_t>(scaled % kScale) * kToEight);
  const std::uint64_t text = fraction | 0x3030303030303030;
  std::memcpy(out, &text, 8);
  const int zeros = std::countl_zero(fraction | 1) / 8;  // the first digit stays, also if it is a zero
  return out + 8 - zeros;
}

}  // namespace

NumberScan scan_number(std::string_view text) {
  std::size_t at = !text.empty() && text[0] == '-';
  const std::size_t whole = at;
  at = skip_digits(text, at);
  if (at == whole) return {at, NumberFlaw::no_digit};
  if (text[whole] == '0' && at - whole > 1) return {whole, NumberFlaw::leading_zero};

  if (at < text.size() && text[at] == '.') {
    const std::size_t fraction = at + 1;
    at = skip_digits(text, fraction);
    if (at == fraction) return {at, NumberFlaw::no_fraction};
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    std::size_t exponent = at + 1;
    if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-')) ++exponent;
    at = skip_digits(text, exponent);
    if (at == exponent) return {at, NumberFlaw::no_exponent};
  }
  return {at, NumberFlaw::none};
}

bool is_number(std::string_view token) {
  const NumberScan scan = scan_number(token);
  return scan.flaw == NumberFlaw::none && scan.size == token.size();
}

bool is_integer(std::string_view token) {
  const std::size_t whole = !token.empty() && token[0] == '-';
  const bool all_digits = token.size() > whole && skip_digits(token, whole) == token.size();
  return all_digits && (token[whole] != '0' || token.size() == whole + 1);
}

IntResult parse_int(std::string_view token, std::int64_t& out) {
  if (!is_integer(token)) return IntResult::not_an_int;
  const auto read = std::from_chars(token.data(), token.data() + token.size(), out);
  return read.ec == std::errc{} ? IntResult::ok : IntResult::overflow;
}

FloatResult parse_float(std::string_view token, double& out) {
  const auto read = std::from_chars(token.data(), token.data() + token.size(), out);
  if (read.ec != std::errc{}) {
    if (!is_tiny(token)) return FloatResult::out_of_range;
    out = token[0] == '-' ? -0.0 : 0.0;
    return FloatResult::ok;
  }
  if (is_integer(token) && !equals_exactly(out, token)) return FloatResult::inexact_integer;
  return FloatResult::ok;
}

char* put_float(char* out, double number) {
  constexpr double kExactIntegers = 9007199254740992.0;  // 2^53
  const bool is_whole = std::abs(number) < kExactIntegers && std::trunc(number) == number;
  if (is_whole && number != 0) return put_text(put_int(out, static_cast<std::int64_t>(number)), ".0");

  if (char* end = put_short_decimal(out, number)) return end;

  // "d.ddde-XX" holds all that is needed: the sign, the digits and the exponent.
  char text[32];
  const char* end = std::to_chars(text, text + sizeof text, number, std::chars_format::scientific).ptr;
  const char* p = text;
  if (*p == '-') *out++ = *p++;
  char digits[20];
  int count = 0;
  for (; *p != 'e'; ++p)
    if (*p != '.') digits[count++] = *p;
  int exponent = 0;
  std::from_chars(p[1] == '+' ? p + 2 : p + 1, end, exponent);

  const std::string_view all(digits, static_cast<std::size_t>(count));
  if (exponent < -4 || exponent >= 16) {
    *out++ = digits[0];
    if (count > 1) out = put_text(put_text(out, "."), all.substr(1));
    *out++ = 'e';
    return put_int(out, exponent);
  }
  if (exponent < 0) return put_text(put_zeros(put_text(out, "0."), -exponent - 1), all);
  const int whole = exponent + 1;
  if (count <= whole) return put_text(put_zeros(put_text(out, all), whole - count), ".0");
  out = put_text(out, all.substr(0, static_cast<std::size_t>(whole)));
  return put_text(put_text(out, "."), all.substr(static_cast<std::size_t>(whole)));
}

}  // namespace flux::json
