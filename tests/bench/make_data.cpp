// Makes the data of the benchmark: make_data KIND COUNT [BYTES] > FILE. Seeded: the
// same lines on every machine.
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string_view>

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

// Objects of 120 members; what is wanted stands last.
void make_wide(std::uint64_t count) {
  std::mt19937_64 random(5);
  for (std::uint64_t i = 0; i < count; ++i) {
    std::fputs("{", stdout);
    for (int member = 0; member < 119; ++member)
      std::printf("\"member_%d\":%u,", member, static_cast<unsigned>(random() % 100000));
    std::printf("\"level\":\"%s\"}\n", random() % 20 == 0 ? "error" : "info");
  }
}

// Long strings in which every second character is escaped.
void make_escapes(std::uint64_t count) {
  std::mt19937_64 random(7);
  for (std::uint64_t i = 0; i < count; ++i) {
    std::fputs("{\"text\":\"", stdout);
    for (int pair = 0; pair < 100; ++pair) std::fputs(random() % 2 == 0 ? "a\\n" : "\\u00e9\\\"", stdout);
    std::printf("\",\"level\":\"%s\"}\n", random() % 20 == 0 ? "error" : "info");
  }
}

// Events of so many bytes, most of them one string.
void make_sized(std::uint64_t count, std::uint64_t bytes) {
  const std::uint64_t around = std::strlen("{\"n\":1000,\"s\":\"\"}\n");
  const std::uint64_t text = bytes > around ? bytes - around : 0;
  std::mt19937_64 random(11);
  for (std::uint64_t i = 0; i < count; ++i) {
    std::printf("{\"n\":%u,\"s\":\"", static_cast<unsigned>(1000 + random() % 9000));
    for (std::uint64_t at = 0; at < text; ++at) std::putchar(static_cast<int>('a' + (at * 7 + i) % 26));
    std::puts("\"}");
  }
}

// A key of 100,000 values, a number to sum.
void make_groups(std::uint64_t count) {
  std::mt19937_64 random(13);
  for (std::uint64_t i = 0; i < count; ++i)
    std::printf("{\"amount\":%u,\"account\":\"acc-%05u\"}\n", static_cast<unsigned>(random() % 1000),
                static_cast<unsigned>(random() % 100000));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("usage: make_data ints|logs|wide|escapes|groups|sized COUNT [BYTES] > FILE\n", stderr);
    return 2;
  }
  const std::string_view kind = argv[1];
  const std::uint64_t count = std::strtoull(argv[2], nullptr, 10);
  if (kind == "ints") make_ints(count);
  if (kind == "logs") make_logs(count);
  if (kind == "wide") make_wide(count);
  if (kind == "escapes") make_escapes(count);
  if (kind == "groups") make_groups(count);
  if (kind == "sized") make_sized(count, argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 100);
  return 0;
}
