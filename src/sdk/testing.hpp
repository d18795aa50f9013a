// Tests of an agent without a flux: events in, lines out, through the functions that
// flux calls.
//
//   #include <flux/testing.hpp>
//
//   flux::testing::Agent<Shout> shout;
//   assert(shout.run(R"("a")", "1") == flux::testing::lines(R"("A")", "! event 2: wants string, found 1"));
//
//   flux::testing::Agent<Shout> twice(R"({"times": 2})");     // with parameters
//   flux::testing::Agent<Shout> thrice({.times = 3});         // with a Config
//
// run() is a whole stream on a new instance, up to finish(). Its lines are what flux
// would write, compact: results in the order of their events, in the place of those of
// an event that failed "! event N: why", then the last results. What ends the stream is
// a line as well: "! the agent is broken: why", "! the agent was not made: why".
//
// Every run is made once more in batches of 1, 2 and 7, which must give the same lines.
// Otherwise the last line says "! in batches of 2 line 3 differs: …".
//
// stream() makes one instance, to be led step by step, beside others:
//
//   flux::testing::Agent<Tally> tally;
//   auto one = tally.stream(), other = tally.stream();
//   one.run("1", "2"), other.run("3");
//   one.merge(other);                          // or: other.restore(one.save()); one.interrupt()
//   assert(one.finish() == flux::testing::lines("3"));
//
// An expression is worked out by flux, and the agent meets its value. A test says what
// it comes to by a function of the event, or of what the event holds:
//
//   flux::testing::Agent<Alarm> alarm(R"({"when": "ms > 250"})");
//   alarm.expression("ms > 250", [](const Request& request) { return request.ms > 250; });
//
// Lines compare, print, and are a std::vector<std::string>: for assert() and any test
// framework.
//
// Depends on agent.hpp alone. Thread safety: none, but for Stream::interrupt().
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "agent.hpp"
#include "testing_stream.hpp"

namespace flux::testing {

namespace detail {

struct NoConfig {
  explicit NoConfig(std::nullptr_t) = delete;
};
template <class A>
struct ConfigOf : std::type_identity<NoConfig> {};
template <class A>
requires flux::detail::Configured<A>
struct ConfigOf<A> : std::type_identity<typename A::Config> {
};

// What a function of the event takes.
template <class F>
struct Argument;
template <class F, class Ret, class In>
struct Argument<Ret (F::*)(In) const> : std::type_identity<std::remove_cvref_t<In>> {};

}  // namespace detail

// REQUIRES: A keeps to the rules of FLUX_AGENT, which it need not be registered by.
template <class A>
class Agent {
 public:
  using Config = typename detail::ConfigOf<A>::type;

  explicit Agent(std::string_view parameters = "{}") {
    describe();
    setup_.parameters = parameters;
  }
  // Of an agent without expressions: a Config does not hold their text.
  explicit Agent(Config config) {
    describe();
    setup_.parameters.reset();
    setup_.create = [config = std::move(config)](flux_error& err) {
      void* made = nullptr;
      flux::detail::guarded(&err, [&] { made = new flux::detail::Instance<A>(config); });
      return made;
    };
  }
  Agent(const Agent&) = delete;
  Agent& operator=(const Agent&) = delete;

  // `value`: a lambda that takes what an agent may take, text as std::string, and gives
  // what flux::JsonWriter writes. What it throws fails the event.
  template <class F>
  Agent& expression(const std::string& text, F value) {
    using In = typename detail::Argument<decltype(&F::operator())>::type;
    setup_.expressions[text] = [value = std::move(value)](Json event) {
      JsonWriter json;
      json.value(value(flux::detail::decode<In>(event, {})));
      return json.take();
    };
    return *this;
  }

  // One instance, and one stream. Throws std::runtime_error if the agent makes none.
  // REQUIRES: this outlives it.
  Stream stream(Room room = {}) const {
    Setup setup = setup_;
    setup.room = room;
    return Stream(agent_, setup);
  }

  template <class... Text>
  Lines run(const Text&... events) const {
    return run(std::vector<std::string>{std::string(events)...});
  }
  Lines run(const std::vector<std::string>& events) const {
    Lines whole = run_in_batches(events, std::max<std::size_t>(events.size(), 1));
    for (const std::size_t size : {1, 2, 7}) {
      const Lines cut = run_in_batches(events, size);
      if (cut == whole) continue;
      const auto [a, b] = std::mismatch(whole.begin(), whole.end(), cut.begin(), cut.end());
      whole.push_back("! in batches of " + std::to_string(size) + " line " +
                      std::to_string(b - cut.begin() + 1) +
                      " differs: " + (b == cut.end() ? "there is none" : *b));
      break;
    }
    return whole;
  }
  // In batches of one size alone: for agents that are not the same twice.
  Lines run_in_batches(const std::vector<std::string>& events, std::size_t size) const {
    try {
      Stream one(agent_, setup_);
      Lines all = one.run_in_batches(events, size);
      for (std::string& last : one.finish()) all.push_back(std::move(last));
      return all;
    } catch (const std::exception& why) {
      return lines("! the agent was not made: " + std::string(why.what()));
    }
  }

 private:
  void describe() {
    agent_.name = "agent";
    agent_.version = "0";
    agent_.summary = "";
    flux::detail::Bridge<A>::fill(agent_);
  }

  Setup setup_;
  flux_agent agent_{};
};

}  // namespace flux::testing
