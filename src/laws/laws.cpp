#include "laws/laws.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <optional>
#include <random>
#include <set>

#include "laws/shrink.hpp"

namespace flux::laws {

namespace {

using Do = Step::Do;
using Indices = std::vector<std::uint32_t>;

constexpr std::size_t kBatch = 1000;  // of the run that others are compared with

// ---- scripts

Indices counting_to(std::size_t count) {
  Indices indices(count);
  std::iota(indices.begin(), indices.end(), 0U);
  return indices;
}

Step feed(Indices events, std::uint32_t instance = 0, std::uint32_t label = 0) {
  return {Do::feed, instance, 0, label, std::move(events)};
}

Step finish(std::uint32_t instance = 0, std::uint32_t label = 0) {
  return {Do::finish, instance, 0, label, {}};
}

// Batches of the sizes that `next_size` gives.
Script cut(const Indices& events, const std::function<std::size_t()>& next_size) {
  Script script;
  for (std::size_t begin = 0; begin < events.size();) {
    const std::size_t end = std::min(begin + next_size(), events.size());
    script.push_back(feed({events.begin() + static_cast<std::ptrdiff_t>(begin),
                           events.begin() + static_cast<std::ptrdiff_t>(end)}));
    begin = end;
  }
  script.push_back(finish());
  return script;
}

Script in_batches_of(std::size_t size, const Indices& events) {
  return cut(events, [size] { return size; });
}

Script whole(std::size_t count) { return in_batches_of(kBatch, counting_to(count)); }

// ---- laws

// What a trial gives must be what the run of all events, in batches of 1000, gives.
struct Contrast {
  std::string broken;  // what is wrong if it does not
  Script script;
  std::uint32_t label = 0;            // what counts of it
  std::set<std::uint32_t> less = {};  // events that it leaves out
  // Where the other side is not that run: the same script, and what counts of it there.
  std::optional<std::uint32_t> compared_with = {};
};

// What a law has to do with: the events by number, and what came of them.
struct Case {
  const Subject& subject;
  std::size_t count;
  const Observation& base;
  std::uint64_t seed;
};

struct Law {
  const char* name;
  std::vector<Contrast> (*contrasts)(const Case&);  // none: it does not apply
};

bool is_free(const Case& at, std::uint32_t flag) {
  return at.subject.stage().is(flag) && !at.subject.stage().in_order;
}

std::vector<Contrast> cuts(const Case& at) {
  const Indices all = counting_to(at.count);
  std::vector<Contrast> contrasts;
  for (const std::size_t size : {1, 7})
    contrasts.push_back({fmt::format("batches of {} give other results than batches of {}", size, kBatch),
                         in_batches_of(size, all)});
  for (int round = 0; round < 3; ++round) {
    std::mt19937_64 bits(at.seed + static_cast<std::uint64_t>(round));
    contrasts.push_back({"batches of other sizes give other results",
                         cut(all, [&bits] { return bits() % (bits() % 8 == 0 ? 300 : 12); })});
  }
  Script with_empty = {feed({})};
  for (const Step& step : in_batches_of(7, all)) {
    with_empty.push_back(step);
    if (step.what == Do::feed) with_empty.push_back(feed({}));
  }
  contrasts.push_back({"empty batches in between change the results", std::move(with_empty)});
  return contrasts;
}

// One lives while the other comes and goes.
std::vector<Contrast> instances(const Case& at) {
  const Indices all = counting_to(at.count);
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  const Script both = {feed({all.begin(), middle}), feed(all, 1, 1),           finish(1, 1),
                       {Do::drop, 1, 0, 0, {}},     feed({middle, all.end()}), finish()};
  return {{"an instance gives other results while there is another one: they share state", both, 0},
          {"an instance gives other results where there was one before: they share state", both, 1}};
}

std::vector<Contrast> stateless(const Case& at) {
  if (!is_free(at, FLUX_STATELESS)) return {};
  Indices backwards = counting_to(at.count);
  std::reverse(backwards.begin(), backwards.end());
  return {
      {"events in another order give other results: it is not stateless", in_batches_of(kBatch, backwards)}};
}

std::vector<Contrast> pure(const Case& at) {
  if (!is_free(at, FLUX_PURE)) return {};
  const Indices all = counting_to(at.count);
  return {{"the same event a second time gives another result: it is not pure",
           {feed(all, 0, 0), feed(all, 0, 1)},
           1,
           {},
           0}};
}

// Each event goes to one of three instances, as workers would have it: one after the
// other, or at random.
Script shared_out(std::size_t count, const std::function<std::uint32_t(std::uint32_t event)>& whose) {
  Script script;
  for (std::uint32_t event = 0; event < count; ++event) {
    const std::uint32_t instance = whose(event);
    if (script.empty() || script.back().instance != instance) script.push_back(feed({}, instance));
    script.back().events.push_back(event);
  }
  script.push_back({Do::merge, 0, 2, 0, {}});
  script.push_back({Do::merge, 0, 1, 0, {}});
  script.push_back(finish());
  return script;
}

std::vector<Contrast> workers(const Case& at) {
  const plan::Stage& stage = at.subject.stage();
  const bool merges = stage.agent->functions.merge != nullptr;
  if (stage.in_order || !(stage.is(FLUX_STATELESS) || merges)) return {};
  const char* const broken = merges ? "three instances, merged, give other results than one"
                                    : "three instances give other results than one: it is not stateless";
  std::mt19937_64 bits(at.seed);
  return {{broken, shared_out(at.count, [](std::uint32_t event) { return (event + 1) % 3; })},
          {broken, shared_out(at.count, [&bits](std::uint32_t) { return bits() % 3; })}};
}

std::vector<Contrast> threads(const Case& at) {
  if (!is_free(at, FLUX_CONCURRENT) || !at.subject.stage().is(FLUX_STATELESS)) return {};
  Step storm = feed(counting_to(at.count));
  storm.what = Do::storm;
  return {{"called by several threads at once, it gives other results: it is not concurrent",
           {std::move(storm), finish()}}};
}

std::vector<Contrast> snapshots(const Case& at) {
  const flux_agent& functions = at.subject.stage().agent->functions;
  if (functions.state_version == 0 || functions.save == nullptr || functions.restore == nullptr) return {};
  const Indices all = counting_to(at.count);
  const auto third = static_cast<std::ptrdiff_t>((all.size() + 2) / 3);
  const Step renew = {Do::renew, 0, 0, 0, {}};
  Script script = {renew};
  for (auto begin = all.begin(); begin != all.end();) {
    const auto end = begin + std::min(third, all.end() - begin);
    script.push_back(feed({begin, end}));
    script.push_back(renew);
    begin = end;
  }
  script.push_back(finish());
  return {{"saved and restored, it goes on in another way", std::move(script)}};
}

// What fails must be as if it had never come.
std::vector<Contrast> failures(const Case& at) {
  std::set<std::uint32_t> failing;
  for (const Entry& entry : at.base.entries)
    if (entry.what == Entry::What::failure || entry.what == Entry::What::no_json) failing.insert(entry.event);
  if (failing.empty()) return {};
  Indices others = counting_to(at.count);
  std::erase_if(others, [&](std::uint32_t event) { return failing.contains(event); });
  return {{"without the events that fail, the others give other results", in_batches_of(kBatch, others), 0,
           std::move(failing)}};
}

// In the order in which they are tried: what most is due to comes first.
constexpr Law kLaws[] = {
    {"cuts", cuts},       {"instances", instances}, {"stateless", stateless}, {"pure", pure},
    {"workers", workers}, {"threads", threads},     {"failures", failures},   {"snapshots", snapshots},
};

// ---- what came out

// By event; of one event in the order of their coming.
std::vector<Entry> what_counts(const Observation& observation, std::uint32_t label,
                               const std::set<std::uint32_t>& less = {}) {
  std::vector<Entry> entries;
  for (const Entry& entry : observation.entries)
    if (entry.label == label && !less.contains(entry.event)) entries.push_back(entry);
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return a.event < b.event; });
  for (Entry& entry : entries) entry.label = 0;
  return entries;
}

