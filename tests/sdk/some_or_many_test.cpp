// Agents that give none, one or several results per event, in as little room as
// flux may have.
#include <doctest/doctest.h>

#include <cstdint>
#include <flux/agent.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registered.hpp"

using flux::testing::lines;
using flux_test::Registered;

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

TEST_CASE("an optional result filters") { CHECK(Registered("odd").run("1", "2", "3") == lines("1", "3")); }

TEST_CASE("a vector gives several results, in the place of their event") {
  CHECK(Registered("words").run(R"("a bc")", R"("")", R"("d")") == lines(R"("a")", R"("bc")", R"("d")"));
}

TEST_CASE("several results go on where room ended") {
  for (std::size_t results = 1; results < 12; ++results) {
    CAPTURE(results);
    CHECK(Registered("count_to", "{}", {.results = results}).run("5", "0", "1", "2") ==
          lines("1", "2", "3", "4", "5", "1", "1", "2"));
  }
}

TEST_CASE("a series makes each result once, when there is room for it") {
  CountTo::made = 0;
  Registered count_to("count_to", "{}", {.results = 64});
  CHECK(count_to.run("1000").size() == 1000);
  CHECK(count_to.calls() == 16);
  CHECK(CountTo::made == 1000);
}

TEST_CASE("an event that fails halfway has given nothing") {
  CHECK(Registered("count_to", "{}", {.results = 64}).run("1", "13", "-1", "2") ==
        lines("1", "! event 2: 13 brings bad luck", "! event 3: negative", "1", "2"));
}

TEST_CASE("an event that fails after results have left breaks the instance") {
  CHECK(Registered("count_to", "{}", {.results = 2}).run("13") ==
        lines("1", "2", "! the agent is broken: 13 brings bad luck"));
}

TEST_CASE("what has state is asked once per event, however small the room") {
  for (std::size_t results = 1; results < 8; ++results) {
    for (std::size_t text = 4; text < 16; ++text) {
      CAPTURE(results);
      CAPTURE(text);
      Registered numbered("numbered", "{}", {.results = results, .text = text});
      CHECK(numbered.run(R"("x")", R"("y")", R"("z")") ==
            lines(R"("1a x")", R"("1b")", R"("2a y")", R"("2b")", R"("3a z")", R"("3b")"));
    }
  }
}
