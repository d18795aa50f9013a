// Events from outside a stream that runs: what they give, what they leave as it was, and
// that nobody waits for an answer in vain.
#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

#include "engine.hpp"
#include "for_all.hpp"
#include "random.hpp"
#include "reference.hpp"
#include "runtime/live.hpp"

using namespace laws;
using flux::runtime::Answer;
using flux::runtime::Live;
using flux::runtime::Perturbation;

namespace {

struct Asked {
  std::string event;
  Answer answer;
};

// Perturbs with random events until the pipeline takes none any more, or `most` times.
class Perturber {
 public:
  Perturber(std::uint64_t seed, std::vector<std::string> events, std::vector<Asked>& asked, std::size_t most)
      : seed_(seed), events_(std::move(events)), asked_(asked), most_(most) {}

  flux::runtime::Attend attend() {
    return [this](Live& live) {
      auto random = std::make_shared<Random>(seed_);
      perturb(live, *random, std::min<std::size_t>(most_, 3));  // while the source is idle
      return std::make_shared<std::jthread>([this, &live, random] { perturb(live, *random, most_); });
    };
  }

 private:
  void perturb(Live& live, Random& random, std::size_t most) {
    while (asked_.size() < most) {
      const std::string event = random.any_of(events_);
      const auto priority = static_cast<std::int64_t>(random.below(3));
      Answer answer = live.submit({event, {}, false}, priority).get();
      if (answer.kind == Answer::Kind::not_flowing) return;
      asked_.push_back({event, std::move(answer)});
    }
  }

  const std::uint64_t seed_;
  const std::vector<std::string> events_;
  std::vector<Asked>& asked_;
  const std::size_t most_;
};

std::string lines_of(const std::vector<std::string>& values) {
  std::string lines;
  for (const std::string& value : values) lines += value + "\n";
  return lines;
}

std::vector<std::string> ints_of(const std::string& lines) {
  std::vector<std::string> values;
  for (std::size_t at = 0; at < lines.size(); at = lines.find('\n', at) + 1)
    values.push_back(lines.substr(at, lines.find('\n', at) - at));
  return values;
}

Pipeline stateless(Random& random) {
  const std::vector<std::string> calls = {"double",    "addone",   "negate",    "odd",       "upto",
                                          "half",      "square",   "spell",     "echo",      "length",
                                          "has(a)",    "drop(a)",  "swap",      "repeat(3)", "id",
                                          "refuse(7)", "positive", "successor", "a_to_c"};
  for (;;) {
    Pipeline pipeline(1 + random.below(3));
    for (Lifted& flux : pipeline)
      for (auto left = 1 + random.below(2); left > 0; --left) flux.calls.push_back(random.any_of(calls));
    if (is_pipeline(spec_of(pipeline))) return pipeline;
  }
}

}  // namespace

TEST_CASE("perturbing changes no byte of what stateless agents give, and gives what they give") {
  for_all(cases(200), [](Random& random) {
    const Pipeline pipeline = stateless(random);
    std::string spec = spec_of(pipeline);
    const std::string stream = random_stream(random, random.below(400));
    Way way = random_way(random);
    std::vector<Asked> asked;
    Perturber perturber(random.below(1'000'000),
                        {"3", "-8", "{\"a\": 5, \"b\":\"x\"}", "\"text\"", "nul", "[1 , 2]"}, asked, 200);
    way.is_idle_first = true;
    way.attend = perturber.attend();
    CAPTURE(spec);
    CAPTURE(stream);
    const Found found = run(spec, way, random_cut(random, stream));
    REQUIRE(found.out == refer(pipeline, stream).out);
    require_balance(found.summary);
    for (const Asked& each : asked) {
      CAPTURE(each.event);
      const Expected expected = refer(pipeline, each.event);
      const bool is_failure = !expected.letters.empty();
      REQUIRE((each.answer.kind == Answer::Kind::failed) == is_failure);
      if (!is_failure) REQUIRE(lines_of(each.answer.results) == expected.out);
    }
  });
}

