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

unsigned below(std::mt19937_64& random, unsigned end) { return static_cast<unsigned>(random() % end); }

const char* level(std::mt19937_64& random) { return below(random, 20) == 0 ? "error" : "info"; }

// Numbers drawn in a braced list are drawn in this order by every compiler; arguments of a call are not.

// The same members in two orders: "level" in front of nested objects, or behind them.
void make_ordered(std::uint64_t count, bool is_first) {
  std::mt19937_64 random(17);
  for (std::uint64_t i = 0; i < count; ++i) {
    const char* const wanted = level(random);
    const unsigned x[] = {200 + below(random, 400), below(random, 100), below(random, 65536),
                          below(random, 64),        below(random, 64),  below(random, 1000000007),
                          below(random, 100000)};
    std::printf(is_first ? "{\"level\":\"%s\"," : "{", wanted);
    std::printf(
        "\"context\":{\"request\":{\"method\":\"GET\",\"level\":\"none\",\"status\":%u,"
        "\"headers\":{\"accept\":[\"text/html\",\"*/*\"],\"host\":\"shop-%u.example.org\"}},"
        "\"process\":{\"pid\":%u,\"threads\":[{\"id\":%u},{\"id\":%u}]}},\"at\":%u,"
        "\"message\":\"GET /basket/%u took longer than it should\"",
        x[0], x[1], x[2], x[3], x[4], x[5], x[6]);
    std::printf(is_first ? "}\n" : ",\"level\":\"%s\"}\n", wanted);
  }
}

void make_short(std::uint64_t count) {
  std::mt19937_64 random(19);
  for (std::uint64_t i = 0; i < count; ++i) {
    const unsigned x[] = {below(random, 100000), below(random, 2)};
    std::printf("{\"id\":%u,\"level\":\"%s\",\"ok\":%s}\n", x[0], level(random),
                x[1] == 0 ? "true" : "false");
  }
}

// White space wherever it may stand inside a line.
void make_spaced(std::uint64_t count) {
  std::mt19937_64 random(23);
  for (std::uint64_t i = 0; i < count; ++i) {
    const unsigned x[] = {below(random, 100000), below(random, 1000), below(random, 100), below(random, 100),
                          below(random, 100)};
    std::printf(
        "{ \"id\" : %u, \"user\" : { \"name\" : \"user %u\",\t\"roles\" : [ \"reader\", \"writer\" ] },  "
        "\"level\" :  \"%s\", \"took\" : [ %u , %u , %u ], \"nothing\" : { }, \"none\" : [ ], "
        "\"text\" : \"a few  words\" }\n",
        x[0], x[1], level(random), x[2], x[3], x[4]);
  }
}

// Strings of 1 to 10 KB with all kinds of escapes, a few words apart.
void make_text(std::uint64_t count) {
  static const char* const pieces[] = {"\\n    at Object.run (",
                                       "C:\\\\logs\\\\today\\\\",
                                       "\\\"quoted\\\" ",
                                       "\\u00e9t\\u00e9 ",
                                       "\\ud83d\\ude80",
                                       "https:\\/\\/example.org\\/ ",
                                       "\\tindented a little further, and then some words ",
                                       "{\\\"a\\\": [1, 2]} "};
  std::mt19937_64 random(29);
  for (std::uint64_t i = 0; i < count; ++i) {
    std::fputs("{\"text\":\"", stdout);
    for (std::uint64_t left = 1000 + random() % 9000; left > 50;) {
      const char* const piece = pieces[random() % 8];
      std::fputs(piece, stdout);
      left -= std::strlen(piece);
    }
    std::printf("\",\"level\":\"%s\"}\n", level(random));
  }
}

