#include "runtime/bad_line.hpp"

#include <fmt/format.h>

#include "json/check.hpp"
#include "json/number.hpp"
#include "runtime/input.hpp"

namespace flux::runtime {

bool is_too_long(const Line& line, const Ticket& ticket, std::size_t max_line) {
  return ticket.cut.is_oversized || ticket.physical_line(line).size() > max_line;
}

BadLine explain(std::uint32_t line, const Ticket& ticket, const plan::Plan& plan, std::size_t max_line) {
  const Line& place = ticket.lines[line];
  const std::string_view text = ticket.text_of(place);
  if (is_too_long(place, ticket, max_line))
    return {fmt::format("the line is longer than {} bytes (--max-line sets how long one may be)", max_line),
            {}};
  if (plan.wire == plan::Wire::raw) return {"the line is not valid UTF-8", {}};
  if (const auto flaw = json::find_flaw(text)) {
    const auto white_space = static_cast<std::size_t>(text.data() - ticket.physical_line(place).data());
    return {"not JSON: " + flaw->reason, white_space + flaw->offset + 1};
  }
  std::int64_t number = 0;
  const bool is_too_large = json::parse_int(text, number) == json::IntResult::overflow;
  return {fmt::format("wants int, found {}{}", shown(text), is_too_large ? ", which is beyond 64 bits" : ""),
          {}};
}

}  // namespace flux::runtime
