// Fluxes in C++: lift an agent, join fluxes, run them over a range, and ask them while
// they run. The same runtime as that of the program.
//
//   Flux: Agent[A, B] -> Agent[Flux[A], Flux[B]]
//
//   auto doubled = flux::lift(Double{}) | flux::lift(AddOne{});
//   for (std::int64_t x : doubled.start(std::views::iota(0, 5))) ...
//
// An agent is what <flux/agent.hpp> says, or a C++ function object of one event. Events
// are std::int64_t, double, bool, std::string or flux::JsonText.
//
// Thread safety: invoke(), stop(), state() and counters() of one pipeline may be called
// by any thread; the rest by one at a time. Copies of a pipeline are pipelines of their
// own.
#pragma once

#include <flux/bridge.hpp>
#include <flux/value.hpp>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <concepts>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine.hpp"

namespace flux {

namespace embed {

// How an event is written as a line, and read from one.
template <class T>
concept Event = std::same_as<T, std::int64_t> || std::same_as<T, double> || std::same_as<T, bool> ||
    std::same_as<T, std::string> || std::same_as<T, JsonText>;

template <Event T>
std::string line_of(const T& event) {
  if constexpr (std::same_as<T, JsonText>) {  // one line: a newline can only be white space
    std::string line = event.text;
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
  } else if constexpr (std::same_as<T, std::string>)
    return quote(event);
  else if constexpr (std::same_as<T, bool>)
    return event ? "true" : "false";
  else if constexpr (std::same_as<T, double>)
    return write(event);
  else
    return std::to_string(event);
}

// REQUIRES: what a flux of that type gave.
template <Event T>
T event_of(const std::string& line) {
  if constexpr (std::same_as<T, JsonText>)
    return {line};
  else if constexpr (std::same_as<T, std::string>)
    return unquote(line);
  else if constexpr (std::same_as<T, bool>)
    return line == "true";
  else {
    T number{};
    std::from_chars(line.data(), line.data() + line.size(), number);
    return number;
  }
}

// What an agent calls a string or JSON while it sees it, and what is left of it.
template <class T>
struct Owned {
  using type = T;
};
template <>
struct Owned<std::string_view> {
  using type = std::string;
};
template <>
struct Owned<Json> {
  using type = JsonText;
};

// A function object as an agent.
template <class F, class R, class X>
struct OfFunction {
  std::optional<F> function;  // optional: what captures something cannot be made from nothing
  R invoke(X event) const { return (*function)(event); }
};
template <class F, class R, class X>
OfFunction<F, R, X> of_function(F function, R (F::*)(X) const) {
  return {std::move(function)};
}

template <class A>
concept Agent = requires {
  &A::invoke;
};

template <class A>
auto as_agent(A agent) {
  if constexpr (Agent<A>) {
    return agent;
  } else {
    static_assert(
        requires { &A::operator(); }, "flux: an agent has an invoke(), or is a function of one event");
    return of_function(std::move(agent), &A::operator());
  }
}

// Names have to differ within a program.
inline unsigned next_number() {
  static std::atomic<unsigned> count{0};  // relaxed: only has to differ
  return count.fetch_add(1, std::memory_order_relaxed) + 1;
}

// A description whose instances start as copies of an agent.
template <class A>
struct Prototype : flux_agent {
  explicit Prototype(A agent_) : flux_agent{}, agent(std::move(agent_)) {
    text = "agent_" + std::to_string(next_number());
    detail::Bridge<A>::fill(*this);
    name = text.c_str();
    version = "1.0.0";
    summary = "embedded";
    create = [](const flux_agent* self, const flux_host*, const flux_value*,
                flux_error* err) noexcept -> void* {
      void* made = nullptr;
      detail::guarded(err,
                      [&] { made = new detail::Instance<A>(static_cast<const Prototype*>(self)->agent); });
      return made;
    };
  }
  Prototype(const Prototype&) = delete;
  Prototype& operator=(const Prototype&) = delete;

  A agent;
  std::string text;
};

}  // namespace embed

// The results of a run, as they come. Ends the run when it goes.
template <class Out>
class Results {
 public:
  class Iterator {
   public:
    using value_type = Out;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;

    explicit Iterator(Results& results) : results_(&results) { ++*this; }
    const Out& operator*() const { return results_->current_; }
    Iterator& operator++() {
      results_->advance();
      return *this;
    }
    void operator++(int) { ++*this; }
    bool operator==(std::default_sentinel_t) const { return results_->is_over_; }

   private:
    Results* results_;
  };

  explicit Results(std::shared_ptr<embed::Engine> engine) : engine_(std::move(engine)) {}
  Results(Results&&) noexcept = default;
  Results& operator=(Results&&) = delete;
  ~Results() {
    if (engine_) engine_->finish();
  }

