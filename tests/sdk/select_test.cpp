// Agents that let events pass as they are, or not, and those that end the stream.
#include <doctest/doctest.h>

#include <cstdint>
#include <flux/agent.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "registered.hpp"

using flux::testing::lines;
using flux_test::describe;
using flux_test::Registered;

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

TEST_CASE("a select lets the events go on that it names") {
  CHECK(Registered("positive").run("1", "-1", "0", "2") == lines("1", "! event 3: zero is neither", "2"));
}

TEST_CASE("an agent that is done ends the stream at once, not with the next event") {
  Registered more("first_two");
  CHECK(more.run("1", "2", "3", "4") == lines("1", "2"));
  CHECK(more.has_ended());

  Registered just("first_two");
  CHECK(just.run("1") == lines("1"));
  CHECK(!just.has_ended());
  CHECK(just.run("2") == lines("2"));
  CHECK(just.has_ended());
}

TEST_CASE("members named at run time arrive in the order of describe") {
  Registered complete("complete");
  CHECK(describe(*complete.ports().input) == "{user.id?: json, ts?: json}");
  CHECK(complete.run(R"({"user":{"id":1},"ts":7})", R"({"ts":7})", R"({"user":{"id":1},"ts":8})",
                     R"({"user":{"id":1}})") == lines(R"({"user":{"id":1},"ts":7})"));
}
