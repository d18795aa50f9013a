#include "embed/engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <mutex>
#include <optional>

#include "core/error.hpp"
#include "embed/run.hpp"
#include "json/number.hpp"
#include "json/string.hpp"
#include "plan/resolve.hpp"
#include "runtime/lifecycle.hpp"
#include "spec/parser.hpp"

namespace flux {

FluxConfig FluxConfig::infinite() {
  FluxConfig config;
  config.entropy_budget = INFINITY;
  config.entropy_decay = 0;
  return config;
}

FluxConfig FluxConfig::bounded(std::uint64_t max_events) {
  FluxConfig config = infinite();
  config.max_events = max_events;
  return config;
}

FluxConfig FluxConfig::ouroboric(double feedback_fraction) {
  FluxConfig config = infinite();
  config.feedback_fraction = feedback_fraction;
  return config;
}

}  // namespace flux

namespace flux::embed {

namespace {

constexpr const char* kName = "embedded";

plugin::Host host() {
  return {"embedded", [](flux_level, std::string_view line) { fmt::print(stderr, "{}\n", line); }};
}

std::string settings_of(const FluxConfig& config) {
  const auto decimal = [](double number) { return std::isinf(number) ? "inf" : fmt::format("{}", number); };
  std::string text =
      fmt::format("entropy_budget={}, entropy_decay={}, buffer_size={}", decimal(config.entropy_budget),
                  decimal(config.entropy_decay), config.buffer_size);
  if (config.max_events) text += fmt::format(", max_events={}", *config.max_events);
  if (config.drop_policy == DropPolicy::drop_oldest) text += ", drop_policy=drop_oldest";
  if (config.drop_policy == DropPolicy::drop_newest) text += ", drop_policy=drop_newest";
  if (config.feedback_fraction != 0)
    text += fmt::format(", feedback_fraction={}, feedback_queue_size={}", decimal(config.feedback_fraction),
                        config.feedback_queue_size);
  if (!config.agent_id.empty()) text += ", agent_id=" + quote(config.agent_id);
  return "{" + text + "}";
}

State state_of(runtime::State state) { return static_cast<State>(state); }
static_assert(static_cast<int>(State::collapsed) == static_cast<int>(runtime::State::collapsed));

}  // namespace

struct Engine::Parts {
  std::vector<Lifted> fluxes;
  std::vector<const flux_agent*> pointers;
  flux_plugin descriptor{};
  std::optional<plugin::Registry> registry;
  plan::Plan plan;

  mutable std::mutex mutex;  // protects what follows; not held while somebody waits
  std::shared_ptr<Run> run;  // shared: who invokes keeps it alive
  runtime::State state = runtime::State::dormant;
  std::vector<runtime::FluxSummary> last;  // of the run that is over

