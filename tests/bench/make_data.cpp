// Makes the data of the benchmark: make_data ints|logs COUNT > FILE. Seeded: the
// same lines on every machine.
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>

namespace {

// Integers over +-2^40: up to 14 bytes a line.
void make_ints(std::uint64_t count) {
  std::mt19937_64 random(1);
  for (std::uint64_t i = 0; i < count; ++i)
    std::printf("%" PRId64 "\n", static_cast<std::int64_t>(random() >> 23) - (std::int64_t{1} << 40));
}

// Log events of about 350 bytes: nested members, arrays, escapes, raw UTF-8.
void make_logs(std::uint64_t count) {
  static const char* const levels[] = {"info", "info", "info", "info", "debug", "debug", "warn", "error"};
  static const char* const services[] = {"auth",    "billing", "cart",   "checkout",
                                         "gateway", "orders",  "search", "users"};
  static const char* const names[] = {"Alice Martin", "Zoë Müller", "李雷", "Liam \\\"Lee\\\" Brown",
                                      "Frank O\\u2019Neil"};
  static const char* const messages[] = {
      "request completed in %u ms for /api/v2/orders/%u",
      "failed to open C:\\\\data\\\\shard%u\\\\segment%u.idx: permission denied",
      "upstream connect error or disconnect/reset before headers. retried %u times, transport failure code "
      "%u",
      "retrying job %u (attempt %u)\\n  at worker.run (worker.js:88:13)\\n  at processTicks "
      "(node:internal/process:96:5)",
      "SELECT id, name FROM accounts WHERE id = %u AND tenant = %u LIMIT 50 took longer than the configured "
      "threshold"};
  std::mt19937_64 random(3);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t bits = random();
    const auto pick = [&](unsigned shift, unsigned from) {
      return static_cast<unsigned>((bits >> shift) % from);
    };
    char message[256];
    std::snprintf(message, sizeof message, messages[pick(3, 5)], pick(8, 251), pick(17, 65521));
    std::printf(
        "{\"ts\":\"2026-01-%02uT%02u:%02u:%02u.%03uZ\",\"level\":\"%s\",\"service\":\"%s\","
        "\"host\":\"ip-10-%u-%u-7.eu-west-1.compute.internal\",\"msg\":\"%s\",\"latency_ms\":%u.%02u,"
        "\"status\":%u,"
        "\"user\":{\"id\":%u,\"name\":\"%s\"},\"trace_id\":\"%016" PRIx64
        "\",\"bytes\":%u,\"tags\":[\"prod\",\"%s\"]}\n",
        1 + pick(1, 28), pick(5, 24), pick(9, 60), pick(13, 60), pick(21, 1000), levels[pick(30, 8)],
        services[pick(34, 8)], pick(38, 250), pick(42, 250), message, pick(11, 4000), pick(23, 100),
        200 + pick(27, 4), pick(29, 1000003), names[pick(33, 5)], random(), pick(36, 65536),
        services[pick(40, 8)]);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: make_data ints|logs COUNT > FILE\n", stderr);
    return 2;
  }
  const std::uint64_t count = std::strtoull(argv[2], nullptr, 10);
  if (std::strcmp(argv[1], "ints") == 0) make_ints(count);
  if (std::strcmp(argv[1], "logs") == 0) make_logs(count);
  return 0;
}