// Integers that no double holds, floats of 17 digits, exponents.
void make_numbers(std::uint64_t count) {
  std::mt19937_64 random(31);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t digits[] = {1 + random() % 9'000'000'000'000'000'000,
                                    random() % 100'000'000'000'000'000, random() % 10'000'000'000'000'000,
                                    1 + random() % 1'000'000'000'000'000'000};
    const unsigned x[] = {below(random, 10'000), 1 + below(random, 9),     1 + below(random, 9),
                          below(random, 90),     below(random, 1'000'000), below(random, 180)};
    std::printf("{\"id\":%" PRIu64 "%04u,\"x\":0.%017" PRIu64 ",\"y\":-%u.%016" PRIu64
                "e-0%u,\"at\":[%u.%06u,%u.5],\"z\":%" PRIu64 "e+10}\n",
                digits[0], x[0], digits[1], x[1], digits[2], x[2], x[3], x[4], x[5], digits[3]);
  }
}

void make_arrays(std::uint64_t count) {
  std::mt19937_64 random(37);
  for (std::uint64_t i = 0; i < count; ++i) {
    std::fputs("{\"points\":[[]", stdout);
    for (int point = 0; point < 50; ++point) {
      const unsigned x[] = {below(random, 1000), below(random, 1000), below(random, 10)};
      std::printf(",[%u,%u,[%u]]", x[0], x[1], x[2]);
    }
    std::printf("],\"level\":\"%s\"}\n", level(random));
  }
}

// Text of two, three and four bytes a character, in keys too.
void make_unicode(std::uint64_t count) {
  static const char* const words[] = {"привет мир",     "こんにちは世界", "你好，世界", "안녕하세요 세계",
                                      "γειά σου κόσμε", "שלום עולם",      "नमस्ते दुनिया", "🚀🌍🎉",
                                      "Žluťoučký kůň",  "crème brûlée"};
  std::mt19937_64 random(41);
  for (std::uint64_t i = 0; i < count; ++i) {
    const unsigned x[] = {below(random, 10), below(random, 10)};
    std::printf("{\"имя\":\"%s\",\"都市\":{\"名前\":\"%s\"},\"text\":\"", words[x[0]], words[x[1]]);
    for (int word = 0; word < 12; ++word) std::printf("%s ", words[below(random, 10)]);
    std::printf("\",\"level\":\"%s\"}\n", level(random));
  }
}

// Objects of 120 members; what is wanted stands last.
void make_wide(std::uint64_t count) {
  std::mt19937_64 random(5);
  for (std::uint64_t i = 0; i < count; ++i) {
    std::fputs("{", stdout);
    for (int member = 0; member < 119; ++member)
      std::printf("\"member_%d\":%u,", member, static_cast<unsigned>(random() % 100000));
    std::printf("\"level\":\"%s\"}\n", level(random));
  }
}

// Long strings in which every second character is escaped.
void make_escapes(std::uint64_t count) {
  std::mt19937_64 random(7);
  for (std::uint64_t i = 0; i < count; ++i) {
    std::fputs("{\"text\":\"", stdout);
    for (int pair = 0; pair < 100; ++pair) std::fputs(random() % 2 == 0 ? "a\\n" : "\\u00e9\\\"", stdout);
    std::printf("\",\"level\":\"%s\"}\n", level(random));
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
  for (std::uint64_t i = 0; i < count; ++i) {
    const unsigned x[] = {below(random, 100000), below(random, 1000)};
    std::printf("{\"amount\":%u,\"account\":\"acc-%05u\"}\n", x[1], x[0]);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs(
        "usage: make_data "
        "ints|logs|first|last|short|spaced|text|numbers|arrays|unicode|wide|escapes|groups|sized "
        "COUNT [BYTES] > FILE\n",
        stderr);
    return 2;
  }
  const std::string_view kind = argv[1];
  const std::uint64_t count = std::strtoull(argv[2], nullptr, 10);
  if (kind == "ints") make_ints(count);
  if (kind == "logs") make_logs(count);
  if (kind == "first") make_ordered(count, true);
  if (kind == "last") make_ordered(count, false);
  if (kind == "short") make_short(count);
  if (kind == "spaced") make_spaced(count);
  if (kind == "text") make_text(count);
  if (kind == "numbers") make_numbers(count);
  if (kind == "arrays") make_arrays(count);
  if (kind == "unicode") make_unicode(count);
  if (kind == "wide") make_wide(count);
  if (kind == "escapes") make_escapes(count);
  if (kind == "groups") make_groups(count);
  if (kind == "sized") make_sized(count, argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 100);
  return 0;
}
