// What the runtime adds around the agents: decoding, encoding, handing over, and the
// way across the plugin boundary.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "plugin/instance.hpp"
#include "plugin/registry.hpp"
#include "rows/encoder.hpp"
#include "rows/hand_made_ticket.hpp"
#include "transport/decoder.hpp"
#include "transport/turnstile.hpp"

namespace {

using flux::Column;
using flux::Kind;
using flux::Type;
using flux::runtime::Batch;

constexpr std::size_t kBlock = 256 << 10;

std::string block_of(const std::string& line) {
  std::string lines;
  while (lines.size() + line.size() < kBlock) lines += line + '\n';
  return lines;
}

// A block of lines to batches, as the first agent wants them.
void decode(benchmark::State& state, flux::plan::Wire wire, const std::string& line) {
  const hand_made::OneFlux one(wire);
  flux::runtime::Decoder decoder(one.plan, std::size_t{16} << 20, {});
  const std::string lines = block_of(line);
  flux::runtime::Ticket ticket;
  Batch batch;
  for (auto _ : state) {
    hand_made::fill(ticket, lines);
    while (decoder.next(ticket, batch)) benchmark::DoNotOptimize(batch.rows);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * lines.size()));
}
BENCHMARK_CAPTURE(decode, ints, flux::plan::Wire::ints, "-1099511627776");
BENCHMARK_CAPTURE(decode, text, flux::plan::Wire::text, R"({"level":"info","latency_ms":812.25})");
BENCHMARK_CAPTURE(decode, raw_lines, flux::plan::Wire::raw, "10.0.0.7 - - [03/Jan/2026] GET /");

// 1000 results to lines.
template <class T>
void encode(benchmark::State& state, Kind kind, T value) {
  std::vector<T> values(1000, value);
  const Column column{kind, values.data(), nullptr};
  Batch batch;
  batch.rows = static_cast<std::uint32_t>(values.size());
  batch.columns = {&column, 1};
  flux::runtime::Encoder encoder(Type::bare(kind), false);
  flux::Bytes out;
  for (auto _ : state) {
    out.clear(kBlock);
    encoder.put_lines(batch, out);
    benchmark::DoNotOptimize(out.view().data());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * values.size()));
}
BENCHMARK_CAPTURE(encode, ints, Kind::int64, std::int64_t{-1099511627776});
BENCHMARK_CAPTURE(encode, floats, Kind::float64, 0.81225);
BENCHMARK_CAPTURE(encode, bools, Kind::boolean, std::uint8_t{1});
BENCHMARK_CAPTURE(encode, strings, Kind::string, flux_str{"Zoe \"Z\" Muller", 14});

void pass_a_turnstile(benchmark::State& state) {
  flux::runtime::Turnstile<std::unique_ptr<int>> turnstile(6);
  std::uint64_t ticket = 0;
  auto item = std::make_unique<int>(1);
  for (auto _ : state)
    turnstile.arrive(ticket++, std::move(item),
                     [&](std::unique_ptr<int> through) { item = std::move(through); });
}
BENCHMARK(pass_a_turnstile);

// `double` of the std plugin, called over batches of so many rows: what is left per row
// at 1024 is the work, the rest at 1 is the crossing.
void cross_the_boundary(benchmark::State& state) {
  flux::plugin::Registry registry;
  registry.load(STD_PLUGIN);
  const flux::plugin::Lookup found = registry.find("double");
  const auto& agent = *std::get<const flux::plugin::Agent*>(found);
  flux::plugin::Instance instance(
      agent,
      std::make_shared<const flux::plugin::Values>(agent, std::vector<std::optional<flux::plugin::Given>>()),
      {"0", [](flux_level, std::string_view) {}});
  const auto rows = static_cast<std::size_t>(state.range(0));
  std::vector<std::int64_t> from(rows, 21);
  std::vector<std::int64_t> to(rows);
  const flux_column in_column{from.data(), nullptr};
  flux_out_column out_column{to.data(), nullptr};
  const flux_batch in{sizeof(flux_batch), 1, &in_column, rows, 0};
  for (auto _ : state) {
    flux_out out{};
    out.struct_size = sizeof out;
    out.column_count = 1;
    out.columns = &out_column;
    out.capacity = out.consumed = rows;
    if (instance.process(in, out).status != FLUX_OK) state.SkipWithError("double failed");
    benchmark::DoNotOptimize(to.data());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * rows));
}
BENCHMARK(cross_the_boundary)->Arg(1)->Arg(32)->Arg(1024);

}  // namespace
