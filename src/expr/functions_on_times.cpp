#include <cstdint>
#include <optional>

#include "expr/row_functions.hpp"
#include "expr/time.hpp"

namespace flux::expr {
namespace {

// `part`: of a Calendar.
template <class Part>
Cell part_of_time(const Context& at, Operands of, Part part) {
  std::optional<std::int64_t> ahead = 0;
  if (of.size() > 1) ahead = parse_zone(of[1].view());
  if (!ahead) return at.fault(Reason::no_zone, of[1]);
  return cell_of(static_cast<std::int64_t>(part(calendar_of(of[0].int64, *ahead))));
}

// Of a duration all of it is counted, in units of so many nanoseconds.
template <class Part>
Cell part_of_clock(const Context& at, Operands of, std::int64_t unit, Part part) {
  if (of[0].tag == Tag::duration) return cell_of(of[0].int64 / unit);
  return part_of_time(at, of, part);
}

}  // namespace

Cell get_full_year(const Context& at, Operands of) {
  return part_of_time(at, of, [](const Calendar& time) { return time.year; });
}

Cell get_month(const Context& at, Operands of) {
  return part_of_time(at, of, [](const Calendar& time) { return time.month; });
}

Cell get_date(const Context& at, Operands of) {
  return part_of_time(at, of, [](const Calendar& time) { return time.day + 1; });
}

Cell get_day_of_month(const Context& at, Operands of) {
  return part_of_time(at, of, [](const Calendar& time) { return time.day; });
}

Cell get_day_of_week(const Context& at, Operands of) {
  return part_of_time(at, of, [](const Calendar& time) { return time.day_of_week; });
}

Cell get_day_of_year(const Context& at, Operands of) {
  return part_of_time(at, of, [](const Calendar& time) { return time.day_of_year; });
}

Cell get_hours(const Context& at, Operands of) {
  return part_of_clock(at, of, 3600 * kSecond, [](const Calendar& time) { return time.hour; });
}

Cell get_minutes(const Context& at, Operands of) {
  return part_of_clock(at, of, 60 * kSecond, [](const Calendar& time) { return time.minute; });
}

Cell get_seconds(const Context& at, Operands of) {
  return part_of_clock(at, of, kSecond, [](const Calendar& time) { return time.second; });
}

// Of durations as well this is what is left of a second.
Cell get_milliseconds(const Context& at, Operands of) {
  if (of[0].tag == Tag::duration) return cell_of(of[0].int64 % kSecond / 1'000'000);
  return part_of_time(at, of, [](const Calendar& time) { return time.millisecond; });
}

}  // namespace flux::expr
