// <flux/testing.hpp>: what it shows of agents, in whole lines.
#include <doctest/doctest.h>

#include <flux/testing.hpp>
#include <optional>
#include <string>
#include <vector>

using flux::testing::Agent;
using flux::testing::lines;

namespace {

struct Shout {
  struct Config {
    std::int64_t times = 1;
  };
  static constexpr auto params = std::tuple{flux::param("times", &Config::times, "How loud")};
  explicit Shout(Config config) : config_(config) {
    if (config.times < 0) throw flux::Refused("times is negative");
  }
  std::string invoke(std::string_view text) const {
    if (text.empty()) throw flux::Refused("nothing to shout");
    return std::string(text) + std::string(static_cast<std::size_t>(config_.times), '!');
  }

 private:
  Config config_;
};

struct Login {
  std::string user;
  std::optional<double> seconds;
};
FLUX_RECORD(Login, user, seconds)

struct Slow : flux::Extend {
  Login invoke(const Login& login) const { return {login.user + "!", 2 * login.seconds.value_or(0)}; }
};

struct Tidy : flux::Extend {
  void describe(flux::Ports& ports) const {
    ports.removes({{"a", "b"}});
    ports.renames({{"old"}}, {{"new"}});
  }
  void invoke(flux::Any, flux::Edits& edits) const {
    edits.remove(0);
    edits.rename(1);
  }
};

struct Large : flux::Select {
  bool invoke(std::int64_t x) const { return x > 5; }
};

struct CountDown {
  std::vector<std::int64_t> invoke(std::int64_t n) const {
    std::vector<std::int64_t> all;
    for (; n > 0; --n) all.push_back(n);
    return all;
  }
};

struct Total {
  void invoke(std::int64_t x) { total_ = flux::checked_add(total_, x); }
  std::int64_t finish() const { return total_; }

 private:
  std::int64_t total_ = 0;
};

struct Broken {
  flux::JsonText invoke(flux::Any) const { return {"{\"a\":}"}; }
};

// Not stateless, although it says so.
struct Liar {
  std::int64_t invoke(std::int64_t x) const { return ++calls < 4 ? x : -x; }
  static inline int calls = 0;
};

}  // namespace

TEST_CASE("results and failures are lines in the order of the events") {
  CHECK(Agent<Shout>().run(R"("a")", "1", R"("")", "oh", R"( "\u00e9" )") ==
        lines(R"("a!")", "! event 2: wants string, found 1", "! event 3: nothing to shout",
              "! event 4: not JSON: oh", R"("é!")"));
}

TEST_CASE("parameters are a JSON object") {
  CHECK(Agent<Shout>(R"({"times": 3})").run(R"("a")") == lines(R"("a!!!")"));
  CHECK(Agent<Shout>(R"({"times": -1})").run(R"("a")") ==
        lines("! the agent was not made: times is negative"));
  CHECK(Agent<Shout>(R"({"times": "x"})").run(R"("a")") ==
        lines("! the agent was not made: member 'times': wants int, found \"x\""));
  CHECK(Agent<Shout>(R"({"tims": 1})").run(R"("a")") ==
        lines("! the agent was not made: a parameter is given that the agent does not have"));
}

TEST_CASE("an extend is shown on its event") {
  CHECK(Agent<Slow>().run(R"({"x": 1, "user": "Ann"})", R"({"user":"Bob","seconds":1.5,"user":"Cy"})",
                          R"({"seconds": 1})", "3") ==
        lines(R"({"x":1,"user":"Ann!","seconds":0.0})", R"({"seconds":3.0,"user":"Cy!"})",
              "! event 3: member 'user' is missing, and string is wanted",
              "! event 4: wants an object, found 3"));
  CHECK(Agent<Tidy>().run(R"({"a":{"b":1,"c":2},"old":1,"new":2})", R"({"new":2})") ==
        lines(R"({"a":{"c":2},"new":1})", R"({"new":2})"));
}

TEST_CASE("a select is its events, and several results come in order") {
  CHECK(Agent<Large>().run("7", "3", "9") == lines("7", "9"));
  CHECK(Agent<CountDown>().run("3", "0", "1") == lines("3", "2", "1", "1"));
}

TEST_CASE("last results come last") {
  CHECK(Agent<Total>().run("1", "2", "true") == lines("! event 3: wants int, found true", "3"));
  CHECK(Agent<Total>().run() == lines("0"));
}

TEST_CASE("a result that is not JSON fails its event") {
  CHECK(Agent<Broken>().run("1") == lines("! event 1: the result is not JSON: {\"a\":}"));
}

TEST_CASE("an agent that depends on the cut of the stream is told on") {
  CHECK(Agent<Liar>().run("1", "2") == lines("1", "2", "! in batches of 1 line 2 differs: -2"));
}
