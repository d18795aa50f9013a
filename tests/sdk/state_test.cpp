// Agents that remember: results at the end, instances joined, checkpoints.
#include <doctest/doctest.h>

#include <cstdint>
#include <flux/agent.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "registered.hpp"

using flux::testing::lines;
using flux_test::Registered;

namespace {

class Tally {
 public:
  static constexpr std::uint32_t state_version = 3;

  void invoke(std::string_view word) {
    if (word.empty()) throw flux::Refused("no word");
    ++counts_[std::string(word)];
  }
  std::vector<std::string> finish() const {
    std::vector<std::string> lines;
    for (const auto& [word, count] : counts_) lines.push_back(word + " " + std::to_string(count));
    return lines;
  }
  void merge(Tally&& other) {
    for (const auto& [word, count] : other.counts_) counts_[word] += count;
  }
  void save(flux::Writer& to) const {
    to.put(static_cast<std::uint64_t>(counts_.size()));
    for (const auto& [word, count] : counts_) {
      to.put(word);
      to.put(count);
    }
  }
  void restore(flux::Reader& from) {
    std::uint64_t words = 0;
    from.get(words);
    for (; words > 0; --words) {
      std::string word;
      from.get(word);
      from.get(counts_[word]);
    }
  }

 private:
  std::map<std::string, std::int64_t> counts_;
};
FLUX_AGENT(Tally, "tally", "Counts words");

// Differences to the event before; the last event itself at the end.
class Steps {
 public:
  std::optional<std::int64_t> invoke(std::int64_t x) {
    const auto before = std::exchange(last_, x);
    if (!before) return {};
    return x - *before;
  }
  std::optional<std::int64_t> finish() const {
    if (last_ == 13) throw flux::Refused("13 brings bad luck");
    return last_;
  }
  void save(flux::Writer& to) const { to.put(history_); }
  void restore(flux::Reader& from) { from.get(history_); }

 private:
  std::optional<std::int64_t> last_;
  std::vector<std::int64_t> history_{1, 2};
};
FLUX_AGENT(Steps, "steps", "Differences between integers");

}  // namespace

TEST_CASE("an aggregation gives nothing until the end") {
  Registered tally("tally");
  CHECK(tally.run(R"("b")", R"("a")", R"("")", R"("b")") == lines("! event 3: no word"));
  CHECK(tally.finish() == lines(R"("a 1")", R"("b 2")"));
}

TEST_CASE("last results come in as many calls as they need") {
  Registered tally("tally", "{}", {.results = 2, .text = 6});
  tally.run(R"("a")", R"("b")", R"("c")", R"("d")", R"("e")");
  const std::size_t before = tally.calls();
  CHECK(tally.finish() == lines(R"("a 1")", R"("b 1")", R"("c 1")", R"("d 1")", R"("e 1")"));
  CHECK(tally.calls() - before == 3);
}

TEST_CASE("a last result that no call has room for fails the instance") {
  Registered tally("tally", "{}", {.results = 2, .text = 2});
  tally.run(R"("a")");
  CHECK(tally.finish() ==
        lines("! the agent is broken: a last result has more text than one batch can hold"));
}

TEST_CASE("instances are joined before the end") {
  Registered one("tally");
  Registered other("tally");
  one.run(R"("a")", R"("b")");
  other.run(R"("b")", R"("c")");
  one.merge(other);
  CHECK(one.finish() == lines(R"("a 1")", R"("b 2")", R"("c 1")"));
}

TEST_CASE("an instance goes on from a snapshot as if nothing had happened") {
  Registered before("tally");
  before.run(R"("a")", R"("b")");
  Registered after("tally");
  after.restore(before.save());
  after.run(R"("b")");
  CHECK(after.finish() == lines(R"("a 1")", R"("b 2")"));
}

TEST_CASE("a snapshot that does not fit is refused with a reason") {
  Registered tally("tally");
  tally.run(R"("word")");
  const std::string snapshot = tally.save();

  Registered fresh("tally");
  CHECK_THROWS_WITH(fresh.restore(snapshot, 2), "the snapshot has state version 2, expected version 3");
  CHECK_THROWS_WITH(fresh.restore(snapshot + "x"), "the snapshot is longer than the agent's state");
  for (std::size_t size = 0; size < snapshot.size(); ++size) {
    CAPTURE(size);
    CHECK_THROWS_WITH(fresh.restore(std::string_view(snapshot).substr(0, size)), "the snapshot is too short");
  }
}

TEST_CASE("an agent may give results on the way and at the end") {
  Registered steps("steps");
  CHECK(steps.run("5", "7", "4") == lines("2", "-3"));
  CHECK(steps.finish() == lines("4"));
  CHECK(Registered("steps").finish() == lines());
  CHECK_NOTHROW(Registered("steps").restore(steps.save(), 1));
}

TEST_CASE("a finish that throws fails the instance") {
  Registered steps("steps");
  steps.run("13");
  CHECK(steps.finish() == lines("! the agent is broken: 13 brings bad luck"));
}
