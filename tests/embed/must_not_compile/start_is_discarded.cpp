// A stream that nobody reads is a mistake.
// expect: ignoring return value of .*start
#include <flux/functor.hpp>
#include <ranges>

int main() {
  auto pipeline = flux::lift([](std::int64_t x) { return x; });
  pipeline.start(std::views::iota(std::int64_t{0}, std::int64_t{5}));
}
