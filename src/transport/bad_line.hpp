// Why a line is no event for the first agent, found out when somebody is told: most
// bad lines of a bad file are only counted.
//
// Thread safety: functions without state.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "plan/plan.hpp"
#include "rows/ticket.hpp"

namespace flux::runtime {

struct BadLine {
  std::string message;
  std::optional<std::size_t> column;  // where it is no JSON: byte in the line, from 1
};

// REQUIRES: the decoder failed the line.
BadLine explain(std::uint32_t line, const Ticket& ticket, const plan::Plan& plan, std::size_t max_line);

// Whether a line, given without its newline, has more bytes than it may. A '\r' at
// its end does not count.
bool is_too_long(std::string_view line, std::size_t max_line);

}  // namespace flux::runtime
