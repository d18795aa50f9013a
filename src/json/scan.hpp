// Where one value ends in a line that is not known to be JSON, and whether it is one.
//
// Pure functions, safe from any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace flux::json {

// The offset behind the value that begins at `at`, as find_flaw() understands values; 0 if
// none does. What follows it is not looked at.
// REQUIRES: a newline behind `text`, and 64 readable bytes behind that.
std::size_t scan_value(std::string_view text, std::size_t at);

// The offset behind the closing quote of the string that goes on at `at`; 0 if there is none.
// Nothing is checked. REQUIRES: as above.
std::size_t find_string_end(std::string_view text, std::size_t at);

}  // namespace flux::json
