// The JSON path, piece by piece: what a regression of W2 to W4 is made of.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "core/arena.hpp"
#include "json/chunk.hpp"
#include "json/documents.hpp"
#include "json/integer.hpp"
#include "json/number.hpp"
#include "json/patch.hpp"

namespace {

constexpr std::size_t kChunk = 32 << 10;  // what the runtime reads at once

const std::string& log_event() {
  static const std::string event =
      R"({"ts":"2026-01-03T04:05:06.789Z","level":"info","service":"cart","host":"ip-10-3-4-7.internal",)"
      R"("msg":"failed to open C:\\data\\shard4\\segment9.idx: permission denied","latency_ms":812.25,)"
      R"("status":200,"user":{"id":70211,"name":"Zoë \"Z\" Müller"},"trace_id":"9f86d081884c7d65",)"
      R"("bytes":4711,"tags":["prod","cart"]})";
  return event;
}

Chunk chunk_of(const std::string& line) {
  std::string lines;
  while (lines.size() + line.size() < kChunk) lines += line + '\n';
  return Chunk(lines);
}

void read(benchmark::State& state, const Chunk& chunk, const std::vector<flux::Path>& paths,
          flux::json::Check check) {
  flux::json::Reader reader{flux::json::Wanted(paths), check};
  flux::Arena arena;
  for (auto _ : state) {
    arena.reset(kChunk * 4);
    benchmark::DoNotOptimize(reader.read(chunk.text(), arena));
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * chunk.text().size()));
}

// Every byte is checked; `paths` are noted on the way.
void read_logs(benchmark::State& state, const std::vector<flux::Path>& paths) {
  read(state, chunk_of(log_event()), paths, flux::json::Check::everything);
}
BENCHMARK_CAPTURE(read_logs, strict_check_alone, {});
BENCHMARK_CAPTURE(read_logs, one_member, {{"level"}});
BENCHMARK_CAPTURE(read_logs, nested_member, {{"user", "id"}});
BENCHMARK_CAPTURE(read_logs, five_members, {{"ts"}, {"level"}, {"service"}, {"latency_ms"}, {"bytes"}});

// The same where only those members are.
void trust_logs(benchmark::State& state, const std::vector<flux::Path>& paths) {
  read(state, chunk_of(log_event()), paths, flux::json::Check::wanted);
}
BENCHMARK_CAPTURE(trust_logs, one_member, {{"level"}});
BENCHMARK_CAPTURE(trust_logs, missing_member, {{"nobody"}});
BENCHMARK_CAPTURE(trust_logs, string_with_escapes, {{"msg"}});
BENCHMARK_CAPTURE(trust_logs, nested_member, {{"user", "id"}});
BENCHMARK_CAPTURE(trust_logs, behind_a_nested_one, {{"bytes"}});
BENCHMARK_CAPTURE(trust_logs, five_members, {{"ts"}, {"level"}, {"service"}, {"latency_ms"}, {"bytes"}});
BENCHMARK_CAPTURE(trust_logs, nine_members,
                  {{"ts"},
                   {"level"},
                   {"service"},
                   {"host"},
                   {"latency_ms"},
                   {"status"},
                   {"bytes"},
                   {"tags"},
                   {"trace_id"}});

// One member set and another removed, as set(…) | drop(…) do.
void patch_an_event(benchmark::State& state) {
  const Chunk chunk = chunk_of(log_event());
  flux::Arena arena;
  const std::vector<flux::Path> paths = {{"latency_ms"}, {"msg"}};
  flux::json::Reader reader{flux::json::Wanted(paths)};
  const flux::json::Documents documents = reader.read(chunk.text(), arena);
  flux::json::Patch patch;
  std::string out(2 * log_event().size(), '\0');
  for (auto _ : state) {
    patch.start(chunk.text().data(), documents.begin[0], documents.end[0]);
    patch.set(documents.member(0, 0), "0.81225");
    patch.remove(documents.member(0, 1));
    if (!patch.settle()) state.SkipWithError("the patch is not known");
    benchmark::DoNotOptimize(patch.write(out.data()));
  }
}
BENCHMARK(patch_an_event);

void parse_an_int(benchmark::State& state) {
  std::int64_t value = 0;
  for (auto _ : state) benchmark::DoNotOptimize(flux::json::parse_int("-1099511627776", value));
}
BENCHMARK(parse_an_int);

void parse_a_float(benchmark::State& state) {
  double value = 0;
  for (auto _ : state) benchmark::DoNotOptimize(flux::json::parse_float("812.25", value));
}
BENCHMARK(parse_a_float);

void print_a_float(benchmark::State& state) {
  char out[flux::json::kFloatRoom];
  for (auto _ : state) benchmark::DoNotOptimize(flux::json::put_float(out, 0.81225));
}
BENCHMARK(print_a_float);

}  // namespace
