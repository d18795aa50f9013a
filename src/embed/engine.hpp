// What <flux/functor.hpp> stands on: the runtime that the program has, behind a class
// that shows nothing of it. Events and results are lines of JSON here.
//
// Thread safety: invoke(), stop(), state() and counters() by any thread; the rest by
// one at a time.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

struct flux_agent;

namespace flux {

enum class State : std::uint8_t { dormant, flowing, perturbed, draining, stopped, collapsed };

enum class DropPolicy : std::uint8_t { block, drop_oldest, drop_newest };

// What a flux runs under. Numbers are the decimals that a person would write: 0.1 is one
// tenth.
struct FluxConfig {
  double entropy_budget = 1.0;  // infinity: any number of events
  double entropy_decay = 0.01;
  std::optional<std::uint64_t> max_events;
  std::uint64_t buffer_size = 100;
  DropPolicy drop_policy = DropPolicy::block;
  double feedback_fraction = 0;
  std::uint64_t feedback_queue_size = 50;
  std::string agent_id;

  static FluxConfig infinite();
  static FluxConfig bounded(std::uint64_t max_events);
  static FluxConfig ouroboric(double feedback_fraction);
};

// The books of one flux.
struct Counters {
  std::uint64_t upstream = 0, fed_back = 0, perturbed = 0;
  std::uint64_t gave = 0, filtered = 0, absorbed = 0, failed = 0, unprocessed = 0;
  std::uint64_t results = 0, finish_rows = 0;
  std::uint64_t delivered = 0, dropped = 0, answered = 0, feedback_dropped = 0;
};

// A pipeline that cannot be made, or cannot do that in the state that it is in.
class FluxError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// How an event from outside is served.
struct Invocation {
  std::int64_t priority = 100;  // higher ones first
  std::chrono::milliseconds timeout{10'000};
};

namespace embed {

struct Lifted {
  std::vector<std::shared_ptr<const flux_agent>> agents;  // shared: a copy of a flux runs the same ones
  FluxConfig config;
};

class Engine {
 public:
  // Gives the next event; false at the end.
  using Next = std::function<bool(std::string& line)>;

  // Throws FluxError where types do not fit or a setting is wrong.
  explicit Engine(std::vector<Lifted> fluxes);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  void start(Next next);
  // The next result; false at the end.
  bool read(std::string& line);
  // Ends the run, whatever is not read yet, and waits for that.
  void finish();

  std::vector<std::string> invoke(const std::string& event, const Invocation& how);
  void stop();
  void reset();
  State state() const;
  Counters counters(std::size_t flux) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

std::string quote(const std::string& text);
std::string unquote(const std::string& json);
std::string write(double number);

}  // namespace embed
}  // namespace flux
