#include "expr/functions.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

#include "expr/compare.hpp"
#include "expr/nested.hpp"
#include "expr/scalar.hpp"
#include "expr/text.hpp"
#include "expr/time.hpp"
#include "json/number.hpp"

namespace flux::expr {
namespace {

using Operands = std::span<const Cell>;

// ---- from one row to all of them

Cell misfit(const Call& call, Operands operands) {
  for (const Cell& operand : operands)
    if (operand.tag == Tag::fault) return operand;
  std::size_t wrong = 0;
  while (call.at.step.function->wants_of(wrong) & kinds_of(operands[wrong])) ++wrong;
  return call.at.fault(Reason::wrong_kind, operands[wrong], {}, static_cast<std::uint8_t>(wrong));
}

// A function that is written for one row, whose operands are of the right kinds.
template <Cell (*kWorkOut)(const Context&, Operands)>
void each_row(const Call& call, Cell* out) {
  const std::size_t count = call.operands.size();
  std::array<Kinds, kMostOperands> wants{};
  for (std::size_t i = 0; i < count; ++i) wants[i] = call.at.step.function->wants_of(i);
  std::array<Cell, kMostOperands> row;
  const Operands operands(row.data(), count);
  for (std::uint32_t at = 0; at < call.rows; ++at) {
    bool fits = true;
    for (std::size_t i = 0; i < count; ++i) {
      row[i] = call.operands[i][at];
      fits &= (wants[i] & kinds_of(row[i])) != 0;
    }
    out[at] = fits ? kWorkOut(call.at, operands) : misfit(call, operands);
  }
}

// ---- strings

Cell contains(const Context&, Operands of) {
  return cell_of(of[0].view().find(of[1].view()) != std::string_view::npos);
}
Cell starts_with(const Context&, Operands of) { return cell_of(of[0].view().starts_with(of[1].view())); }
Cell ends_with(const Context&, Operands of) { return cell_of(of[0].view().ends_with(of[1].view())); }

Cell matches(const Context& at, Operands of) {
  const std::string_view text = of[0].view();
  return cell_of(at.step.pattern->Match(re2::StringPiece(text.data(), text.size()), 0, text.size(),
                                        re2::RE2::UNANCHORED, nullptr, 0));
}

Cell lower_ascii(const Context& at, Operands of) { return cell_of(with_case(of[0].view(), false, at.arena)); }
Cell upper_ascii(const Context& at, Operands of) { return cell_of(with_case(of[0].view(), true, at.arena)); }
Cell trim(const Context&, Operands of) { return cell_of(trimmed(of[0].view())); }

Cell text_or_too_long(const Context& at, std::optional<std::string_view> text, const Cell& from, Tag tag) {
  return text ? cell_of(*text, tag) : at.fault(Reason::too_long, from);
}

Cell replace(const Context& at, Operands of) {
  const std::int64_t limit = of.size() > 3 ? of[3].int64 : -1;
  return text_or_too_long(at, replaced(of[0].view(), of[1].view(), of[2].view(), limit, at.arena), of[0],
                          Tag::string);
}

Cell split_list(const Context& at, Operands of) {
  const std::int64_t limit = of.size() > 2 ? of[2].int64 : -1;
  return text_or_too_long(at, split(of[0].view(), of[1].view(), limit, at.arena), of[0], Tag::json);
}

Cell substring(const Context& at, Operands of) {
  const std::string_view text = of[0].view();
  const auto byte_at = [&](const Cell& position) {
    return position.int64 < 0 ? std::nullopt : byte_of_point(text, static_cast<std::size_t>(position.int64));
  };
  const auto begin = byte_at(of[1]);
  if (!begin) return at.fault(Reason::no_position, of[0], of[1]);
  if (of.size() == 2) return cell_of(text.substr(*begin));
  const auto end = byte_at(of[2]);
  if (!end || *end < *begin) return at.fault(Reason::no_position, of[0], of[2]);
  return cell_of(text.substr(*begin, *end - *begin));
}

Cell size(const Context& at, Operands of) {
  const std::string_view text = of[0].view();
  const std::size_t size = of[0].tag == Tag::string ? count_points(text) : size_of(text, at.arena);
  return cell_of(static_cast<std::int64_t>(size));
}

// ---- conversions

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

// ---- the parts of a timestamp, in a time zone, and of a duration

template <class Part>
Cell calendar_part(const Context& at, Operands of, Part part) {
  std::optional<std::int64_t> ahead = 0;
  if (of.size() > 1) ahead = parse_zone(of[1].view());
  if (!ahead) return at.fault(Reason::no_zone, of[1]);
  return cell_of(static_cast<std::int64_t>(part(calendar_of(of[0].int64, *ahead))));
}

template <auto kPart>
Cell date_part(const Context& at, Operands of) {
  return calendar_part(at, of, [](const Calendar& calendar) { return calendar.*kPart; });
}

// `kUnit`: nanoseconds; of a duration all of it is counted in units.
template <auto kPart, std::int64_t kUnit>
Cell clock_part(const Context& at, Operands of) {
  if (of[0].tag == Tag::timestamp) return date_part<kPart>(at, of);
  return cell_of(of[0].int64 / kUnit);
}

Cell get_date(const Context& at, Operands of) {
  return calendar_part(at, of, [](const Calendar& calendar) { return calendar.day + 1; });
}

// Only this part is what is left of a second, of durations too.
Cell get_milliseconds(const Context& at, Operands of) {
  if (of[0].tag == Tag::timestamp) return date_part<&Calendar::millisecond>(at, of);
  return cell_of(of[0].int64 % kSecond / 1'000'000);
}

// ---- numbers

template <Order kWins>
Cell extreme(const Context&, Operands of) {
  Cell best = of[0];
  for (const Cell& operand : of.subspan(1))
    if (order_of(operand, best) == kWins) best = operand;
  return best;
}

Cell absolute(const Context& at, Operands of) {
  if (of[0].tag == Tag::float64) return cell_of(std::fabs(of[0].float64));
  return of[0].int64 < 0 ? negate(at, of[0]) : of[0];
}

template <double (*kRound)(double)>
Cell rounded(const Context&, Operands of) {
  return of[0].tag == Tag::float64 ? cell_of(kRound(of[0].float64)) : of[0];
}

double half_away(double number) { return std::round(number); }
double down(double number) { return std::floor(number); }
double up(double number) { return std::ceil(number); }

constexpr Kinds kText = kString;
constexpr Kinds kTimes = kTimestamp | kDuration;
using Style = Function::Style;

constexpr Function kFunctions[] = {
    {"size",
     Style::either,
     1,
     1,
     {kString | kList | kObject},
     kInt,
     each_row<size>,
     "size(x)",
     "Code points of a string, elements of a list, members of an object"},
    {"contains",
     Style::method,
     2,
     2,
     {kText, kText},
     kBoolean,
     each_row<contains>,
     "text.contains(part)",
     "Whether the part stands in the text"},
    {"startsWith",
     Style::method,
     2,
     2,
     {kText, kText},
     kBoolean,
     each_row<starts_with>,
     "text.startsWith(part)",
     "Whether the text begins with the part"},
    {"endsWith",
     Style::method,
     2,
     2,
     {kText, kText},
     kBoolean,
     each_row<ends_with>,
     "text.endsWith(part)",
     "Whether the text ends with the part"},
    {"matches",
     Style::either,
     2,
     2,
     {kText, kText},
     kBoolean,
     each_row<matches>,
     "text.matches(\"pattern\")",
     "Whether the regular expression (RE2) matches somewhere in the text"},
    {"lowerAscii",
     Style::method,
     1,
     1,
     {kText},
     kString,
     each_row<lower_ascii>,
     "text.lowerAscii()",
     "The text with A-Z made lower case"},
    {"upperAscii",
     Style::method,
     1,
     1,
     {kText},
     kString,
     each_row<upper_ascii>,
     "text.upperAscii()",
     "The text with a-z made upper case"},
    {"trim",
     Style::method,
     1,
     1,
     {kText},
     kString,
     each_row<trim>,
     "text.trim()",
     "The text without white space around it"},
    {"split",
     Style::method,
     2,
     3,
     {kText, kText, kInt},
     kList,
     each_row<split_list>,
     "text.split(separator, limit)",
     "The parts between separators; at most `limit`, if it is given"},
    {"replace",
     Style::method,
     3,
     4,
     {kText, kText, kText, kInt},
     kString,
     each_row<replace>,
     "text.replace(old, new, limit)",
     "The text with each `old` replaced; at most `limit`, if it is given"},
    {"substring",
     Style::method,
     2,
     3,
     {kText, kInt, kInt},
     kString,
     each_row<substring>,
     "text.substring(begin, end)",
     "Code points from `begin`, counted from 0, up to `end` or the last"},
    {"int",
     Style::plain,
     1,
     1,
     {kNumber | kString | kTimestamp},
     kInt,
     each_row<to_int>,
     "int(x)",
     "A number towards zero, a string of digits, or the seconds of a timestamp, as int"},
    {"double",
     Style::plain,
     1,
     1,
     {kNumber | kString},
     kFloat,
     each_row<to_double>,
     "double(x)",
     "A number, or a string of one, as float"},
    {"string",
     Style::plain,
     1,
     1,
     {kBoolean | kNumber | kString | kTimes},
     kString,
     each_row<to_string>,
     "string(x)",
     "A scalar as text"},
    {"bool",
     Style::plain,
     1,
     1,
     {kBoolean | kString},
     kBoolean,
     each_row<to_bool>,
     "bool(x)",
     "\"true\", \"t\" and \"1\", or \"false\", \"f\" and \"0\", as bool"},
    {"timestamp",
     Style::plain,
     1,
     1,
     {kTimestamp | kString | kInt},
     kTimestamp,
     each_row<to_timestamp>,
     "timestamp(x)",
     "An RFC 3339 string, or seconds since 1970, as timestamp"},
    {"duration",
     Style::plain,
     1,
     1,
     {kDuration | kString},
     kDuration,
     each_row<to_duration>,
     "duration(x)",
     "A string like \"1h30m\" or \"1.5s\" as duration"},
    {"getFullYear",
     Style::method,
     1,
     2,
     {kTimestamp, kText},
     kInt,
     each_row<date_part<&Calendar::year>>,
     "ts.getFullYear(zone)",
     "The year; here and below the zone is \"UTC\", if none is given"},
    {"getMonth",
     Style::method,
     1,
     2,
     {kTimestamp, kText},
     kInt,
     each_row<date_part<&Calendar::month>>,
     "ts.getMonth(zone)",
     "The month: January is 0"},
    {"getDate",
     Style::method,
     1,
     2,
     {kTimestamp, kText},
     kInt,
     each_row<get_date>,
     "ts.getDate(zone)",
     "The day of the month, from 1"},
    {"getDayOfMonth",
     Style::method,
     1,
     2,
     {kTimestamp, kText},
     kInt,
     each_row<date_part<&Calendar::day>>,
     "ts.getDayOfMonth(zone)",
     "The day of the month, from 0"},
    {"getDayOfWeek",
     Style::method,
     1,
     2,
     {kTimestamp, kText},
     kInt,
     each_row<date_part<&Calendar::day_of_week>>,
     "ts.getDayOfWeek(zone)",
     "The day of the week: Sunday is 0"},
    {"getDayOfYear",
     Style::method,
     1,
     2,
     {kTimestamp, kText},
     kInt,
     each_row<date_part<&Calendar::day_of_year>>,
     "ts.getDayOfYear(zone)",
     "The day of the year, from 0"},
    {"getHours",
     Style::method,
     1,
     2,
     {kTimes, kText},
     kInt,
     each_row<clock_part<&Calendar::hour, 3600 * kSecond>>,
     "ts.getHours(zone)",
     "The hour of a timestamp, or all hours of a duration"},
    {"getMinutes",
     Style::method,
     1,
     2,
     {kTimes, kText},
     kInt,
     each_row<clock_part<&Calendar::minute, 60 * kSecond>>,
     "ts.getMinutes(zone)",
     "The minute of a timestamp, or all minutes of a duration"},
    {"getSeconds",
     Style::method,
     1,
     2,
     {kTimes, kText},
     kInt,
     each_row<clock_part<&Calendar::second, kSecond>>,
     "ts.getSeconds(zone)",
     "The second of a timestamp, or all seconds of a duration"},
    {"getMilliseconds",
     Style::method,
     1,
     2,
     {kTimes, kText},
     kInt,
     each_row<get_milliseconds>,
     "ts.getMilliseconds(zone)",
     "The milliseconds of the second"},
    {"min",
     Style::plain,
     2,
     kMostOperands,
     {kNumber},
     0,
     each_row<extreme<Order::less>>,
     "min(a, b)",
     "The least of the numbers"},
    {"max",
     Style::plain,
     2,
     kMostOperands,
     {kNumber},
     0,
     each_row<extreme<Order::greater>>,
     "max(a, b)",
     "The greatest of the numbers"},
    {"abs", Style::plain, 1, 1, {kNumber}, 0, each_row<absolute>, "abs(x)", "The number without its sign"},
    {"round",
     Style::plain,
     1,
     1,
     {kNumber},
     0,
     each_row<rounded<half_away>>,
     "round(x)",
     "The nearest whole number, of two the one away from 0; a float stays one"},
    {"floor",
     Style::plain,
     1,
     1,
     {kNumber},
     0,
     each_row<rounded<down>>,
     "floor(x)",
     "The whole number below; a float stays one"},
    {"ceil",
     Style::plain,
     1,
     1,
     {kNumber},
     0,
     each_row<rounded<up>>,
     "ceil(x)",
     "The whole number above; a float stays one"},
};

}  // namespace

Kinds Function::wants_of(std::size_t operand) const {
  std::size_t last = 0;
  while (last < operand && last + 1 < wants.size() && wants[last + 1] != 0) ++last;
  return wants[last];
}

std::span<const Function> functions() { return kFunctions; }

const Function* find_function(std::string_view name) {
  const auto found = std::find_if(std::begin(kFunctions), std::end(kFunctions),
                                  [&](const Function& one) { return one.name == name; });
  return found == std::end(kFunctions) ? nullptr : found;
}

}  // namespace flux::expr
