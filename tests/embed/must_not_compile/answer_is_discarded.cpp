// So is an answer that nobody looks at.
// expect: ignoring return value of .*invoke
#include <flux/functor.hpp>

int main() {
  auto pipeline = flux::lift([](std::int64_t x) { return x; });
  pipeline.invoke(5);
}