std::string line_of(const Entry& entry) {
  switch (entry.what) {
    case Entry::What::result:
      return entry.text;
    case Entry::What::failure:
    case Entry::What::no_json:
      return fmt::format("(fails: {})", entry.text);
    case Entry::What::end:
      return "(wants no more)";
    case Entry::What::broken:
      return fmt::format("(the instance failed: {})", entry.text);
  }
  return {};
}

std::vector<std::string> lines_of(const std::vector<Entry>& entries, bool with_origin) {
  std::vector<std::string> lines;
  for (const Entry& entry : entries) {
    const std::string of = !with_origin            ? ""
                           : entry.event == kAtEnd ? "at the end: "
                                                   : fmt::format("of line {}: ", entry.event + 1);
    lines.push_back(of + line_of(entry));
  }
  return lines;
}

Verdict differ(const std::string& why, const std::vector<Entry>& expected, const std::vector<Entry>& found) {
  Verdict verdict;
  verdict.kind = Verdict::Kind::broken;
  verdict.message = why;
  const bool only_origins = lines_of(expected, false) == lines_of(found, false);
  verdict.expected = lines_of(expected, only_origins);
  verdict.found = lines_of(found, only_origins);
  return verdict;
}

// Something that ends the judgement of a trial: an offence, or that it cannot be judged.
std::optional<Verdict> objection(const Observation& observation, bool is_base) {
  Verdict verdict;
  if (!observation.offence.empty()) {
    verdict.kind = Verdict::Kind::broken;
    verdict.law = observation.law;
    verdict.message = observation.offence;
    return verdict;
  }
  // An agent may leave it to flux to tell JSON from what is none; but some of it must be.
  const auto is = [](Entry::What what) { return [what](const Entry& entry) { return entry.what == what; }; };
  const auto& entries = observation.entries;
  const auto no_json = std::ranges::find_if(entries, is(Entry::What::no_json));
  if (no_json != entries.end() && std::ranges::none_of(entries, is(Entry::What::result))) {
    verdict.kind = Verdict::Kind::broken;
    verdict.law = "types";
    verdict.message = "nothing that it gives is JSON: " + no_json->text;
    return verdict;
  }
  verdict.kind = Verdict::Kind::unjudged;
  if (observation.is_too_much) {
    verdict.message = "it gives too much, or takes too long: try fewer events, with --events";
    return verdict;
  }
  for (const Entry& entry : entries) {
    if (!is_base || entry.what != Entry::What::broken) continue;
    verdict.message = fmt::format("it gives up on these events: {}; give others, with --events", entry.text);
    return verdict;
  }
  return {};
}

