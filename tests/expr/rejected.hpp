// What people see of an expression that is refused.
#pragma once

#include <string>

#include "spec/message.hpp"
#include "work_out.hpp"

// The whole message, for an expression that stands alone.
inline std::string rejected(const std::string& text,
                            const flux::Type& given = flux::Type::bare(flux::Kind::json)) {
  return message_of([&] { parsed(text, given); });
}
