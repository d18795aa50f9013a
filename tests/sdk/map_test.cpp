// One result per event, and what becomes of the events that fail.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdint>
#include <flux/agent.hpp>
#include <limits>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "fake_host.hpp"

using flux_test::FakeHost;
using flux_test::Outcome;
using Lines = std::vector<std::string>;

namespace {

struct Triple {
  std::int64_t invoke(std::int64_t x) const { return flux::checked_mul(x, 3); }
};
FLUX_AGENT(Triple, "triple", "Three times an integer", FLUX_PURE | FLUX_CONCURRENT);

struct Half {
  double invoke(double x) const { return x / 2; }
};
FLUX_AGENT(Half, "half", "Half of a number");

struct Inverse {
  double invoke(double x) const { return 1 / x; }
};
FLUX_AGENT(Inverse, "inverse", "One by a number");

struct Not {
  bool invoke(bool x) const { return !x; }
};
FLUX_AGENT(Not, "not", "The other truth");

struct Shout {
  std::string invoke(std::string_view text) const { return std::string(text) + "!"; }
};
FLUX_AGENT(Shout, "shout", "Text, louder");

struct Quote {
  flux::JsonText invoke(flux::Json event) const { return {"[" + std::string(event.text) + "]"}; }
};
FLUX_AGENT(Quote, "quote", "An event in a list");

struct Small {
  flux::Result<std::int64_t> invoke(std::int64_t x) const {
    if (x < 0) return flux::Refused("negative");
    if (x > 9) return flux::Overflow("too large");
    return x;
  }
};
FLUX_AGENT(Small, "small", "Digits as they are");

struct Moody {
  std::int64_t invoke(std::int64_t x) const {
    if (x == 1) throw std::runtime_error("not that one");
    if (x == 2) throw 2;  // NOLINT: that is the point
    return x;
  }
};
FLUX_AGENT(Moody, "moody", "Throws what it likes");

struct Order {
  std::string_view item;
  std::int64_t count;
  std::optional<double> price;
};
FLUX_RECORD(Order, item, count, price)

struct Bill {
  std::string text;
  std::optional<double> total;
};
FLUX_RECORD(Bill, text, total)

struct Billing {
  Bill invoke(const Order& order) const {
    Bill bill{fmt::format("{} x {}", order.count, order.item), {}};
    if (order.price) bill.total = *order.price * static_cast<double>(order.count);
    return bill;
  }
};
FLUX_AGENT(Billing, "billing", "An order's bill");

}  // namespace

TEST_CASE("a map gives one result per event, in place") {
  CHECK(FakeHost("triple").run({{"1"}, {"-2"}, {"3"}}).results == Lines{"0: 3", "1: -6", "2: 9"});
  CHECK(FakeHost("half").run({{"1"}, {"5"}}).results == Lines{"0: 0.5", "1: 2.5"});
  CHECK(FakeHost("not").run({{"true"}, {"false"}}).results == Lines{"0: false", "1: true"});
  CHECK(FakeHost("shout").run({{"hey"}, {""}}).results == Lines{"0: hey!", "1: !"});
  CHECK(FakeHost("quote").run({{"{\"a\": 1}"}}).results == Lines{"0: [{\"a\": 1}]"});
}

TEST_CASE("a record's optional members may be missing, on both sides") {
  const Outcome outcome = FakeHost("billing").run({{"pen", "2", "1.25"}, {"ink", "1", {}}});
  CHECK(outcome.results == Lines{"0: 2 x pen, 2.5", "1: 1 x ink, -"});
}

TEST_CASE("an integer that overflows fails its event alone") {
  const std::string max = std::to_string(std::numeric_limits<std::int64_t>::max());
  const Outcome outcome = FakeHost("triple").run({{"1"}, {max}, {"2"}});
  CHECK(outcome.results == Lines{"0: 3", "2: 6"});
  CHECK(outcome.failures == Lines{"1: overflow: 9223372036854775807 * 3 does not fit in an int"});
  CHECK(outcome.status == FLUX_OK);
}

TEST_CASE("the checked operations know the edges of int") {
  constexpr auto kMin = std::numeric_limits<std::int64_t>::min();
  constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
  CHECK(flux::checked_add(kMax, kMin) == -1);
  CHECK(flux::checked_sub(kMin, kMin) == 0);
  CHECK(flux::checked_mul(kMin, 1) == kMin);
  CHECK(flux::checked_neg(kMax) == kMin + 1);
  CHECK_THROWS_AS(flux::checked_add(kMax, 1), flux::Overflow);
  CHECK_THROWS_AS(flux::checked_sub(kMin, 1), flux::Overflow);
  CHECK_THROWS_AS(flux::checked_mul(kMin, -1), flux::Overflow);
  CHECK_THROWS_AS(flux::checked_neg(kMin), flux::Overflow);
}

TEST_CASE("a float that is not finite fails its event") {
  const Outcome outcome = FakeHost("inverse").run({{"0"}, {"4"}});
  CHECK(outcome.results == Lines{"1: 0.25"});
  CHECK(outcome.failures == Lines{"0: overflow: the result is not a finite number"});
}

TEST_CASE("a Result refuses with a reason") {
  const Outcome outcome = FakeHost("small").run({{"-1"}, {"5"}, {"10"}});
  CHECK(outcome.results == Lines{"1: 5"});
  CHECK(outcome.failures == Lines{"0: refused: negative", "2: overflow: too large"});
}

TEST_CASE("whatever is thrown fails its event, also the first and the last one") {
  const Outcome outcome = FakeHost("moody").run({{"1"}, {"2"}, {"3"}, {"1"}});
  CHECK(outcome.results == Lines{"2: 3"});
  CHECK(outcome.failures == Lines{"0: refused: not that one",
                                  "1: refused: the agent threw something that is no std::exception",
                                  "3: refused: not that one"});
}

TEST_CASE("a text that finds no room waits for the next call; one that never will fails") {
  const Outcome outcome =
      FakeHost("shout", {}, {.capacity = 8, .text = 4}).run({{"abc"}, {"de"}, {"too long"}, {"f"}});
  CHECK(outcome.results == Lines{"0: abc!", "1: de!", "3: f!"});
  CHECK(outcome.failures == Lines{"2: refused: the result has more text than one batch can hold"});
  CHECK(outcome.calls == 3);
}

TEST_CASE("the cut into batches does not show") {
  const unsigned seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  std::vector<flux_test::Event> events;
  for (int i = 0; i < 200; ++i) events.push_back({std::to_string(static_cast<std::int64_t>(random() % 4))});
  const Outcome whole = FakeHost("moody", {}, {.capacity = 256}).run(events);
  for (int i = 0; i < 20; ++i) {
    const std::size_t capacity = 1 + random() % 50;
    CAPTURE(capacity);
    const Outcome cut = FakeHost("moody", {}, {.capacity = capacity}).run(events);
    CHECK(cut.results == whole.results);
    CHECK(cut.failures == whole.failures);
  }
}
