// Agents that remember: results at the end, instances joined, checkpoints.
#include <doctest/doctest.h>

#include <cstdint>
#include <flux/agent.hpp>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fake_host.hpp"

using flux_test::FakeHost;
using flux_test::Outcome;
using Lines = std::vector<std::string>;

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
  FakeHost host("tally");
  const Outcome events = host.run({{"b"}, {"a"}, {""}, {"b"}});
  CHECK(events.results.empty());
  CHECK(events.failures == Lines{"2: refused: no word"});
  CHECK(host.finish().results == Lines{"0: a 1", "1: b 2"});
}

TEST_CASE("last results come in as many calls as they need") {
  FakeHost host("tally", {}, {.capacity = 2, .text = 6});
  host.run({{"a"}, {"b"}, {"c"}, {"d"}, {"e"}});
  const Outcome last = host.finish();
  CHECK(last.results == Lines{"0: a 1", "1: b 1", "0: c 1", "1: d 1", "0: e 1"});
  CHECK(last.calls == 3);
}

TEST_CASE("a last result that no call has room for fails the instance") {
  FakeHost host("tally", {}, {.capacity = 2, .text = 2});
  host.run({{"a"}});
  const Outcome last = host.finish();
  CHECK(last.status == FLUX_FAILED);
  CHECK(last.error == "a last result has more text than one batch can hold");
}

TEST_CASE("instances are joined before the end") {
  FakeHost one("tally");
  FakeHost other("tally");
  one.run({{"a"}, {"b"}});
  other.run({{"b"}, {"c"}});
  CHECK(one.merge(other) == FLUX_OK);
  CHECK(one.finish().results == Lines{"0: a 1", "1: b 2", "2: c 1"});
}

TEST_CASE("an instance goes on from a snapshot as if nothing had happened") {
  FakeHost before("tally");
  before.run({{"a"}, {"b"}});
  FakeHost after("tally");
  REQUIRE(after.restore(3, before.save()));
  after.run({{"b"}});
  CHECK(after.finish().results == Lines{"0: a 1", "1: b 2"});
}

TEST_CASE("a snapshot that does not fit is refused with a reason") {
  FakeHost host("tally");
  host.run({{"word"}});
  const std::string snapshot = host.save();

  CHECK_FALSE(FakeHost("tally").restore(2, snapshot));
  FakeHost fresh("tally");
  CHECK_FALSE(fresh.restore(2, snapshot));
  CHECK(fresh.error() == "the snapshot has state version 2, expected version 3");
  CHECK_FALSE(fresh.restore(3, snapshot + "x"));
  CHECK(fresh.error() == "the snapshot is longer than the agent's state");
  for (std::size_t size = 0; size < snapshot.size(); ++size) {
    CAPTURE(size);
    CHECK_FALSE(fresh.restore(3, std::string_view(snapshot).substr(0, size)));
    CHECK(fresh.error() == "the snapshot is too short");
  }
}

TEST_CASE("an agent may give results on the way and at the end") {
  FakeHost host("steps");
  CHECK(host.run({{"5"}, {"7"}, {"4"}}).results == Lines{"1: 2", "2: -3"});
  CHECK(host.finish().results == Lines{"0: 4"});
  CHECK(FakeHost("steps").finish().results.empty());
  CHECK(FakeHost("steps").restore(1, host.save()));
}

TEST_CASE("a finish that throws fails the instance") {
  FakeHost host("steps");
  host.run({{"13"}});
  const Outcome last = host.finish();
  CHECK(last.status == FLUX_FAILED);
  CHECK(last.error == "13 brings bad luck");
}