TEST_CASE("a run that is perturbed is the run with those events where they were served") {
  for_all(cases(60), [](Random& random) {
    const std::vector<std::string> specs = {"total", "id | total | id", "negate | negate | total",
                                            "total{drop_policy=drop_oldest, buffer_size=1000000} | id",
                                            "id{drop_policy=drop_newest, buffer_size=1000000} | total"};
    const std::string spec = random.any_of(specs);
    std::string stream;
    for (int i = 0; i < 20'000; ++i) stream += "1\n";
    Way way = random_way(random);
    std::vector<Asked> asked;
    Perturber perturber(random.below(1'000'000), {"1000000"}, asked, 500);
    way.is_idle_first = true;
    way.attend = perturber.attend();
    CAPTURE(spec);
    const Found found = run(spec, way, random_cut(random, stream));
    require_balance(found.summary);
    // All totals, of the stream and of the answers, in the order that they were made.
    std::vector<std::int64_t> totals;
    for (const std::string& value : ints_of(found.out)) totals.push_back(std::stoll(value));
    REQUIRE(totals.size() == 20'000);
    REQUIRE(std::is_sorted(totals.begin(), totals.end()));
    for (const Asked& each : asked) {
      REQUIRE(each.answer.results.size() == 1);
      totals.push_back(std::stoll(each.answer.results[0]));
    }
    std::sort(totals.begin(), totals.end());
    std::int64_t before = 0;
    std::size_t perturbed = 0;
    for (const std::int64_t total : totals) {
      REQUIRE((total - before == 1 || total - before == 1'000'000));
      if (total - before == 1'000'000) ++perturbed;
      before = total;
    }
    REQUIRE(perturbed == asked.size());
  });
}

TEST_CASE("perturbations cost, are refused where they cannot be afforded, and collapse nothing") {
  for_all(cases(60), [](Random& random) {
    const std::uint64_t limit = 1 + random.below(60);
    const std::string size = std::to_string(limit);
    const bool collapses = random.one_in(2);
    const std::string setting =
        collapses ? "{entropy_budget=" + size + ", entropy_decay=1}" : "{max_events=" + size + "}";
    const std::vector<std::string> places = {"negate" + setting, "id | negate" + setting + " | id",
                                             "total" + setting, "negate | total" + setting,
                                             "negate{feedback_fraction=0.5, " + setting.substr(1)};
    const std::string spec = random.any_of(places);
    std::string stream;
    const std::uint64_t length = random.below(2 * limit);
    for (std::uint64_t i = 0; i < length; ++i) stream += "1\n";
    Way way = random_way(random);
    std::vector<Asked> asked;
    Perturber perturber(1, {"1"}, asked, random.below(2 * limit));
    way.is_idle_first = true;
    way.attend = perturber.attend();
    CAPTURE(spec);
    CAPTURE(length);
    const Found found = run(spec, way, random_cut(random, stream));
    require_balance(found.summary);
    const std::size_t at = spec.starts_with("id |") || spec.starts_with("negate |") ? 1 : 0;
    const auto& flux = found.summary.fluxes[at];
    CAPTURE(asked.size());
    REQUIRE(flux.books.events() <= limit);
    const auto served =
        static_cast<std::uint64_t>(std::count_if(asked.begin(), asked.end(), [](const Asked& each) {
          return each.answer.kind == Answer::Kind::answered;
        }));
    REQUIRE(flux.books.answered == served);
    if (flux.books.events() < limit) REQUIRE(found.summary.exit == 0);
    if (!collapses) REQUIRE(found.summary.exit == 0);
    for (const Asked& each : asked) {
      const bool is_refused = each.answer.kind == Answer::Kind::unaffordable;
      REQUIRE((is_refused || each.answer.kind == Answer::Kind::answered));
      if (is_refused) REQUIRE(flux.books.events() == limit);
    }
  });
}

TEST_CASE("an event enters at the flux that it names, in the form that it is given there") {
  const std::string spec = "swap | swap | drop(half) | has(a)";
  std::vector<Answer> answers;
  Way way;
  way.is_idle_first = true;
  way.attend = [&](Live& live) {
    for (const auto& [event, flux] :
         std::initializer_list<std::pair<const char*, std::size_t>>{{"{\"a\": 1}", 0},
                                                                    {"{\"a\": 1, \"half\": 2}", 1},
                                                                    {"{\"b\": \"x\"}", 1},
                                                                    {"{\"a\":1,\"half\":2.0}", 2},
                                                                    {"{\"a\": 9}", 3},
                                                                    {"[", 3}})
      answers.push_back(live.submit({event, flux, true}, 100).get());
    return std::shared_ptr<void>();
  };
  run(spec, way, "");
  std::string told;
  for (const Answer& answer : answers) told += lines_of(answer.results) + answer.error + ";";
  CHECK(told ==
        "{\"a\":1}\n;{\"a\":-1}\n;member 'a' is missing, and int is wanted;{\"a\":1}\n;{\"a\":9}\n;"
        "not JSON: expected a value, found the end;");
  CHECK(answers[0].trace.size() == 4);
}

// Everybody at once, for the sanitizers: perturbers, somebody who asks, who looks on and
// who listens, a stop, limits, ends, buffers and feedback.
TEST_CASE("whatever happens at once, everybody is answered and the books balance") {
  for_all(cases(150), [](Random& random) {
    Pipeline pipeline = random.one_in(2) ? random_loops(random, 4) : random_pipeline(random, 4, true);
    for (Lifted& flux : pipeline) {
      if (!random.one_in(4)) continue;
      const std::string setting =
          "drop_policy=drop_oldest, buffer_size=" + std::to_string(1 + random.below(50));
      flux.settings =
          flux.settings.empty() ? "{" + setting + "}" : "{" + setting + ", " + flux.settings.substr(1);
    }
    const std::string spec = spec_of(pipeline);
    const std::string stream = random_stream(random, random.below(600));
    Way way = random_way(random);
    const std::uint64_t seed = random.below(1'000'000);
    const std::size_t fluxes = pipeline.size();
    const std::uint64_t stops_after = random.below(400);
    way.attend = [=](Live& live) {
      auto crowd = std::make_shared<std::vector<std::jthread>>();
      for (std::uint64_t i = 0; i < 3; ++i)
        crowd->emplace_back([=, &live] {
          Random here(seed + i);
          const std::vector<std::string> events = {"3", "{\"a\": 5}", "\"text\"", "nul"};
          for (std::uint64_t n = 0; n < 300; ++n) {
            Perturbation perturbation{here.any_of(events), {}, here.one_in(2)};
            if (here.one_in(2)) perturbation.flux = here.below(fluxes);
            const auto answer = live.submit(perturbation, static_cast<std::int64_t>(here.below(3))).get();
            if (answer.kind == Answer::Kind::not_flowing) return;
            if (i == 0 && n == stops_after) live.stop();
          }
        });
      crowd->emplace_back([=, &live] {
        const auto watcher = live.watch(seed % fluxes);
        const auto listener = live.listen();
        while (!live.is_over()) {
          watcher->look(std::chrono::milliseconds(1));
          listener->listen(std::chrono::milliseconds(1));
        }
      });
      crowd->emplace_back([&live] {
        while (live.is_flowing())
          for (const auto& flux : live.summary().fluxes) REQUIRE(!flux.id.empty());
      });
      return crowd;
    };
    CAPTURE(spec);
    CAPTURE(stream);
    CAPTURE(way.workers);
    CAPTURE(way.fuse);
    require_balance(run(spec, way, random_cut(random, stream)).summary);
  });
}
