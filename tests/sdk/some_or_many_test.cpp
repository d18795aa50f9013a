// Agents that give none, one or several results per event, in as little room as
// flux may have.
#include <doctest/doctest.h>

#include <cstdint>
#include <flux/agent.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fake_host.hpp"

using flux_test::FakeHost;
using flux_test::Outcome;
using Lines = std::vector<std::string>;

namespace {

struct Odd {
  std::optional<std::int64_t> invoke(std::int64_t x) const {
    if (x % 2 == 0) return {};
    return x;
  }
};
FLUX_AGENT(Odd, "odd", "Keeps odd integers");

struct Words {
  std::vector<std::string_view> invoke(std::string_view text) const {
    std::vector<std::string_view> words;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find(' ', begin), text.size());
      words.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
    return words;
  }
};
FLUX_AGENT(Words, "words", "Splits text at spaces");

struct CountTo {
  auto invoke(std::int64_t n) const {
    if (n < 0) throw flux::Refused("negative");
    return flux::Series(static_cast<std::size_t>(n), [n](std::size_t i) {
      ++made;
      if (n == 13 && i == 2) throw flux::Refused("13 brings bad luck");
      return static_cast<std::int64_t>(i) + 1;
    });
  }
  static inline std::size_t made = 0;
};
FLUX_AGENT(CountTo, "count_to", "From one to an integer");

// Has state, so that it cannot be asked twice for the same event.
class Numbered {
 public:
  std::vector<std::string> invoke(std::string_view text) {
    ++events_;
    return {std::to_string(events_) + "a " + std::string(text), std::to_string(events_) + "b"};
  }

 private:
  int events_ = 0;
};
FLUX_AGENT(Numbered, "numbered", "Two numbered texts per event");

}  // namespace

TEST_CASE("an optional result filters") {
  const Outcome outcome = FakeHost("odd").run({{"1"}, {"2"}, {"3"}});
  CHECK(outcome.results == Lines{"0: 1", "2: 3"});
  CHECK(outcome.failures.empty());
}

TEST_CASE("a vector gives several results, each with its origin") {
  CHECK(FakeHost("words").run({{"a bc"}, {""}, {"d"}}).results == Lines{"0: a", "0: bc", "2: d"});
}

TEST_CASE("several results go on where room ended") {
  const Lines all{"0: 1", "0: 2", "0: 3", "0: 4", "0: 5", "2: 1", "3: 1", "3: 2"};
  for (std::size_t capacity = 1; capacity < 12; ++capacity) {
    CAPTURE(capacity);
    CHECK(FakeHost("count_to", {}, {.capacity = capacity}).run({{"5"}, {"0"}, {"1"}, {"2"}}).results == all);
  }
}

TEST_CASE("a series makes each result once, when there is room for it") {
  CountTo::made = 0;
  const Outcome outcome = FakeHost("count_to", {}, {.capacity = 64}).run({{"1000"}});
  CHECK(outcome.results.size() == 1000);
  CHECK(outcome.calls == 16);
  CHECK(CountTo::made == 1000);
}

TEST_CASE("an event that fails halfway has given nothing") {
  const Outcome outcome = FakeHost("count_to").run({{"1"}, {"13"}, {"-1"}, {"2"}});
  CHECK(outcome.results == Lines{"0: 1", "3: 1", "3: 2"});
  CHECK(outcome.failures == Lines{"1: refused: 13 brings bad luck", "2: refused: negative"});
}

TEST_CASE("an event that fails after results have left breaks the instance") {
  const Outcome outcome = FakeHost("count_to", {}, {.capacity = 2}).run({{"13"}});
  CHECK(outcome.status == FLUX_FAILED);
  CHECK(outcome.error == "13 brings bad luck");
}

TEST_CASE("what has state is asked once per event, however small the room") {
  const Lines all{"0: 1a x", "0: 1b", "1: 2a y", "1: 2b", "2: 3a z", "2: 3b"};
  for (std::size_t capacity = 1; capacity < 8; ++capacity) {
    for (std::size_t text = 4; text < 16; ++text) {
      CAPTURE(capacity);
      CAPTURE(text);
      FakeHost host("numbered", {}, {.capacity = capacity, .text = text});
      CHECK(host.run({{"x"}, {"y"}, {"z"}}).results == all);
    }
  }
}
