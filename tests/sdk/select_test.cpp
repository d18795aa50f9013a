// Agents that let events pass as they are, or not, and those that end the stream.
#include <doctest/doctest.h>

#include <cstdint>
#include <flux/agent.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "fake_host.hpp"

using flux_test::describe;
using flux_test::FakeHost;
using flux_test::Outcome;
using Lines = std::vector<std::string>;

namespace {

struct Positive : flux::Select {
  bool invoke(std::int64_t x) const {
    if (x == 0) throw flux::Refused("zero is neither");
    return x > 0;
  }
};
FLUX_AGENT(Positive, "positive", "Keeps positive integers");

// Wants nothing of the event, and has had enough after two.
class FirstTwo : public flux::Select {
 public:
  bool invoke() {
    ++seen_;
    return true;
  }
  bool is_done() const { return seen_ == 2; }

 private:
  int seen_ = 0;
};
FLUX_AGENT(FirstTwo, "first_two", "Two events, and the end");

// The members are not known before describe().
struct Complete : flux::Select {
  void describe(flux::Ports& ports) const {
    ports.wants({{"user", "id"}});
    ports.wants({{"ts"}});
  }
  bool invoke(const flux::Members& members) const {
    return members[0].has_value() && members[1] == flux::Json{"7"};
  }
};
FLUX_AGENT(Complete, "complete", "Keeps events of users at seven");

}  // namespace

TEST_CASE("a select names the events that go on") {
  const Outcome outcome = FakeHost("positive").run({{"1"}, {"-1"}, {"0"}, {"2"}});
  CHECK(outcome.results == Lines{"0", "3"});
  CHECK(outcome.failures == Lines{"2: refused: zero is neither"});
}

TEST_CASE("an agent that is done ends the stream at once, not with the next event") {
  const Outcome more = FakeHost("first_two").run({{}, {}, {}, {}});
  CHECK(more.results == Lines{"0", "1"});
  CHECK(more.status == FLUX_END);
  CHECK(more.consumed == 2);

  const Outcome just = FakeHost("first_two").run({{}, {}});
  CHECK(just.results == Lines{"0", "1"});
  CHECK(just.status == FLUX_END);
  CHECK(just.consumed == 2);

  CHECK(FakeHost("first_two").run({{}}).status == FLUX_OK);
}

TEST_CASE("members named at run time arrive in the order of describe") {
  FakeHost host("complete");
  CHECK(describe(host.input()) == "{user.id?: json, ts?: json}");
  CHECK(host.run({{"1", "7"}, {{}, "7"}, {"1", "8"}, {"1", {}}}).results == Lines{"0"});
}
