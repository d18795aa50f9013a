// `${NAME}` and `${NAME:-default}` in the strings of a config file. It is strings
// that are filled in, after the file has been read as JSON: whatever a variable
// holds, quotes and braces included, it cannot change the file's structure.
//
// Thread safety: that of the Environment given.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace flux::spec {

// The value of a variable, or nothing if it is not set.
using Environment = std::function<std::optional<std::string>(const std::string&)>;

// As in a shell: the default also stands in for an empty variable; without one, a
// variable may be empty but must be set. `$${` stands for `${`. Throws Error, without
// a place.
std::string fill_in(std::string_view text, const Environment& environment);

}  // namespace flux::spec
