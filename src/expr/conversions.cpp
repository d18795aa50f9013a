#include "expr/row_functions.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <system_error>
#include <type_traits>

#include "expr/compare.hpp"
#include "expr/scalar.hpp"
#include "expr/time.hpp"
#include "json/number.hpp"

namespace flux::expr {
namespace {

// "+5" and "5", as CEL has it, but no white space.
template <class T>
Cell read_number(const Context& at, const Cell& text) {
  std::string_view digits = text.view();
  if (digits.starts_with('+') && !digits.starts_with("+-")) digits.remove_prefix(1);
  T number{};
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool is_whole = read.ptr == digits.data() + digits.size();
  if (!is_whole || read.ec == std::errc::invalid_argument) return at.fault(Reason::unreadable, text);
  if constexpr (std::is_floating_point_v<T>) {
    if (read.ec == std::errc{} && !std::isfinite(number)) return at.fault(Reason::unreadable, text);
    // from_chars calls 1e-400 out of range as well.
    const bool is_json = json::scan_number(digits).flaw == json::NumberFlaw::none;
    if (read.ec != std::errc{} && is_json && json::parse_float(digits, number) == json::FloatResult::ok)
      return cell_of(number);
  }
  if (read.ec != std::errc{}) return at.fault(Reason::overflow, text);
  return cell_of(number);
}

std::int64_t whole_seconds(std::int64_t nanoseconds) {
  return nanoseconds / kSecond - (nanoseconds % kSecond < 0);
}

Cell read_time(const Context& at, const Cell& text, TimeResult (*parse)(std::string_view, std::int64_t&),
               Tag tag) {
  std::int64_t time = 0;
  switch (parse(text.view(), time)) {
    case TimeResult::ok:
      return cell_of(time, tag);
    case TimeResult::unreadable:
      return at.fault(Reason::unreadable, text);
    case TimeResult::out_of_range:
      break;
  }
  return at.fault(Reason::overflow, text);
}

}  // namespace

Cell to_int(const Context& at, Operands of) {
  switch (of[0].tag) {
    case Tag::int64:
      return of[0];
    case Tag::float64:
      if (of[0].float64 >= 9223372036854775808.0 || of[0].float64 < -9223372036854775808.0)
        return at.fault(Reason::overflow, of[0]);
      return cell_of(static_cast<std::int64_t>(of[0].float64));
    case Tag::timestamp:
      return cell_of(whole_seconds(of[0].int64));
    default:
      return read_number<std::int64_t>(at, of[0]);
  }
}

Cell to_double(const Context& at, Operands of) {
  if (of[0].tag == Tag::float64) return of[0];
  if (of[0].tag == Tag::string) return read_number<double>(at, of[0]);
  const auto number = static_cast<double>(of[0].int64);
  if (compare(of[0].int64, number) != 0) return at.fault(Reason::inexact, of[0]);
  return cell_of(number);
}

Cell to_string(const Context& at, Operands of) {
  if (of[0].tag == Tag::string) return of[0];
  char* const text = at.arena.array<char>(kScalarRoom).data();
  const char* const end = put_scalar(text, of[0]);
  return cell_of(std::string_view(text, static_cast<std::size_t>(end - text)));
}

Cell to_bool(const Context& at, Operands of) {
  if (of[0].tag == Tag::boolean) return of[0];
  for (const std::string_view yes : {"true", "True", "TRUE", "t", "1"})
    if (of[0].view() == yes) return cell_of(true);
  for (const std::string_view no : {"false", "False", "FALSE", "f", "0"})
    if (of[0].view() == no) return cell_of(false);
  return at.fault(Reason::unreadable, of[0]);
}

Cell to_timestamp(const Context& at, Operands of) {
  if (of[0].tag == Tag::timestamp) return of[0];
  if (of[0].tag == Tag::string) return read_time(at, of[0], parse_timestamp, Tag::timestamp);
  std::int64_t time;
  if (__builtin_mul_overflow(of[0].int64, kSecond, &time)) return at.fault(Reason::overflow, of[0]);
  return cell_of(time, Tag::timestamp);
}

Cell to_duration(const Context& at, Operands of) {
  if (of[0].tag == Tag::duration) return of[0];
  return read_time(at, of[0], parse_duration, Tag::duration);
}

}  // namespace flux::expr
