// <flux/testing.hpp>: what it shows of agents, in whole lines.
#include <doctest/doctest.h>

#include <atomic>
#include <flux/testing.hpp>
#include <optional>
#include <string>
#include <thread>
#include <utility>
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

// Remembers in a way that no other test does: joined, saved, woken.
class Sum {
 public:
  static constexpr std::uint32_t state_version = 2;
  void invoke(std::int64_t x) {
    if (x == 0) woken_.wait(false);
    sum_ += x;
  }
  std::int64_t finish() const { return sum_; }
  void merge(Sum&& other) {
    if (other.sum_ < 0) throw flux::Refused("the other is in debt");
    sum_ += other.sum_;
  }
  void save(flux::Writer& to) const { to.put(sum_); }
  void restore(flux::Reader& from) { from.get(sum_); }
  void interrupt() {
    woken_ = true;
    woken_.notify_all();
  }

 private:
  std::int64_t sum_ = 0;
  std::atomic<bool> woken_ = false;
};

struct Request {
  std::int64_t ms = 0;
  std::optional<std::string> path;
};
FLUX_RECORD(Request, ms, path)

// Two expressions, one of them under a name of its own.
class Alarm {
 public:
  struct Config {
    flux::Expr<bool> when;
    std::vector<std::pair<flux::Member, flux::Expr<flux::Json>>> values;
  };
  static constexpr auto params = std::tuple{flux::param("when", &Config::when, "When to ring").required(),
                                            flux::param("values", &Config::values, "What to say")};
  explicit Alarm(Config config) : config_(std::move(config)) {}
  std::optional<std::string> invoke(const flux::Values& values) const {
    if (!values[config_.when].value_or(false)) return {};
    std::string text = "alarm";
    for (const auto& [name, value] : config_.values)
      text += " " + name.names.front() + "=" + std::string(values[value]->text);
    return text;
  }

 private:
  Config config_;
};

struct Wanted : flux::Extend {
  void describe(flux::Ports& ports) const {
    ports.keeps({{"b", "c"}});
    ports.keeps({{"d"}});
  }
  void invoke(flux::Any, flux::Edits&) const {}
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

TEST_CASE("parameters may be a Config") {
  CHECK(Agent<Shout>({.times = 2}).run(R"("a")") == lines(R"("a!!")"));
  CHECK(Agent<Shout>({.times = -1}).run() == lines("! the agent was not made: times is negative"));
  CHECK(Agent<Alarm>(Alarm::Config{}).run() ==
        lines("! the agent was not made: parameter 'when' is an expression: give the parameters as JSON"));
}

TEST_CASE("an expression comes to what a function of the event says") {
  Agent<Alarm> alarm(R"({"when": "ms > 250", "values": {"at": "path"}})");
  CHECK(alarm.run() ==
        lines("! the agent was not made: what 'ms > 250' comes to is worked out by flux, not here: "
              "say it by expression(\"ms > 250\", a function of the event)"));
  alarm.expression("ms > 250", [](const Request& request) -> std::optional<bool> {
    if (request.ms < 0) throw flux::Refused("time runs backwards");
    if (request.ms == 0) return {};
    return request.ms > 250;
  });
  alarm.expression("path", [](const Request& request) { return request.path; });
  CHECK(alarm.run(R"({"ms": 300, "path": "/a"})", R"({"ms": 9})", R"({"ms": 0})", R"({"ms": 251})",
                  R"({"ms": -1})", R"({"ms": "x"})") ==
        lines(R"("alarm at=\"/a\"")", R"("alarm at=null")", "! event 5: time runs backwards",
              "! event 6: member 'ms': wants int, found \"x\""));
  alarm.expression("ms > 250", [](flux::Json) { return 1; });
  CHECK(alarm.run("{}") == lines("! event 1: member 'ms > 250': wants bool, found 1"));
}

TEST_CASE("a stream is led step by step, and counts its events from the first") {
  const Agent<Sum> sum;
  auto stream = sum.stream();
  CHECK(stream.run("1", "x") == lines("! event 2: not JSON: x"));
  CHECK(stream.run("2", "true") == lines("! event 4: wants int, found true"));
  CHECK(stream.finish() == lines("3"));
}

TEST_CASE("streams are joined, and go on from each other's snapshots") {
  const Agent<Sum> sum;
  auto one = sum.stream();
  auto other = sum.stream();
  auto debtor = sum.stream();
  one.run("1", "2");
  other.run("4");
  debtor.run("-1");
  CHECK_THROWS_WITH(one.merge(debtor), "the other is in debt");
  one.merge(other);
  auto next = sum.stream();
  next.restore(one.save());
  next.run("8");
  CHECK(one.finish() == lines("7"));
  CHECK(next.finish() == lines("15"));
  CHECK_THROWS_WITH(next.restore("short"), "the snapshot is too short");
  CHECK_THROWS_WITH(next.restore(one.save(), 1), "the snapshot has state version 1, expected version 2");
}

TEST_CASE("what an agent does not have is said") {
  const Agent<Large> large;
  auto one = large.stream();
  auto other = large.stream();
  CHECK_THROWS_WITH(one.merge(other), "the agent has no merge()");
  CHECK_THROWS_WITH(one.save(), "the agent has no save()");
  CHECK_THROWS_WITH(one.restore(""), "the agent has no restore()");
  CHECK_THROWS_WITH(one.interrupt(), "the agent has no interrupt()");
}

TEST_CASE("an agent that waits is interrupted by another thread") {
  const Agent<Sum> sum;
  auto stream = sum.stream();
  std::thread other([&stream] { stream.interrupt(); });
  CHECK(stream.run("0", "5") == lines());
  other.join();
  CHECK(stream.finish() == lines("5"));
}

TEST_CASE("with little room an agent is called more often, and gives the same") {
  const Agent<CountDown> count_down;
  auto stream = count_down.stream({.results = 2});
  CHECK(stream.run("3", "0", "2") == lines("3", "2", "1", "2", "1"));
  CHECK(stream.calls() == 3);
  const Agent<Shout> shout;
  auto narrow = shout.stream({.text = 4});
  CHECK(narrow.run(R"("abc")", R"("de")", R"("long")") ==
        lines(R"("abc!")", R"("de!")", "! event 3: the result has more text than one batch can hold"));
}

TEST_CASE("what an extend keeps is all that is left") {
  CHECK(Agent<Wanted>().run(R"({"a":1,"b":{"c":2,"x":3},"d":[4]})", R"({"b":5})") ==
        lines(R"({"b":{"c":2},"d":[4]})", "{}"));
}
