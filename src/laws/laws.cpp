#include "laws/laws.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <set>

#include "laws/contrasts.hpp"
#include "laws/shrink.hpp"

namespace flux::laws {

namespace {

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
  for (const Law& law : all_laws())
    if (!holds(law.name, [&](const Events& some) { return judge.hold(law, some, applies); })) return verdict;
  return verdict;
}

std::optional<Verdict> find_false_example(const plugin::Agent& agent, plugin::Registry& registry,
                                          const plugin::Host& host) {
  for (const ExampleCall& example : example_calls_of(agent, registry)) {
    const Subject subject = make_subject(example.call, registry, host);
    const Observation observation = try_out(subject, example.input, whole(example.input.size()));
    Verdict verdict;
    verdict.kind = Verdict::Kind::broken;
    verdict.law = "examples";
    verdict.message = fmt::format("its example '{}' gives something else", example.call);
    verdict.input = example.input;
    verdict.expected = example.output;
    for (const Entry& entry : observation.entries)
      if (entry.what == Entry::What::result) verdict.found.push_back(entry.text);
    if (!observation.offence.empty()) {
      verdict.law = observation.law;
      verdict.message = fmt::format("in its example '{}': {}", example.call, observation.offence);
    } else if (verdict.expected == verdict.found) {
      continue;
    }
    return verdict;
  }
  return {};
}

}  // namespace flux::laws
