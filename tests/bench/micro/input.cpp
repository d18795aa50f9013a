// From text to the columns that an agent wants, kind by kind: one column of a chunk of
// lines, as bare values and as members of objects.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "rows/hand_made_ticket.hpp"
#include "stages/input.hpp"
#include "transport/decoder.hpp"

namespace {

constexpr std::size_t kLines = 1000;

void column(benchmark::State& state, const flux::Type& wanted, const std::string& line) {
  hand_made::OneFlux one(flux::plan::Wire::text);
  flux::plan::Stage& stage = one.plan.fluxes[0].stages[0];
  stage.input = wanted;
  for (const flux::Field& field : wanted.fields) {
    if (field.path.empty()) continue;
    stage.slots.push_back(one.plan.reads[0].size());
    one.plan.reads[0].push_back(field.path);
  }
  if (stage.slots.empty()) stage.slots.push_back(0);
  flux::runtime::Decoder decoder(one.plan, std::size_t{16} << 20, {});
  const flux::runtime::Input input(one.plan, stage);

  std::string lines;
  for (std::size_t i = 0; i < kLines; ++i) lines += line + '\n';
  flux::runtime::Ticket ticket;
  hand_made::fill(ticket, lines);
  flux::runtime::Batch batch;
  if (!decoder.next(ticket, batch)) state.SkipWithError("no batch");

  flux::Arena arena;
  std::vector<flux::runtime::Misfit> misfits;
  for (auto _ : state) {
    arena.reset(std::size_t{1} << 20);
    benchmark::DoNotOptimize(input.bind(batch, arena, misfits));
  }
  if (!misfits.empty()) state.SkipWithError("values that do not fit");
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * batch.rows));
}

using flux::Kind;
using flux::Type;
using hand_made::record;

BENCHMARK_CAPTURE(column, int64, Type::bare(Kind::int64), "-1099511627776");
BENCHMARK_CAPTURE(column, float64, Type::bare(Kind::float64), "812.25");
BENCHMARK_CAPTURE(column, bool, Type::bare(Kind::boolean), "true");
BENCHMARK_CAPTURE(column, string, Type::bare(Kind::string), R"("request completed in 81 ms")");
BENCHMARK_CAPTURE(column, escaped_string, Type::bare(Kind::string), R"("caf\u00e9 \"Zoe\"\n")");
BENCHMARK_CAPTURE(column, json, Type::bare(Kind::json), R"({"a":[1,2,{"b":null}]})");
BENCHMARK_CAPTURE(column, int_member, record({{{"status"}, Kind::int64}}),
                  R"({"level":"info","status":200})");
BENCHMARK_CAPTURE(column, two_members, record({{{"level"}, Kind::string}, {{"ms"}, Kind::float64}}),
                  R"({"level":"info","ms":812.25})");
BENCHMARK_CAPTURE(column, nested_member, record({{{"user", "id"}, Kind::int64}}),
                  R"({"level":"info","user":{"id":70211}})");

}  // namespace
