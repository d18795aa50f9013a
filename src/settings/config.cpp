#include "settings/config.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "core/error.hpp"

namespace flux::settings {

namespace {

const std::array<std::string, 13> kNames = {"entropy_budget",
                                            "entropy_decay",
                                            "max_events",
                                            "buffer_size",
                                            "drop_policy",
                                            "feedback_fraction",
                                            "feedback_transform",
                                            "feedback_queue_size",
                                            "perturbation_timeout",
                                            "perturbation_priority",
                                            "emit_pheromones",
                                            "agent_id",
                                            "preset"};

[[noreturn]] void refuse(std::string_view key, std::string_view value, std::string_view expected) {
  throw Error(fmt::format("'{}' must be {}, found '{}'", key, expected, printable(value)));
}

Decimal decimal(std::string_view key, std::string_view value, std::string_view expected) {
  const auto number = Decimal::parse(value);
  if (!number) refuse(key, value, expected);
  return *number;
}

template <class Int>
Int integer(std::string_view key, std::string_view value, Int least, std::string_view expected) {
  Int number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size() || number < least)
    refuse(key, value, expected);
  return number;
}

DropPolicy drop_policy(std::string_view value) {
  if (value == "block") return DropPolicy::block;
  if (value == "drop_oldest") return DropPolicy::drop_oldest;
  if (value == "drop_newest") return DropPolicy::drop_newest;
  refuse("drop_policy", value, "block, drop_oldest or drop_newest");
}

Preset preset_named(std::string_view value) {
  if (value == "infinite") return Preset::infinite;
  if (value == "bounded") return Preset::bounded;
  if (value == "ouroboric") return Preset::ouroboric;
  refuse("preset", value, "infinite, bounded or ouroboric");
}

bool boolean(std::string_view key, std::string_view value) {
  if (value != "true" && value != "false") refuse(key, value, "true or false");
  return value == "true";
}

}  // namespace

std::string_view name_of(DropPolicy policy) {
  switch (policy) {
    case DropPolicy::block:
      return "block";
    case DropPolicy::drop_oldest:
      return "drop_oldest";
    case DropPolicy::drop_newest:
      return "drop_newest";
  }
  return "?";
}

std::span<const std::string> setting_names() { return kNames; }

void Layer::set(std::string_view key, std::string_view value) {
  if (key == "entropy_budget") {
    entropy_budget = decimal(key, value, "a number above 0, or inf");
    if (entropy_budget->is_zero()) refuse(key, value, "a number above 0, or inf");
  } else if (key == "entropy_decay") {
    entropy_decay = decimal(key, value, "a number from 0 on");
    if (entropy_decay->infinite) refuse(key, value, "a number from 0 on");
  } else if (key == "max_events") {
    max_events = integer<std::uint64_t>(key, value, 1, "a whole number from 1 on");
  } else if (key == "buffer_size") {
    buffer_size = integer<std::uint64_t>(key, value, 1, "a whole number from 1 on");
  } else if (key == "drop_policy") {
    drop_policy = settings::drop_policy(value);
  } else if (key == "feedback_fraction") {
    feedback_fraction = decimal(key, value, "a number from 0 to 1");
    if (feedback_fraction->infinite || divide_up(*feedback_fraction, {1, 0}) > 1)
      refuse(key, value, "a number from 0 to 1");
  } else if (key == "feedback_transform") {
    feedback_transform = std::string(value);
  } else if (key == "feedback_queue_size") {
    feedback_queue_size = integer<std::uint64_t>(key, value, 1, "a whole number from 1 on");
  } else if (key == "perturbation_timeout") {
    perturbation_timeout = decimal(key, value, "seconds from 0 on, or inf");
  } else if (key == "perturbation_priority") {
    perturbation_priority = integer<std::int64_t>(key, value, INT64_MIN, "a whole number");
  } else if (key == "emit_pheromones") {
    emit_pheromones = boolean(key, value);
  } else if (key == "agent_id") {
    if (value.empty()) refuse(key, value, "a name");
    agent_id = std::string(value);
  } else if (key == "preset") {
    preset = preset_named(value);
  } else {
    const auto near = nearest(key, kNames);
    throw Error(fmt::format("unknown setting '{}'", printable(key)),
                near ? fmt::format("did you mean '{}'?", *near)
                     : fmt::format("the settings are {}", fmt::join(kNames, ", ")));
  }
}

