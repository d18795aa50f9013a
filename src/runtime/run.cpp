#include "runtime/run.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <optional>

#include "runtime/live.hpp"
#include "runtime/report.hpp"
#include "runtime/sections.hpp"

namespace flux::runtime {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kOneRequest{100};  // nobody presses Ctrl-C twice that fast

Summary summarise(const plan::Plan& plan, const Tally& tally, const Output& output, Clock::time_point start) {
  return summarise(plan, tally, output, std::chrono::duration<double>(Clock::now() - start).count(),
                   std::vector<Progress>(plan.fluxes.size(), Progress::through));
}

// Of fluxes that reach max_events with the same event, the one furthest down. It has
// no gate of its own, for it could not be reached earlier, so its books have to tell.
std::size_t last_to_reach(std::size_t flux, const plan::Plan& plan, const Tally& tally) {
  for (std::size_t f = flux + 1; f < plan.fluxes.size(); ++f) {
    const settings::Limit& limit = plan.fluxes[f].limit;
    const bool has_reached = !limit.collapses && limit.events == tally.books[f].events();
    if (!plan.fluxes[f].has_gate && has_reached) flux = f;
  }
  return flux;
}

const Stop* find(const std::vector<Stop>& stops, StopReason reason) {
  for (const Stop& stop : stops)
    if (stop.reason == reason) return &stop;
  return nullptr;
}

// When several apply: 1, 141, signal, 3, 4, 0.
void conclude(Result& result, const plan::Plan& plan, const Sections& pipeline, const Tally& tally,
              const Output& output, const Failures& failures, bool was_stopped) {
  Summary& summary = result.summary;
  const auto end = [&](int exit, std::string reason) {
    summary.exit = exit;
    summary.reason = std::move(reason);
  };
  const auto fail = [&](std::string why) {
    end(1, why);
    result.error = std::move(why);
  };
  const auto id = [&](const Stop& stop) { return plan.fluxes[stop.flux].id; };
  if (!pipeline.error().empty()) return fail(pipeline.error());
  if (const Stop* stop = find(tally.stops, StopReason::agent_failed)) return fail(stop->message);
  if (!failures.error().empty()) return fail(failures.error());
  if (output.error() != 0 && output.error() != EPIPE)
    return fail(fmt::format("cannot write '{}': {}", output.name(), io::reason_of(output.error())));
  if (find(tally.stops, StopReason::failure) != nullptr)
    return fail("an event failed, and --on-error is fail");
  if (output.error() == EPIPE) return end(141, "the reader went away");
  if (result.signal != 0) return end(128 + result.signal, result.signal == SIGINT ? "SIGINT" : "SIGTERM");
  if (const Stop* stop = find(tally.stops, StopReason::collapsed))
    return end(3, fmt::format("'{}' collapsed: its entropy is exhausted", id(*stop)));
  const int exit = tally.failed > 0 && !failures.keeps_events() ? 4 : 0;
  if (const Stop* stop = find(tally.stops, StopReason::agent_end))
    return end(exit, fmt::format("'{}' ended", id(*stop)));
  if (const Stop* stop = find(tally.stops, StopReason::max_events))
    return end(
        exit, fmt::format("'{}' reached max_events", plan.fluxes[last_to_reach(stop->flux, plan, tally)].id));
  end(exit, was_stopped ? "asked to stop" : "end of input");
}

}  // namespace

Result run(const plan::Plan& plan, const plugin::Host& host, const io::Signals& signals, Ends ends,
           const Options& options, const Say& say) {
  const Clock::time_point start = Clock::now();
  Output output(std::move(ends.sink), !plan.is_blocking);
  Failures failures(plan, options.max_line, std::move(ends.dead_letters.fd),
                    std::move(ends.dead_letters.name));
  Options rules = options;
  rules.failures.keeps_values = failures.keeps_events();
  std::optional<Pheromones> pheromones;
  if (rules.takes_perturbations || ends.pheromones)
    rules.pheromones = &pheromones.emplace(plan, std::move(ends.pheromones));
  std::vector<std::unique_ptr<Tap>> taps;
  if (rules.takes_perturbations) {
    for (const plan::Flux& flux : plan.fluxes) taps.push_back(std::make_unique<Tap>(flux.gives));
    rules.taps = &taps;
  }
  Sections pipeline(plan, host, io::Framer(std::move(ends.sources), read_size(plan), options.max_line),
                    output, failures, rules);
  Result result;
  if (pheromones) {
    for (std::size_t f = 0; f < plan.fluxes.size(); ++f) {
      pheromones->tell(Pheromone::started, f, 1, plan.fluxes[f].spec);
      pheromones->tell(Pheromone::flowing, f);
    }
  }
  pipeline.start();
  std::optional<Live> live;
  std::shared_ptr<void> attendant;
  if (options.takes_perturbations) {
    live.emplace(plan, pipeline, output, rules, start);
    attendant = ends.attend(*live);
  }
  Clock::time_point asked;
  while (const int signal = signals.wait(pipeline.done())) {
    // `timeout` and service managers signal a process and its group: one request.
    if (result.signal != 0 && Clock::now() - asked < kOneRequest) continue;
    if (result.signal != 0) {  // the second one: no more waiting
      result.summary = summarise(plan, pipeline.tally_with_events_in_flight(), output, start);
      result.summary.exit = 128 + signal;
      result.summary.reason = "a second signal";
      say(result);
      io::Signals::die_of(signal);
    }
    result.signal = signal;
    asked = Clock::now();
    pipeline.interrupt();
  }
  pipeline.join();
  if (live) live->close();
  attendant.reset();
  failures.conclude();
  const Tally tally = pipeline.tally();
  result.summary = summarise(plan, tally, output, start);
  conclude(result, plan, pipeline, tally, output, failures, live && live->was_stopped());
  return result;
}

}  // namespace flux::runtime