class Judge {
 public:
  Judge(const Subject& subject, std::uint64_t seed) : subject_(subject), seed_(seed) {}

  // Broken or not; `applied`: it had anything to say about this agent.
  Verdict hold(const Law& law, const Events& events, bool& applied) const {
    const Observation base = try_out(subject_, events, whole(events.size()));
    if (auto verdict = objection(base, true)) return *verdict;
    const auto contrasts = law.contrasts({subject_, events.size(), base, seed_});
    applied = !contrasts.empty();
    for (const Contrast& contrast : contrasts) {
      const Observation other = try_out(subject_, events, contrast.script);
      if (auto verdict = objection(other, false)) return *verdict;
      const auto expected = contrast.compared_with ? what_counts(other, *contrast.compared_with)
                                                   : what_counts(base, 0, contrast.less);
      const auto found = what_counts(other, contrast.label);
      if (expected == found) continue;
      Verdict verdict = differ(contrast.broken, expected, found);
      verdict.law = law.name;
      return verdict;
    }
    return {};
  }

  // The same events twice, in two processes.
  Verdict repeat(const Events& events) const {
    const Script script = whole(events.size());
    const Observation first = try_out(subject_, events, script);
    if (auto verdict = objection(first, true)) return *verdict;
    const Observation second = try_out(subject_, events, script);
    if (auto verdict = objection(second, true)) return *verdict;
    if (first.entries == second.entries) return {};
    Verdict verdict = differ("a second run gives other results: it is not pure", what_counts(first, 0),
                             what_counts(second, 0));
    verdict.law = "pure";
    if (subject_.stage().is(FLUX_PURE)) return verdict;
    verdict = {};
    verdict.kind = Verdict::Kind::unjudged;
    verdict.message = "every run gives other results, and it does not say that it is pure";
    return verdict;
  }

  // What an agent that need not be called gives.
  Verdict give_back(const Events& events) const {
    const Observation base = try_out(subject_, events, whole(events.size()));
    std::vector<Entry> expected;
    for (std::uint32_t event = 0; event < events.size(); ++event)
      expected.push_back({Entry::What::result, 0, event, events[event]});
    const auto found = what_counts(base, 0);
    if (expected == found) return {};
    Verdict verdict =
        differ("it does not give back every event as it is: it is no identity", expected, found);
    verdict.law = "identity";
    return verdict;
  }

 private:
  const Subject& subject_;
  const std::uint64_t seed_;
};

using Test = std::function<Verdict(const Events&)>;

// `verdict`: of all events. What threads do to each other may not come again, so the last
// time that it was seen counts.
Verdict smallest(const Test& test, Verdict verdict, const Events& events) {
  verdict.input = events;
  shrink(events, [&](const Events& some) {
    Verdict candidate = test(some);
    if (candidate.kind != Verdict::Kind::broken || candidate.law != verdict.law) return false;
    candidate.input = some;
    verdict = std::move(candidate);
    return true;
  });
  return verdict;
}

}  // namespace

Verdict judge(const Subject& subject, const Events& events, std::uint64_t seed) {
  const Judge judge(subject, seed);
  Verdict verdict;
  if (subject.agent->is(FLUX_ABSORB) && subject.agent->functions.finish == nullptr) {
    verdict.kind = Verdict::Kind::broken;
    verdict.law = "absorb";
    verdict.message = "it says that it keeps events for finish(), and has no finish()";
    return verdict;
  }
  std::vector<std::string> held;
  bool applies = true;
  const auto holds = [&](const char* name, const Test& test) {
    verdict = test(events);
    if (verdict.kind == Verdict::Kind::broken) verdict = smallest(test, std::move(verdict), events);
    if (verdict.kind == Verdict::Kind::ok && applies) held.emplace_back(name);
    verdict.held = held;
    return verdict.kind == Verdict::Kind::ok;
  };
  if (!holds("repeats", [&](const Events& some) { return judge.repeat(some); })) return verdict;
  if (subject.agent->is(FLUX_IDENTITY) &&
      !holds("identity", [&](const Events& some) { return judge.give_back(some); }))
    return verdict;
  for (const Law& law : kLaws)
    if (!holds(law.name, [&](const Events& some) { return judge.hold(law, some, applies); })) return verdict;
  return verdict;
}

}  // namespace flux::laws
