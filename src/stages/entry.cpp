#include "stages/entry.hpp"

#include <fmt/format.h>

#include "json/check.hpp"
#include "json/edit.hpp"
#include "rows/encoder.hpp"
#include "stages/input.hpp"

namespace flux::runtime {

namespace {

// Text to columns of a type, by way of an input that wants just that.
std::optional<Batch> as_columns(const Batch& rows, const std::string& event, const Type& type, Arena& arena,
                                std::string& why) {
  static const plugin::Agent nobody;
  plan::Plan plan;
  plan.reads.emplace_back();
  plan::Stage stage;
  stage.agent = &nobody;
  stage.given = Type::bare(Kind::json);
  stage.input = type;
  for (const Field& field : type.fields) {
    stage.slots.push_back(plan.reads[0].size());
    if (!field.path.empty()) plan.reads[0].push_back(field.path);
  }
  json::Reader reader(json::Wanted(plan.reads[0]));
  Batch text = documents_of(rows, event, reader, arena);
  std::vector<Misfit> misfits;
  const auto bound = Input(plan, stage).bind(text, arena, misfits);
  if (!misfits.empty()) {
    why = misfits.front().message;
    return {};
  }
  auto columns = arena.array<Column>(bound.size());
  for (std::size_t c = 0; c < bound.size(); ++c)
    columns[c] = {type.fields[c].kind, const_cast<void*>(bound[c].data),
                  const_cast<std::uint8_t*>(bound[c].present)};
  Batch batch = rows;
  batch.columns = columns;
  return batch;
}

}  // namespace

std::optional<Batch> enter(const plan::Plan& plan, std::size_t flux, const std::string& event, Ticket& ticket,
                           std::string& why) {
  if (const auto flaw = json::find_flaw(event)) {
    why = "not JSON: " + flaw->reason;
    return {};
  }
  const std::string line = std::string(json::compact(event, ticket.arena)) + "\n";
  char* begin = ticket.in.block.prepare(0, line.size());
  line.copy(begin, line.size());
  ticket.in.cut.text = {begin, line.size()};
  ticket.lines.append(Line{0, static_cast<std::uint32_t>(line.size() - 1), 0});
  Batch rows;
  rows.rows = 1;
  auto index = ticket.arena.array<std::uint32_t>(1);
  index[0] = 0;
  rows.line = index;
  const plan::Flux& entered = plan.fluxes[flux];
  if (entered.form == plan::Form::columns) return as_columns(rows, line, entered.given, ticket.arena, why);
  json::Reader reader(json::Wanted(plan.reads[entered.read_in]));
  const Batch text = documents_of(rows, line, reader, ticket.arena);
  if (entered.given.is_bare(Kind::json)) return text;
  if (!as_columns(rows, line, entered.given, ticket.arena, why)) return {};  // for its check alone
  return text;
}

}  // namespace flux::runtime
