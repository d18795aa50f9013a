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

#include "registered.hpp"

using flux::testing::lines;
using flux_test::Registered;

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
  CHECK(Registered("triple").run("1", "-2", "3") == lines("3", "-6", "9"));
  CHECK(Registered("half").run("1", "5") == lines("0.5", "2.5"));
  CHECK(Registered("not").run("true", "false") == lines("false", "true"));
  CHECK(Registered("shout").run(R"("hey")", R"("")") == lines(R"("hey!")", R"("!")"));
  CHECK(Registered("quote").run(R"({"a": 1})") == lines(R"([{"a":1}])"));
}

TEST_CASE("a record's optional members may be missing, on both sides") {
  CHECK(
      Registered("billing").run(R"({"item":"pen","count":2,"price":1.25})", R"({"item":"ink","count":1})") ==
      lines(R"({"text":"2 x pen","total":2.5})", R"({"text":"1 x ink"})"));
}

TEST_CASE("an integer that overflows fails its event alone") {
  CHECK(Registered("triple").run("1", "9223372036854775807", "2") ==
        lines("3", "! event 2: 9223372036854775807 * 3 does not fit in an int", "6"));
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
  CHECK(Registered("inverse").run("0", "4") == lines("! event 1: the result is not a finite number", "0.25"));
}

TEST_CASE("a Result refuses with a reason") {
  CHECK(Registered("small").run("-1", "5", "10") ==
        lines("! event 1: negative", "5", "! event 3: too large"));
}

TEST_CASE("whatever is thrown fails its event, also the first and the last one") {
  CHECK(Registered("moody").run("1", "2", "3", "1") ==
        lines("! event 1: not that one", "! event 2: the agent threw something that is no std::exception",
              "3", "! event 4: not that one"));
}

TEST_CASE("a text that finds no room waits for the next call; one that never will fails") {
  Registered shout("shout", "{}", {.results = 8, .text = 4});
  CHECK(shout.run(R"("abc")", R"("de")", R"("too long")", R"("f")") ==
        lines(R"("abc!")", R"("de!")", "! event 3: the result has more text than one batch can hold",
              R"("f!")"));
  CHECK(shout.calls() == 3);
}

TEST_CASE("the cut into batches does not show") {
  const unsigned seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  std::vector<std::string> events;
  for (int i = 0; i < 200; ++i) events.push_back(std::to_string(static_cast<std::int64_t>(random() % 4)));
  const flux::testing::Lines whole = Registered("moody").run(events);
  for (int i = 0; i < 20; ++i) {
    const std::size_t results = 1 + random() % 50;
    CAPTURE(results);
    CHECK(Registered("moody", "{}", {.results = results}).run(events) == whole);
  }
}
