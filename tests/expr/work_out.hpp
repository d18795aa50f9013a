// Expressions worked out on events given as JSON text, without the rest of flux: the
// members that an expression reads are found by nlohmann.
#pragma once

#include <deque>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/arena.hpp"
#include "core/error.hpp"
#include "core/type.hpp"
#include "expr/expression.hpp"

inline flux::expr::Expression parsed(const std::string& text,
                                     const flux::Type& given = flux::Type::bare(flux::Kind::json)) {
  return flux::expr::Expression::parse(text, given, {text, {0, text.size()}});
}

// The JSON text of a member, or "null". Its digits are as they stand in the event only
// if it is the event itself, or they are what nlohmann would write.
inline std::string member_text(const std::string& event, const flux::Path& path) {
  if (path.empty()) return event;
  nlohmann::json value = nlohmann::json::parse(event);
  for (const std::string& name : path) {
    if (!value.is_object() || !value.contains(name)) return "null";
    nlohmann::json inner = value[name];
    value = std::move(inner);
  }
  return value.dump();
}

// What the expression makes of each event, as one batch: JSON text, or "! " and why it
// failed; "! overflow: " where it is one.
inline std::vector<std::string> work_out(const flux::expr::Expression& expression,
                                         const std::vector<std::string>& events) {
  using flux::expr::Cell;
  flux::Arena arena;
  std::deque<std::string> texts;
  std::vector<std::vector<Cell>> columns;
  for (const flux::Path& path : expression.reads()) {
    std::vector<Cell>& column = columns.emplace_back();
    for (const std::string& event : events)
      column.push_back(flux::expr::cell_of_json(texts.emplace_back(member_text(event, path)), arena));
  }
  const std::vector<std::span<const Cell>> inputs(columns.begin(), columns.end());
  std::vector<std::string> results;
  for (const Cell& cell : expression.evaluate(inputs, static_cast<std::uint32_t>(events.size()), arena)) {
    if (cell.tag == flux::expr::Tag::fault) {
      const flux::expr::Failing failing = expression.explain(cell);
      results.push_back((failing.is_overflow ? "! overflow: " : "! ") + failing.message);
    } else {
      results.emplace_back(flux::expr::json_of(cell, arena));
    }
  }
  return results;
}

inline std::string work_out(const std::string& expression, const std::string& event = "{}") {
  return work_out(parsed(expression), std::vector{event})[0];
}
