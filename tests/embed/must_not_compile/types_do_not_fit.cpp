// What the first flux gives is what the second takes.
// expect: no match for .*operator
#include <flux/functor.hpp>

int main() {
  const auto length =
      flux::lift([](std::string_view text) { return static_cast<std::int64_t>(text.size()); });
  const auto both = length | length;
}
