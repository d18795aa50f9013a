#include "transport/bad_line.hpp"

#include <fmt/format.h>

#include "json/check.hpp"
#include "json/number.hpp"
#include "rows/misfit.hpp"

namespace flux::runtime {

bool is_too_long(std::string_view line, std::size_t max_line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line.size() > max_line;
}

BadLine explain(std::uint32_t line, const Ticket& ticket, const plan::Plan& plan, std::size_t max_line) {
  const Line& place = ticket.lines[line];
  const std::string_view text = ticket.text_of(place);
  if (ticket.in.cut.is_oversized || is_too_long(ticket.physical_line(place), max_line))
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