  std::shared_ptr<Run> running() const {
    const std::lock_guard lock(mutex);
    return run;
  }
};

Engine::Engine(std::vector<Lifted> fluxes) : parts_(std::make_unique<Parts>()) {
  Parts& parts = *parts_;
  parts.fluxes = std::move(fluxes);
  std::string spec;
  for (const Lifted& flux : parts.fluxes) {
    spec += spec.empty() ? "" : " | ";
    for (std::size_t i = 0; i < flux.agents.size(); ++i) {
      const flux_agent* agent = flux.agents[i].get();
      spec += fmt::format("{}{}", i == 0 ? "" : " >> ", agent->name);
      if (std::find(parts.pointers.begin(), parts.pointers.end(), agent) == parts.pointers.end())
        parts.pointers.push_back(agent);
    }
    spec += settings_of(flux.config);
  }
  parts.descriptor = {FLUX_PLUGIN_MAGIC,
                      FLUX_ABI_MAJOR,
                      FLUX_TARGET_MINOR,
                      sizeof(flux_plugin),
                      kName,
                      "1.0.0",
                      nullptr,
                      parts.pointers.data(),
                      static_cast<std::uint32_t>(parts.pointers.size()),
                      nullptr};
  try {
    parts.registry.emplace([&parts](const auto&) { return &parts.descriptor; });
    parts.registry->load(std::filesystem::path(kName));
    plan::Options options;
    options.takes_perturbations = true;
    parts.plan = plan::make_plan(spec::parse(spec), *parts.registry, host(), options);
  } catch (const Error& error) {
    throw FluxError(error.message + (error.hint.empty() ? "" : ": " + error.hint));
  }
}

Engine::~Engine() = default;

void Engine::start(Next next) {
  Parts& parts = *parts_;
  const std::lock_guard lock(parts.mutex);
  const auto after = parts.run ? std::nullopt : runtime::next(parts.state, runtime::Signal::start);
  if (!after)
    throw FluxError(fmt::format("a pipeline that is {} cannot start{}", runtime::name_of(parts.state),
                                parts.state == runtime::State::collapsed ? ": reset it first" : ""));
  static const bool ignores = std::signal(SIGPIPE, SIG_IGN) != SIG_ERR;
  if (!ignores) throw FluxError("cannot ignore SIGPIPE");
  parts.run = std::make_shared<Run>(parts.plan, host(), false);
  parts.run->feed(std::move(next));
  parts.state = *after;
}

bool Engine::read(std::string& line) {
  const auto run = parts_->running();
  if (run && run->read(line)) return true;
  finish();
  return false;
}

void Engine::finish() {
  Parts& parts = *parts_;
  const auto run = parts.running();
  if (!run) return;
  run->stop_reading();
  const std::lock_guard lock(parts.mutex);
  parts.last = run->live().summary().fluxes;
  parts.run.reset();
  parts.state = runtime::State::stopped;
  for (const runtime::FluxSummary& flux : parts.last)
    if (flux.state == runtime::State::collapsed) parts.state = runtime::State::collapsed;
}

std::vector<std::string> Engine::invoke(const std::string& event, const Invocation& how) {
  Parts& parts = *parts_;
  auto run = parts.running();
  if (!run) {
    const State now = state();
    if (now != State::dormant)
      throw FluxError(fmt::format("a pipeline that is {} takes no event", runtime::name_of(parts.state)));
    run = std::make_shared<Run>(parts.plan, host(), true);  // lifted for this event alone
  }
  auto coming = run->live().submit({event, {}, false}, how.priority);
  if (coming.wait_for(how.timeout) != std::future_status::ready)
    throw FluxError("no answer in time; the event may be served yet");
  runtime::Answer answer = coming.get();
  if (answer.kind != runtime::Answer::Kind::answered) throw FluxError(answer.error);
  return std::move(answer.results);
}

void Engine::stop() {
  Parts& parts = *parts_;
  if (const auto run = parts.running()) return run->live().stop();
  const std::lock_guard lock(parts.mutex);
  if (parts.state == runtime::State::dormant)
    parts.state = *runtime::next(parts.state, runtime::Signal::drain);
}

void Engine::reset() {
  Parts& parts = *parts_;
  const std::lock_guard lock(parts.mutex);
  const auto after = runtime::next(parts.state, runtime::Signal::reset);
  if (!after)
    throw FluxError(fmt::format("a pipeline that is {} is not reset", runtime::name_of(parts.state)));
  parts.state = *after;
  parts.last.clear();
}

State Engine::state() const {
  const Parts& parts = *parts_;
  if (const auto run = parts.running()) {
    const runtime::Summary summary = run->live().summary();
    for (const runtime::FluxSummary& flux : summary.fluxes)
      if (flux.state == runtime::State::collapsed) return State::collapsed;
    return state_of(summary.fluxes.front().state);
  }
  const std::lock_guard lock(parts.mutex);
  return state_of(parts.state);
}

Counters Engine::counters(std::size_t flux) const {
  const Parts& parts = *parts_;
  const auto run = parts.running();
  const auto fluxes = run ? run->live().summary().fluxes : parts.last;
  if (flux >= fluxes.size()) return {};
  const runtime::Books& b = fluxes[flux].books;
  return {b.upstream,    b.fed_back, b.perturbed,   b.gave,      b.filtered, b.absorbed, b.failed,
          b.unprocessed, b.results,  b.finish_rows, b.delivered, b.dropped,  b.answered, b.feedback_dropped};
}

std::string quote(const std::string& text) {
  std::string string(json::escaped_size_bound(text.size()), '\0');
  string.resize(static_cast<std::size_t>(json::put_string(string.data(), text) - string.data()));
  return string;
}

std::string unquote(const std::string& json) {
  std::string text(json.size(), '\0');
  text.resize(json::unescape(std::string_view(json).substr(1, json.size() - 2), text.data()));
  return text;
}

std::string write(double number) {
  char text[json::kFloatRoom];
  return {text, json::put_float(text, number)};
}

}  // namespace flux::embed
