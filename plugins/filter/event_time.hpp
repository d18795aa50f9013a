// The times that events carry, and how long a span of time is, from text.
//
// Pure functions, safe from any thread.
#pragma once

#include <cstdint>
#include <flux/agent.hpp>
#include <optional>
#include <string_view>

namespace filter {

// A span of time as a parameter says it: "500ms", "1s", "5m", "1h30m", "7d". Throws
// std::invalid_argument if it is none, or not above 0.
std::int64_t microseconds_of_span(std::string_view text);

// The time of RFC 3339: 2024-02-29T12:00:00.5+01:00. In microseconds since 1970; digits
// beyond those are cut off. A leap second is the first one of the next minute.
std::optional<std::int64_t> read_timestamp(std::string_view text);

// A number of seconds since 1970, as JSON writes it. One of 10^11 or more, which would be
// seconds beyond the year 5000, is milliseconds; of 10^14 or more, microseconds; of 10^17
// or more, nanoseconds. In microseconds; digits beyond those are cut off.
std::optional<std::int64_t> read_epoch(std::string_view number);

}  // namespace filter
