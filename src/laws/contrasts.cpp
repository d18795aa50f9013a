#include "laws/contrasts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <random>

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

// ---- laws

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

constexpr Law kLaws[] = {
    {"cuts", cuts},       {"instances", instances}, {"stateless", stateless}, {"pure", pure},
    {"workers", workers}, {"threads", threads},     {"failures", failures},   {"snapshots", snapshots},
};

}  // namespace

Script whole(std::size_t count) { return in_batches_of(kBatch, counting_to(count)); }

std::span<const Law> all_laws() { return kLaws; }

}  // namespace flux::laws
