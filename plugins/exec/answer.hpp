// A line that a command answered with.
//
// Pure functions, safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

// Why the command refuses the event, if the line is an object whose only member is
// "error"; of a string its text, of any other value its JSON. What is not JSON is
// found by flux, not here.
std::optional<std::string> refusal_in(std::string_view line);
