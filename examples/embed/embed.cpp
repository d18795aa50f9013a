// Fluxes inside a C++ program.
#include <cstdint>
#include <flux/functor.hpp>
#include <iostream>
#include <ranges>
#include <vector>

namespace {

struct Double {
  std::int64_t invoke(std::int64_t x) const { return 2 * x; }
};

struct AddOne {
  std::int64_t invoke(std::int64_t x) const { return x + 1; }
};

template <class Results>
void print(Results results) {
  const char* separator = "";
  for (const std::int64_t x : results) std::cout << std::exchange(separator, " ") << x;
  std::cout << "\n";
}

// Numbers that stop coming when somebody says so.
auto numbers_until(const std::atomic<bool>& is_enough) {
  return std::views::iota(std::int64_t{1}) |
         std::views::take_while([&is_enough](std::int64_t) { return !is_enough.load(); });
}

}  // namespace

int main() {
  const auto five = std::views::iota(std::int64_t{0}, std::int64_t{5});

  auto doubled = flux::lift(Double{});
  print(doubled.start(five));

  auto both = doubled | flux::lift(AddOne{});
  print(both.start(five));

  // A function is an agent, and what is lifted can be had back.
  auto squared = flux::lift([](std::int64_t x) { return x * x; });
  print((squared >> flux::lift(AddOne{})).start(five));
  std::cout << unlift(doubled).invoke(21) << "\n";

  // An event from outside, while the stream runs.
  std::atomic<bool> is_enough{false};
  auto live = flux::lift(Double{}) | flux::lift(AddOne{});
  {
    auto results = live.start(numbers_until(is_enough));
    std::cout << live.invoke(1000, {.priority = 200}).front() << "\n";
    is_enough = true;
  }

  // Three events may be afforded: the fourth collapses it, and a reset brings it back.
  flux::FluxConfig config;
  config.entropy_budget = 0.3;
  config.entropy_decay = 0.1;
  auto limited = flux::lift(Double{}, config);
  print(limited.start(five));
  std::cout << (limited.state() == flux::State::collapsed ? "collapsed" : "not collapsed") << "\n";
  limited.reset();
  std::cout << limited.invoke(7).front() << "\n";
}
