// Fluxes in C++: the laws of the functor, states, and events from outside.
#include <flux/functor.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <optional>
#include <ranges>
#include <thread>

using flux::FluxConfig;
using flux::FluxError;
using flux::lift;
using flux::State;

namespace {

struct Double {
  std::int64_t invoke(std::int64_t x) const { return 2 * x; }
};

struct AddOne {
  std::int64_t invoke(std::int64_t x) const { return x + 1; }
};

struct Total {
  std::int64_t invoke(std::int64_t x) { return total += x; }
  std::int64_t total = 0;
};

struct Spell {
  std::string invoke(std::int64_t x) const { return "<" + std::to_string(x) + ">\n\"\xC3\xA9"; }
};

struct Length {
  std::int64_t invoke(std::string_view text) const { return static_cast<std::int64_t>(text.size()); }
};

struct Odd {
  std::int64_t invoke(std::int64_t x) const {
    if (x % 2 == 0) throw std::runtime_error(std::to_string(x) + " is even");
    return x;
  }
};

template <class Results>
auto all(Results results) {
  std::vector<std::remove_cvref_t<decltype(*results.begin())>> values;
  for (const auto& value : results) values.push_back(value);
  return values;
}

auto up_to(std::int64_t n) { return std::views::iota(std::int64_t{0}, n); }

using Ints = std::vector<std::int64_t>;

std::string refusal(const auto& body) {
  try {
    body();
  } catch (const FluxError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a lifted agent maps a stream, and fluxes joined are one after the other") {
  CHECK(all(lift(Double{}).start(up_to(5))) == Ints{0, 2, 4, 6, 8});
  CHECK(all((lift(Double{}) | lift(AddOne{})).start(up_to(5))) == Ints{1, 3, 5, 7, 9});
  CHECK(all((lift(Double{}) >> lift(AddOne{})).start(up_to(5))) == Ints{1, 3, 5, 7, 9});
  CHECK(flux::unlift(lift(Total{7})).total == 7);
}

TEST_CASE("a function is an agent, also one that holds something") {
  const std::int64_t factor = 3;
  CHECK(all(lift([factor](std::int64_t x) { return factor * x; }).start(up_to(3))) == Ints{0, 3, 6});
  const auto even = lift([](std::int64_t x) { return x % 2 == 0 ? std::optional(x) : std::nullopt; });
  CHECK(all((even | lift(AddOne{})).start(up_to(5))) == Ints{1, 3, 5});
}

TEST_CASE("an agent starts as it was lifted, in every run") {
  auto total = lift(Total{100});
  CHECK(all(total.start(up_to(4))) == Ints{100, 101, 103, 106});
  CHECK(all(total.start(up_to(4))) == Ints{100, 101, 103, 106});
}

TEST_CASE("text and JSON go in and come out") {
  CHECK(all((lift(Spell{}) | lift(Length{})).start(up_to(3))) == Ints{7, 7, 7});
  CHECK(all(lift(Spell{}).start(up_to(1))) == std::vector<std::string>{"<0>\n\"\xC3\xA9"});
  const std::vector<flux::JsonText> events = {{"{\"a\":\n1}"}, {"12345678901234567890"}};
  auto same = lift([](flux::Json event) { return flux::JsonText{std::string(event.text)}; });
  CHECK(all(same.start(events)) == std::vector<flux::JsonText>{{"{\"a\":1}"}, {"12345678901234567890"}});
  CHECK(all(lift([](double x) { return x / 2; }).start(std::vector<double>{1, 5})) ==
        std::vector<double>{0.5, 2.5});
  CHECK(all(lift([](bool x) { return !x; }).start(std::vector<bool>{true, false})) ==
        std::vector<bool>{false, true});
}

TEST_CASE("states follow what happens, and only the ways that there are") {
  auto pipeline = lift(Double{});
  CHECK(pipeline.state() == State::dormant);
  CHECK(refusal([&] { pipeline.reset(); }) == "a pipeline that is DORMANT is not reset");
  {
    auto results = pipeline.start(up_to(2));
    CHECK(refusal([&] { static_cast<void>(pipeline.start(up_to(2))); }) ==
          "a pipeline that is FLOWING cannot start");
    CHECK(all(std::move(results)) == Ints{0, 2});
  }
  CHECK(pipeline.state() == State::stopped);
  CHECK(refusal([&] { static_cast<void>(pipeline.invoke(1)); }) ==
        "a pipeline that is STOPPED takes no event");
  CHECK(all(pipeline.start(up_to(1))) == Ints{0});
}

TEST_CASE("a flux that collapses has to be reset before it starts again") {
  auto pipeline = lift(Double{}, FluxConfig{});  // 1.0 at 0.01 each
  CHECK(all(pipeline.start(up_to(200))).size() == 100);
  CHECK(pipeline.state() == State::collapsed);
  CHECK(pipeline.counters().gave == 100);
  CHECK(refusal([&] { static_cast<void>(pipeline.start(up_to(1))); }) ==
        "a pipeline that is COLLAPSED cannot start: reset it first");
  pipeline.reset();
  CHECK(pipeline.state() == State::dormant);
  CHECK(all(pipeline.start(up_to(3))).size() == 3);
}

TEST_CASE("a bounded flux stops with its last event, one that feeds back grows") {
  CHECK(all(lift(Double{}, FluxConfig::bounded(2)).start(up_to(9))) == Ints{0, 2});
  FluxConfig config = FluxConfig::ouroboric(0.5);
  CHECK(all(lift(AddOne{}, config).start(std::views::iota(std::int64_t{1}, std::int64_t{4}))) ==
        Ints{2, 3, 4, 4, 5});
  CHECK(refusal([] { lift(Double{}, FluxConfig::ouroboric(1)); }).starts_with("this would never end"));
}

TEST_CASE("a dormant pipeline applies its agents to one event") {
  auto pipeline = lift(Total{1}) | lift(AddOne{});
  CHECK(pipeline.invoke(5) == Ints{7});
  CHECK(pipeline.invoke(5) == Ints{7});
  CHECK(pipeline.state() == State::dormant);
  auto odd = lift(Odd{});
  CHECK(refusal([&] { static_cast<void>(odd.invoke(4)); }).ends_with(": 4 is even"));
}

TEST_CASE("an event enters a running pipeline, and everybody is answered") {
  std::atomic<bool> is_enough{false};
  auto pipeline = lift(Double{}) | lift(Total{});
  const auto numbers = std::views::iota(std::int64_t{0}) |
                       std::views::take_while([&](std::int64_t) { return !is_enough.load(); });
  std::vector<std::jthread> callers;
  std::atomic<int> answered{0};
  auto results = pipeline.start(numbers);
  for (int i = 0; i < 3; ++i)
    callers.emplace_back([&] {
      for (int n = 0; n < 50; ++n) answered += static_cast<int>(pipeline.invoke(1).size());
    });
  for (const std::int64_t total : results) {
    CHECK(total >= 0);
    if (answered.load() == 150) is_enough = true;
  }
  CHECK(answered.load() == 150);
  CHECK(pipeline.counters(1).answered == 150);
}

TEST_CASE("results that nobody wants any more end the run, however long the source is") {
  auto pipeline = lift(Double{});
  {
    auto results = pipeline.start(std::views::iota(std::int64_t{0}));
    CHECK(*++results.begin() == 2);
  }
  CHECK(pipeline.state() == State::stopped);
  {
    auto results = pipeline.start(std::views::iota(std::int64_t{0}));
    pipeline.stop();
    for (const std::int64_t value : results) CHECK(value >= 0);
  }
  CHECK(pipeline.state() == State::stopped);
}
