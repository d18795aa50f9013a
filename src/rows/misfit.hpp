// A row of a batch that an agent cannot be handed, and why.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "rows/ticket.hpp"

namespace flux::runtime {

struct Misfit {
  std::uint32_t row;
  std::string message;  // "wants int, found \"x\""
  FailureKind kind = FailureKind::type;
};

// The value as messages show it: "\"x\"", "1.5", "null", "an object".
std::string shown(std::string_view raw);

}  // namespace flux::runtime
