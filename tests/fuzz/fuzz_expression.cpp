// Fuzzes expressions: the first line is one, what follows is an event. Whatever it
// says, it is refused by an Error that points into it, or worked out on the event and
// on a batch of it, twice the same.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "expr/expression.hpp"
#include "json/check.hpp"
#include "json/documents.hpp"

namespace {

using flux::expr::Cell;
using flux::expr::Expression;

// The columns of `rows` times the same event. REQUIRES: valid JSON.
std::vector<std::vector<Cell>> inputs_of(const Expression& expression, const std::string& event,
                                         std::size_t rows, flux::Arena& arena) {
  std::vector<std::vector<Cell>> columns;
  for (const flux::Path& path : expression.reads()) {
    std::string_view text = event;
    if (!path.empty()) {
      const std::string line = event + "\n" + std::string(64, ' ');
      flux::json::Reader reader{flux::json::Wanted(std::span(&path, 1))};
      const auto documents = reader.read(std::string_view(line).substr(0, event.size() + 1), arena);
      const flux::json::Member& member = documents.member(0, 0);
      text =
          member.end == 0 ? "null" : std::string_view(event).substr(member.value, member.end - member.value);
    }
    columns.emplace_back(rows, flux::expr::cell_of_json(text, arena));
  }
  return columns;
}

std::string shown(const Expression& expression, const Cell& cell, flux::Arena& arena) {
  if (cell.tag == flux::expr::Tag::fault) return expression.explain(cell).message;
  const std::string_view json = flux::expr::json_of(cell, arena);
  if (!flux::json::is_value(json)) std::abort();
  return std::string(json);
}

void work_out(const Expression& expression, const std::string& event) {
  constexpr std::size_t kRows = 3;
  flux::Arena arena;
  const auto columns = inputs_of(expression, event, kRows, arena);
  const std::vector<std::span<const Cell>> batch(columns.begin(), columns.end());
  const std::span<const Cell> results = expression.evaluate(batch, kRows, arena);
  std::vector<std::span<const Cell>> single;
  for (const auto& column : columns) single.emplace_back(column.data(), 1);
  const Cell one = expression.evaluate(single, 1, arena)[0];
  for (const Cell& cell : results)
    if (shown(expression, cell, arena) != shown(expression, one, arena)) std::abort();
}

// Without white space around it.
std::string trimmed(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const std::size_t line = std::min(input.find('\n'), size);
  const std::string text(input.substr(0, line));
  const std::string event = trimmed(input.substr(line));
  try {
    const auto expression = Expression::parse(text, flux::Type::bare(flux::Kind::json), {text, {0, line}});
    const bool is_one_line = event.find('\n') == event.npos;
    if (is_one_line && flux::json::is_value(event)) work_out(expression, event);
  } catch (const flux::Error& error) {
    if (!error.at || error.at->span.begin > error.at->span.end || error.at->span.end > line) std::abort();
    flux::describe(error);
  }
  return 0;
}