  Iterator begin() { return Iterator(*this); }
  std::default_sentinel_t end() const { return {}; }

 private:
  void advance() {
    std::string line;
    is_over_ = !engine_->read(line);
    if (!is_over_) current_ = embed::event_of<Out>(line);
  }

  std::shared_ptr<embed::Engine> engine_;  // shared: with the pipeline that it runs
  Out current_{};
  bool is_over_ = false;
};

// Fluxes from events of one type to events of another.
template <embed::Event In, embed::Event Out>
class Pipeline {
 public:
  explicit Pipeline(std::vector<embed::Lifted> fluxes)
      : fluxes_(std::move(fluxes)), engine_(std::make_shared<embed::Engine>(fluxes_)) {}
  Pipeline(const Pipeline& other) : Pipeline(other.fluxes_) {}
  Pipeline(Pipeline&&) noexcept = default;
  Pipeline& operator=(const Pipeline&) = delete;
  Pipeline& operator=(Pipeline&&) noexcept = default;
  ~Pipeline() = default;

  // Runs over a range, which another thread reads; the results are a range.
  template <std::ranges::input_range Source>
  requires std::convertible_to<std::ranges::range_reference_t<Source>, In>
  [[nodiscard]] Results<Out> start(Source source) {
    auto held = std::make_shared<Source>(std::move(source));  // shared: std::function copies
    auto at = std::make_shared<std::ranges::iterator_t<Source>>(std::ranges::begin(*held));
    engine_->start([held, at](std::string& line) {
      if (*at == std::ranges::end(*held)) return false;
      line = embed::line_of<In>(static_cast<In>(**at));
      ++*at;
      return true;
    });
    return Results<Out>(engine_);
  }

  // Ahead of all that is queued while it runs; DORMANT, of agents lifted for it alone.
  // Throws FluxError where an agent refuses it, or the state does.
  [[nodiscard]] std::vector<Out> invoke(const In& event, const Invocation& how = {}) {
    std::vector<Out> results;
    for (const std::string& line : engine_->invoke(embed::line_of<In>(event), how))
      results.push_back(embed::event_of<Out>(line));
    return results;
  }

  void stop() { engine_->stop(); }
  void reset() { engine_->reset(); }
  State state() const { return engine_->state(); }
  Counters counters(std::size_t flux = 0) const { return engine_->counters(flux); }

  const std::vector<embed::Lifted>& fluxes() const { return fluxes_; }

 private:
  std::vector<embed::Lifted> fluxes_;
  std::shared_ptr<embed::Engine> engine_;  // shared: with the results of a run
};

// One agent, lifted.
template <class A, embed::Event In, embed::Event Out>
class Flux : public Pipeline<In, Out> {
 public:
  Flux(A agent, std::shared_ptr<const embed::Prototype<A>> prototype, const FluxConfig& config)
      : Pipeline<In, Out>({{{std::move(prototype)}, config}}), agent_(std::move(agent)) {}
  const A& agent() const { return agent_; }

 private:
  A agent_;
};

// A flux of an agent, or of a function of one event.
template <class F>
auto lift(F agent, const FluxConfig& config = FluxConfig::infinite()) {
  auto made = embed::as_agent(std::move(agent));
  using A = decltype(made);
  using In = typename embed::Owned<typename detail::Traits<A>::In>::type;
  using Out = typename embed::Owned<typename detail::Traits<A>::Out>::type;
  auto prototype = std::make_shared<const embed::Prototype<A>>(made);
  return Flux<A, In, Out>(std::move(made), std::move(prototype), config);
}

// The agent that was lifted.
template <class A, class In, class Out>
A unlift(const Flux<A, In, Out>& flux) {
  return flux.agent();
}

// Two fluxes, each with its own config.
template <class In, class Mid, class Out>
Pipeline<In, Out> operator|(const Pipeline<In, Mid>& first, const Pipeline<Mid, Out>& second) {
  auto fluxes = first.fluxes();
  fluxes.insert(fluxes.end(), second.fluxes().begin(), second.fluxes().end());
  return Pipeline<In, Out>(std::move(fluxes));
}

// One flux of both agents, under the config of the first.
template <class In, class Mid, class Out>
Pipeline<In, Out> operator>>(const Pipeline<In, Mid>& first, const Pipeline<Mid, Out>& second) {
  embed::Lifted both{{}, first.fluxes().front().config};
  for (const auto* side : {&first.fluxes(), &second.fluxes()})
    for (const embed::Lifted& flux : *side)
      both.agents.insert(both.agents.end(), flux.agents.begin(), flux.agents.end());
  return Pipeline<In, Out>({std::move(both)});
}

}  // namespace flux
