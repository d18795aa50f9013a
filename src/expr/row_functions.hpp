// What each function does to the operands of one row. They are of the kinds that it
// wants, as the table in functions.cpp has it, and as many as it wants.
//
// Pure functions; the arena of the context belongs to its caller.
#pragma once

#include <span>

#include "expr/arithmetic.hpp"
#include "expr/cell.hpp"

namespace flux::expr {

using Operands = std::span<const Cell>;

// Strings, lists, objects: functions_on_text.cpp.
Cell size(const Context& at, Operands of);
Cell contains(const Context& at, Operands of);
Cell starts_with(const Context& at, Operands of);
Cell ends_with(const Context& at, Operands of);
Cell matches(const Context& at, Operands of);
Cell lower_ascii(const Context& at, Operands of);
Cell upper_ascii(const Context& at, Operands of);
Cell trim(const Context& at, Operands of);
Cell replace(const Context& at, Operands of);
Cell split_list(const Context& at, Operands of);
Cell substring(const Context& at, Operands of);

// One kind to another: conversions.cpp.
Cell to_int(const Context& at, Operands of);
Cell to_double(const Context& at, Operands of);
Cell to_string(const Context& at, Operands of);
Cell to_bool(const Context& at, Operands of);
Cell to_timestamp(const Context& at, Operands of);
Cell to_duration(const Context& at, Operands of);

// Parts of a timestamp in a time zone, or of a duration: functions_on_times.cpp.
Cell get_full_year(const Context& at, Operands of);
Cell get_month(const Context& at, Operands of);
Cell get_date(const Context& at, Operands of);
Cell get_day_of_month(const Context& at, Operands of);
Cell get_day_of_week(const Context& at, Operands of);
Cell get_day_of_year(const Context& at, Operands of);
Cell get_hours(const Context& at, Operands of);
Cell get_minutes(const Context& at, Operands of);
Cell get_seconds(const Context& at, Operands of);
Cell get_milliseconds(const Context& at, Operands of);

// Numbers: functions_on_numbers.cpp.
Cell least(const Context& at, Operands of);
Cell greatest(const Context& at, Operands of);
Cell absolute(const Context& at, Operands of);
Cell rounded(const Context& at, Operands of);
Cell rounded_down(const Context& at, Operands of);
Cell rounded_up(const Context& at, Operands of);

}  // namespace flux::expr
