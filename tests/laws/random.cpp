#include "random.hpp"

#include <algorithm>
#include <cstdlib>

#include "model_agents.hpp"

namespace laws {

namespace {

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr int kSlowness = 8;
#else
constexpr int kSlowness = 1;
#endif

const std::vector<std::string> kNumbers = {"0",
                                           "-0",
                                           "7",
                                           "-3",
                                           "99999999",
                                           "100000000",
                                           "4611686018427387904",
                                           "-4611686018427387904",
                                           "9223372036854775807",
                                           "-9223372036854775808",
                                           "9223372036854775808",
                                           "9007199254740993",
                                           "9007199254740992",
                                           "123456789012345678901234567890",
                                           "1.0",
                                           "1e2",
                                           "1.10",
                                           "-0.0",
                                           "0.1",
                                           "1e400",
                                           "1e-400",
                                           "1e308",
                                           "5e-324",
                                           "1.7976931348623157e308",
                                           "123456.789",
                                           "1E+15",
                                           "1e16",
                                           "0.00001"};

const std::vector<std::string> kTexts = {R"("")",
                                         R"("x")",
                                         R"("caf\u00e9\/")",
                                         R"("a\nb\"c\\")",
                                         R"("\ud83d\ude00")",
                                         "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"",
                                         R"("\u0000\u001f")",
                                         R"("}],:{[")",
                                         "\"\x7f\""};

const std::vector<std::string> kOthers = {"true", "false",       "null",           "[]",
                                          "{}",   "[1, 2 ,\t3]", R"({"x" : { } })"};

const std::vector<std::string> kBadLines = {
    "{",          "}",   "nul",           "01",     "1.",   "--1",       "1 2",  "[1,]",
    "{\"a\":1,}", "+1",  "\"\\x\"",       "\"open", "'a'",  "{\"a\" 1}", "1e",   "\"\\ud83d\"",
    "{\"a\":1}}", "NaN", "\"tab\there\"", "[1",     "\x01", "1\xC3\xA9", "{a:1}"};

const std::vector<std::string> kKeys = {R"("a")",      R"("a")",   R"("b")",      R"("c")",
                                        R"("\u0061")", R"("d\n")", "\"\xC3\xA9\""};

const std::vector<std::string> kSpaces = {"", "", "", "", " ", "  ", "\t", "\r"};

std::string small_int(Random& random) {
  return std::to_string(static_cast<std::int64_t>(random.below(40)) - 10);
}

std::string scalar(Random& random) {
  switch (random.below(6)) {
    case 0:
      return random.any_of(kNumbers);
    case 1:
      return random.any_of(kTexts);
    case 2:
      return random.any_of(kOthers);
    default:
      return small_int(random);
  }
}

std::string object(Random& random) {
  const auto space = [&] { return random.any_of(kSpaces); };
  std::string text = "{" + space();
  for (auto left = random.below(5); left > 0; --left) {
    text += random.any_of(kKeys) + space() + ":" + space() + scalar(random) + space();
    if (left > 1) text += "," + space();
  }
  return text + "}";
}

// A stream has events of one sort mostly, or few would get far.
std::string line(Random& random, std::uint64_t sort) {
  if (random.one_in(40)) return random.any_of(kBadLines);
  if (random.one_in(40)) return random.any_of(kSpaces);
  if (random.one_in(20)) return scalar(random);
  const std::string text = sort == 0   ? small_int(random)
                           : sort == 1 ? object(random)
                           : sort == 2 ? random.any_of(kTexts)
                           : sort == 3 ? random.any_of(kNumbers)
                                       : scalar(random);
  return random.one_in(10) ? random.any_of(kSpaces) + text + random.any_of(kSpaces) : text;
}

bool multiplies(const std::string& call) {
  return call.starts_with("burst") || call.starts_with("repeat") || call == "upto" || call == "window";
}

bool never_fails(const std::string& call) {
  return call == "id" || call.starts_with("every") || call.starts_with("head") || call.starts_with("skip") ||
         call.starts_with("repeat");
}

// Whether an event can fail halfway: when agents of its flux have given some of its
// results already, perhaps in another batch. What becomes of those is left open.
bool may_fail_halfway(const Lifted& flux) {
  const auto first = std::find_if(flux.calls.begin(), flux.calls.end(), multiplies);
  return first != flux.calls.end() && !std::all_of(first + 1, flux.calls.end(), never_fails);
}

// Budgets that a person can divide: 0.3 by 0.1 is three.
void limit(Lifted& flux, Random& random) {
  const std::uint64_t most = 1 + random.below(random.one_in(2) ? 6 : 60);
  flux.limit = most;
  flux.collapses = random.one_in(2);
  if (!flux.collapses) {
    flux.settings = "{max_events=" + std::to_string(most) + "}";
    return;
  }
  const std::uint64_t tenths = 1 + random.below(9);
  const std::uint64_t budget = tenths * most - random.below(tenths);
  flux.settings = "{entropy_budget=" + std::to_string(budget / 10) + "." + std::to_string(budget % 10) +
                  ", entropy_decay=0." + std::to_string(tenths) + "}";
}

}  // namespace

