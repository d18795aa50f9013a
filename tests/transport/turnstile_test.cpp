// However tickets arrive, they pass one at a time and in order.
#include "transport/turnstile.hpp"

#include <doctest/doctest.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <thread>
#include <vector>

#include "json/seed.hpp"

using flux::runtime::Turnstile;

namespace {

using Number = std::unique_ptr<std::uint64_t>;
using Passed = std::vector<std::uint64_t>;

Number number(std::uint64_t value) { return std::make_unique<std::uint64_t>(value); }

// Gives out tickets, no more at once than the window has room for.
class Window {
 public:
  Window(std::uint64_t tickets, std::uint64_t size) : tickets_(tickets), size_(size) {}

  std::optional<std::uint64_t> take() {
    std::unique_lock lock(mutex_);
    retired_one_.wait(lock, [&] { return taken_ == tickets_ || taken_ - retired_ < size_; });
    if (taken_ == tickets_) return {};
    return taken_++;
  }

  void retire() {
    const std::lock_guard lock(mutex_);
    ++retired_;
    retired_one_.notify_all();
  }

 private:
  const std::uint64_t tickets_;
  const std::uint64_t size_;
  std::mutex mutex_;
  std::condition_variable retired_one_;
  std::uint64_t taken_ = 0;
  std::uint64_t retired_ = 0;
};

Passed counting(std::uint64_t count) {
  Passed numbers;
  for (std::uint64_t i = 0; i < count; ++i) numbers.push_back(i);
  return numbers;
}

}  // namespace

TEST_CASE("a ticket that comes early waits in its slot for the one that is missing") {
  Turnstile<Number> turnstile(4);
  Passed passed;
  const auto pass = [&](Number item) { passed.push_back(*item); };
  turnstile.arrive(2, number(2), pass);
  turnstile.arrive(1, number(1), pass);
  CHECK(passed.empty());
  turnstile.arrive(0, number(0), pass);
  CHECK(passed == Passed{0, 1, 2});
  turnstile.arrive(3, number(3), pass);
  CHECK(passed == Passed{0, 1, 2, 3});
}

TEST_CASE("whoever enters keeps the others outside until it leaves") {
  Turnstile<Number> turnstile(4);
  Passed passed;
  const auto pass = [&](Number item) { passed.push_back(*item); };
  turnstile.enter(0);
  turnstile.arrive(1, number(1), pass);
  turnstile.arrive(2, number(2), pass);
  CHECK(passed.empty());
  turnstile.leave(pass);
  CHECK(passed == Passed{1, 2});
  turnstile.enter(3);
  turnstile.leave(pass);
  turnstile.arrive(4, number(4), pass);
  CHECK(passed == Passed{1, 2, 4});
}

TEST_CASE("who would have to wait does not enter by trying") {
  Turnstile<Number> turnstile(4);
  Passed passed;
  const auto pass = [&](Number item) { passed.push_back(*item); };
  CHECK(!turnstile.try_enter(1));
  CHECK(turnstile.try_enter(0));
  CHECK(!turnstile.try_enter(0));
  turnstile.arrive(1, number(1), pass);
  CHECK(passed.empty());
  turnstile.leave(pass);
  CHECK(passed == Passed{1});
  CHECK(turnstile.try_enter(2));
}

TEST_CASE("a pass may let a new ticket of the same slot in") {
  Turnstile<Number> turnstile(1);
  Passed passed;
  std::function<void(Number)> pass = [&](Number item) {
    passed.push_back(*item);
    if (*item < 5) turnstile.arrive(*item + 1, number(*item + 1), pass);
  };
  turnstile.arrive(0, number(0), pass);
  CHECK(passed == counting(6));
}

TEST_CASE("the order is kept by several threads that arrive, enter and leave at random") {
  constexpr std::uint64_t kTickets = 2'000;
  const std::uint64_t seed = property_seed();
  CAPTURE(seed);
  for (std::uint64_t round = 0; round < 12; ++round) {
    CAPTURE(round);
    const std::uint64_t size = 1 + (seed + round) % 7;
    Window window(kTickets, size);
    Turnstile<Number> turnstile(size);
    Passed passed;  // without a mutex: the turnstile is one, says the thread sanitizer
    const auto pass = [&](Number item) {
      passed.push_back(*item);
      window.retire();
    };
    const auto work = [&](std::uint64_t worker) {
      std::mt19937_64 random(seed + 100 * round + worker);
      while (const auto ticket = window.take()) {
        for (auto left = random() % 4; left > 0; --left) std::this_thread::yield();
        if (random() % 3 != 0) {
          turnstile.arrive(*ticket, number(*ticket), pass);
          continue;
        }
        if (!turnstile.try_enter(*ticket)) turnstile.enter(*ticket);
        passed.push_back(*ticket);
        // Retired inside, as a ticket of the last turnstile is: its slot is free at once.
        window.retire();
        turnstile.leave(pass);
      }
    };
    std::vector<std::thread> workers;
    for (std::uint64_t worker = 0; worker < 4; ++worker) workers.emplace_back(work, worker);
    for (std::thread& worker : workers) worker.join();
    REQUIRE(passed == counting(kTickets));
  }
}
