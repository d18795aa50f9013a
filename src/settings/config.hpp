// FluxConfig: what may be set on a flux, in layers. A layer is what one place says
// (a flux's own settings, the flags, the config file); `resolve` puts them on top
// of each other and fills in what none of them says.
//
// Plain values; thread safety as for any value.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "settings/decimal.hpp"
#include "settings/feedback.hpp"

namespace flux::settings {

// What happens when the buffer between a flux and its consumer is full.
enum class DropPolicy : std::uint8_t {
  block,        // the producer waits: nothing is lost, and a slow sink holds back the source
  drop_oldest,  // the oldest event in the buffer goes: for live views
  drop_newest,  // the event just produced goes: what came first is kept
};

// As a config says it: "drop_oldest".
std::string_view name_of(DropPolicy policy);

enum class Preset : std::uint8_t { infinite, bounded, ouroboric };

// What one place says of a flux's config; empty where it says nothing.
struct Layer {
  std::optional<Decimal> entropy_budget;
  std::optional<Decimal> entropy_decay;
  std::optional<std::uint64_t> max_events;
  std::optional<std::uint64_t> buffer_size;
  std::optional<DropPolicy> drop_policy;
  std::optional<Decimal> feedback_fraction;
  std::optional<std::string> feedback_transform;
  std::optional<std::uint64_t> feedback_queue_size;
  std::optional<Decimal> perturbation_timeout;
  std::optional<std::int64_t> perturbation_priority;
  std::optional<bool> emit_pheromones;
  std::optional<std::string> agent_id;
  std::optional<Preset> preset;

  // Takes one setting as written. Throws Error: an unknown key (with suggestion),
  // or a value that does not fit, saying what would.
  void set(std::string_view key, std::string_view value);
};

// Every key that Layer::set knows, for flags, schemas and suggestions.
std::span<const std::string> setting_names();

// What a flux runs under.
struct FluxConfig {
  Decimal entropy_budget = {1, 0};  // 1.0
  Decimal entropy_decay = {1, -2};  // 0.01
  std::optional<std::uint64_t> max_events;
  std::uint64_t buffer_size = 100;
  DropPolicy drop_policy = DropPolicy::block;
  Feedback feedback;
  Decimal perturbation_timeout = {10, 0};  // seconds that somebody waits for an answer
  std::int64_t perturbation_priority = 100;
  bool emit_pheromones = true;
  std::string agent_id;

  static FluxConfig infinite();
  static FluxConfig bounded(std::uint64_t max_events);
  static FluxConfig ouroboric(Decimal feedback_fraction);

  // What the optimiser may treat as if there were no flux: no limit, no buffer that
  // anybody could see, nothing that returns.
  bool is_invisible() const;
};

// The first layer wins; below the last one stands `infinite`, as `flux run` has it:
// a budget alone brings in decay 0.01, a decay alone brings in budget 1.0. A preset
// stands for `infinite`, too: what layers below it say of entropy is not heard.
// Throws Error where the layers contradict themselves.
FluxConfig resolve(std::span<const Layer> layers);

// How many events a flux admits, and what happens then.
struct Limit {
  static constexpr std::uint64_t kNone = ~std::uint64_t{0};
  std::uint64_t events = kNone;
  bool collapses = false;  // true: entropy, the next event collapses the flux.
                           // false: max_events, the flux stops with the last one.
  bool is_none() const { return events == kNone; }
};
Limit limit_of(const FluxConfig& config);

// max(0, budget - events * decay) as a JSON number, "null" without a limit.
std::string entropy_remaining(const FluxConfig& config, std::uint64_t events);

}  // namespace flux::settings