FluxConfig FluxConfig::infinite() {
  FluxConfig config;
  config.entropy_budget = Decimal::infinity();
  config.entropy_decay = {};
  return config;
}

FluxConfig FluxConfig::bounded(std::uint64_t max_events) {
  FluxConfig config = infinite();
  config.max_events = max_events;
  return config;
}

FluxConfig FluxConfig::ouroboric(Decimal feedback_fraction) {
  FluxConfig config = infinite();
  config.feedback.fraction = feedback_fraction;
  return config;
}

bool FluxConfig::is_invisible() const {
  return limit_of(*this).is_none() && drop_policy == DropPolicy::block && !feedback.is_on();
}

FluxConfig resolve(std::span<const Layer> layers) {
  Layer top;
  bool is_bounded = false;
  bool is_ouroboric = false;
  bool has_preset = false;
  for (const Layer& layer : layers) {
    const auto under = [](auto& upper, const auto& lower) {
      if (!upper) upper = lower;
    };
    // A preset starts anew: what lower layers say of entropy is no longer heard.
    if (!has_preset) {
      under(top.entropy_budget, layer.entropy_budget);
      under(top.entropy_decay, layer.entropy_decay);
    }
    has_preset = has_preset || layer.preset;
    is_bounded = is_bounded || layer.preset == Preset::bounded;
    is_ouroboric = is_ouroboric || layer.preset == Preset::ouroboric;
    under(top.max_events, layer.max_events);
    under(top.buffer_size, layer.buffer_size);
    under(top.drop_policy, layer.drop_policy);
    under(top.feedback_fraction, layer.feedback_fraction);
    under(top.feedback_transform, layer.feedback_transform);
    under(top.feedback_queue_size, layer.feedback_queue_size);
    under(top.perturbation_timeout, layer.perturbation_timeout);
    under(top.perturbation_priority, layer.perturbation_priority);
    under(top.emit_pheromones, layer.emit_pheromones);
    under(top.agent_id, layer.agent_id);
  }
  if (is_bounded && !top.max_events)
    throw Error("the preset 'bounded' needs 'max_events'", "write preset=bounded, max_events=N");
  const bool feeds_back = top.feedback_fraction && !top.feedback_fraction->is_zero();
  if (is_ouroboric && !feeds_back)
    throw Error("the preset 'ouroboric' needs 'feedback_fraction'",
                "write preset=ouroboric, feedback_fraction=0.5");
  if (top.feedback_transform && !top.feedback_fraction)
    throw Error("'feedback_transform' needs 'feedback_fraction'",
                "say which share of the outputs returns: feedback_fraction=0.5");
  const FluxConfig defaults;
  FluxConfig config = FluxConfig::infinite();
  if (top.entropy_budget || top.entropy_decay) {
    config.entropy_budget = top.entropy_budget.value_or(defaults.entropy_budget);
    config.entropy_decay = top.entropy_decay.value_or(defaults.entropy_decay);
  }
  config.max_events = top.max_events;
  config.buffer_size = top.buffer_size.value_or(defaults.buffer_size);
  config.drop_policy = top.drop_policy.value_or(defaults.drop_policy);
  config.feedback.fraction = top.feedback_fraction.value_or(defaults.feedback.fraction);
  config.feedback.transform = top.feedback_transform.value_or("");
  config.feedback.queue_size = top.feedback_queue_size.value_or(defaults.feedback.queue_size);
  config.perturbation_timeout = top.perturbation_timeout.value_or(defaults.perturbation_timeout);
  config.perturbation_priority = top.perturbation_priority.value_or(defaults.perturbation_priority);
  config.emit_pheromones = top.emit_pheromones.value_or(defaults.emit_pheromones);
  config.agent_id = top.agent_id.value_or("");
  return config;
}

Limit limit_of(const FluxConfig& config) {
  Limit limit;
  if (!config.entropy_budget.infinite && !config.entropy_decay.is_zero())
    limit = {divide_up(config.entropy_budget, config.entropy_decay), true};
  if (config.max_events && *config.max_events <= limit.events) limit = {*config.max_events, false};
  return limit;
}

std::string entropy_remaining(const FluxConfig& config, std::uint64_t events) {
  if (config.entropy_budget.infinite || config.entropy_decay.is_zero()) return "null";
  return subtract_times(config.entropy_budget, events, config.entropy_decay);
}

}  // namespace flux::settings