std::uint64_t seed() {
  if (const char* given = std::getenv("FLUX_SEED")) return std::strtoull(given, nullptr, 10);
  return std::random_device{}();
}

int cases(int usual) {
  if (const char* given = std::getenv("FLUX_CASES")) return std::atoi(given);
  return usual / kSlowness;
}

Pipeline random_pipeline(Random& random, std::size_t fluxes, bool with_limits) {
  for (;;) {
    Pipeline pipeline(1 + random.below(fluxes));
    std::size_t multipliers = 0;
    for (Lifted& flux : pipeline) {
      for (auto left = 1 + random.below(random.one_in(3) ? 3 : 1); left > 0; --left) {
        std::string call = random.any_of(modelled_agents());
        multipliers += call.starts_with("burst") ? 2 : call.starts_with("repeat") || call == "window";
        flux.calls.push_back(std::move(call));
      }
      if (with_limits && random.one_in(4)) limit(flux, random);
    }
    const bool is_left_open = std::any_of(pipeline.begin(), pipeline.end(), may_fail_halfway);
    if (multipliers <= 3 && !is_left_open && is_pipeline(spec_of(pipeline))) return pipeline;
  }
}

Pipeline random_loops(Random& random, std::size_t fluxes) {
  const std::vector<std::vector<std::string>> transforms = {
      {},         {"addone"},     {"addone", "negate"}, {"odd"},   {"repeat(2)"}, {"refuse(7)"},
      {"length"}, {"repeat(60)"}, {"every(2)", "half"}, {"total"}, {"head(4)"},   {"drop(a)"}};
  for (;;) {
    Pipeline pipeline = random_pipeline(random, fluxes, true);
    for (Lifted& flux : pipeline) {
      if (random.one_in(3)) continue;
      flux.feedback_hundredths = random.one_in(4) ? 100 : 1 + random.below(99);
      if (random.one_in(2)) flux.transform = random.any_of(transforms);
      if (random.one_in(2)) flux.queue_size = 1 + random.below(4);
    }
    if (is_pipeline(spec_of(pipeline))) return pipeline;
  }
}

std::string random_stream(Random& random, std::size_t lines) {
  const std::uint64_t sort = random.below(5);
  std::string stream;
  for (std::size_t i = 0; i < lines; ++i) stream += line(random, sort) + (random.one_in(15) ? "\r\n" : "\n");
  if (random.one_in(4) && !stream.empty()) stream.pop_back();
  return stream;
}

std::string random_ints(Random& random, std::size_t lines) {
  std::string stream;
  for (std::size_t i = 0; i < lines; ++i) stream += small_int(random) + "\n";
  return stream;
}

std::vector<std::string_view> random_cut(Random& random, std::string_view stream) {
  const std::uint64_t most = std::uint64_t{1} << random.below(17);
  std::vector<std::string_view> parts;
  while (!stream.empty()) {
    const std::size_t size = std::min<std::size_t>(1 + random.below(most), stream.size());
    parts.push_back(stream.substr(0, size));
    stream.remove_prefix(size);
  }
  return parts;
}

Way random_way(Random& random) {
  Way way;
  way.workers = 1 + random.below(4);
  way.fuse = !random.one_in(3);
  return way;
}

}  // namespace laws
