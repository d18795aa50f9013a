#include "expr/functions.hpp"

#include <algorithm>
#include <array>

#include "expr/row_functions.hpp"

namespace flux::expr {
namespace {

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

constexpr Kinds kText = kString;
constexpr Kinds kTime = kTimestamp;
constexpr Kinds kTimes = kTimestamp | kDuration;
constexpr Kinds kScalar = kBoolean | kNumber | kString | kTimes;
constexpr std::uint8_t kMany = kMostOperands;
constexpr auto kPlain = Function::Style::plain;
constexpr auto kMethod = Function::Style::method;
constexpr auto kEither = Function::Style::either;

// clang-format off
constexpr Function kFunctions[] = {
    // name, style, operands, their kinds, gives, what it does, usage, doc
    {"size", kEither, 1, 1, {kString | kList | kObject}, kInt, each_row<size>, "size(x)",
     "Code points of a string, elements of a list, members of an object"},
    {"contains", kMethod, 2, 2, {kText, kText}, kBoolean, each_row<contains>, "text.contains(part)",
     "Whether the part stands in the text"},
    {"startsWith", kMethod, 2, 2, {kText, kText}, kBoolean, each_row<starts_with>, "text.startsWith(part)",
     "Whether the text begins with the part"},
    {"endsWith", kMethod, 2, 2, {kText, kText}, kBoolean, each_row<ends_with>, "text.endsWith(part)",
     "Whether the text ends with the part"},
    {"matches", kEither, 2, 2, {kText, kText}, kBoolean, each_row<matches>, "text.matches(\"pattern\")",
     "Whether the regular expression (RE2) matches somewhere in the text"},
    {"lowerAscii", kMethod, 1, 1, {kText}, kString, each_row<lower_ascii>, "text.lowerAscii()",
     "The text with A-Z made lower case"},
    {"upperAscii", kMethod, 1, 1, {kText}, kString, each_row<upper_ascii>, "text.upperAscii()",
     "The text with a-z made upper case"},
    {"trim", kMethod, 1, 1, {kText}, kString, each_row<trim>, "text.trim()",
     "The text without white space around it"},
    {"split", kMethod, 2, 3, {kText, kText, kInt}, kList, each_row<split_list>, "text.split(separator, limit)",
     "The parts between separators; at most `limit`, if it is given"},
    {"replace", kMethod, 3, 4, {kText, kText, kText, kInt}, kString, each_row<replace>,
     "text.replace(old, new, limit)", "The text with each `old` replaced; at most `limit`, if it is given"},
    {"substring", kMethod, 2, 3, {kText, kInt, kInt}, kString, each_row<substring>,
     "text.substring(begin, end)", "Code points from `begin`, counted from 0, up to `end` or the last"},

    {"int", kPlain, 1, 1, {kNumber | kString | kTimestamp}, kInt, each_row<to_int>, "int(x)",
     "A number towards zero, a string of digits, or the seconds of a timestamp, as int"},
    {"double", kPlain, 1, 1, {kNumber | kString}, kFloat, each_row<to_double>, "double(x)",
     "A number, or a string of one, as float"},
    {"string", kPlain, 1, 1, {kScalar}, kString, each_row<to_string>, "string(x)", "A scalar as text"},
    {"bool", kPlain, 1, 1, {kBoolean | kString}, kBoolean, each_row<to_bool>, "bool(x)",
     "\"true\", \"t\" and \"1\", or \"false\", \"f\" and \"0\", as bool"},
    {"timestamp", kPlain, 1, 1, {kTimestamp | kString | kInt}, kTimestamp, each_row<to_timestamp>,
     "timestamp(x)", "An RFC 3339 string, or seconds since 1970, as timestamp"},
    {"duration", kPlain, 1, 1, {kDuration | kString}, kDuration, each_row<to_duration>, "duration(x)",
     "A string like \"1h30m\" or \"1.5s\" as duration"},

    {"getFullYear", kMethod, 1, 2, {kTime, kText}, kInt, each_row<get_full_year>, "ts.getFullYear(zone)",
     "The year; the zone, here and below, is \"UTC\" or an offset like \"+02:00\", or left out"},
    {"getMonth", kMethod, 1, 2, {kTime, kText}, kInt, each_row<get_month>, "ts.getMonth(zone)",
     "The month: January is 0"},
    {"getDate", kMethod, 1, 2, {kTime, kText}, kInt, each_row<get_date>, "ts.getDate(zone)",
     "The day of the month, from 1"},
    {"getDayOfMonth", kMethod, 1, 2, {kTime, kText}, kInt, each_row<get_day_of_month>,
     "ts.getDayOfMonth(zone)", "The day of the month, from 0"},
    {"getDayOfWeek", kMethod, 1, 2, {kTime, kText}, kInt, each_row<get_day_of_week>, "ts.getDayOfWeek(zone)",
     "The day of the week: Sunday is 0"},
    {"getDayOfYear", kMethod, 1, 2, {kTime, kText}, kInt, each_row<get_day_of_year>, "ts.getDayOfYear(zone)",
     "The day of the year, from 0"},
    {"getHours", kMethod, 1, 2, {kTimes, kText}, kInt, each_row<get_hours>, "ts.getHours(zone)",
     "The hour of a timestamp, or all hours of a duration"},
    {"getMinutes", kMethod, 1, 2, {kTimes, kText}, kInt, each_row<get_minutes>, "ts.getMinutes(zone)",
     "The minute of a timestamp, or all minutes of a duration"},
    {"getSeconds", kMethod, 1, 2, {kTimes, kText}, kInt, each_row<get_seconds>, "ts.getSeconds(zone)",
     "The second of a timestamp, or all seconds of a duration"},
    {"getMilliseconds", kMethod, 1, 2, {kTimes, kText}, kInt, each_row<get_milliseconds>,
     "ts.getMilliseconds(zone)", "The milliseconds of the second"},

    {"min", kPlain, 2, kMany, {kNumber}, 0, each_row<least>, "min(a, b)", "The least of the numbers"},
    {"max", kPlain, 2, kMany, {kNumber}, 0, each_row<greatest>, "max(a, b)", "The greatest of the numbers"},
    {"abs", kPlain, 1, 1, {kNumber}, 0, each_row<absolute>, "abs(x)", "The number without its sign"},
    {"round", kPlain, 1, 1, {kNumber}, 0, each_row<rounded>, "round(x)",
     "The nearest whole number, of two the one away from 0; a float stays one"},
    {"floor", kPlain, 1, 1, {kNumber}, 0, each_row<rounded_down>, "floor(x)",
     "The whole number below; a float stays one"},
    {"ceil", kPlain, 1, 1, {kNumber}, 0, each_row<rounded_up>, "ceil(x)",
     "The whole number above; a float stays one"},
};
// clang-format on

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
