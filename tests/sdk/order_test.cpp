// Instances that ask to be the only one, and to see events in their order.
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <flux/agent.hpp>
#include <string>
#include <tuple>

#include "registered.hpp"

using flux_test::Registered;
using flux_test::registered;

namespace {

class Numbered {
 public:
  struct Config {
    bool ordered = false;
  };
  static constexpr auto params =
      std::tuple{flux::param("ordered", &Config::ordered, "Whether order matters")};
  explicit Numbered(Config config) : config_(config) {}

  void describe(flux::Ports& ports) const {
    if (config_.ordered) ports.in_order();
  }
  std::int64_t invoke(flux::Any) { return ++count_; }
  std::int64_t finish() const { return count_; }
  void merge(Numbered&& other) { count_ += other.count_; }

 private:
  Config config_;
  std::int64_t count_ = 0;
};
FLUX_AGENT(Numbered, "order_numbered", "Numbers events");

}  // namespace

TEST_CASE("an agent that merges may ask for order in describe") {
  CHECK(Registered("order_numbered").ports().in_order == 0);
  CHECK(Registered("order_numbered", R"({"ordered": true})").ports().in_order == 1);
}

TEST_CASE("a flux that cannot hear the wish for order is told that it is too old") {
  const flux_agent& agent = registered("order_numbered");
  std::string message;
  flux_error err{&message, [](flux_error* to, flux_str text) {
                   static_cast<std::string*>(to->ctx)->assign(text.data, text.size);
                 }};
  flux_value ordered{};
  ordered.kind = FLUX_BOOL;
  ordered.as.boolean = 1;
  void* self = agent.create(&agent, nullptr, &ordered, &err);
  REQUIRE(self != nullptr);
  flux_ports ports{offsetof(flux_ports, in_order), nullptr, agent.input, agent.output, 0};
  CHECK(agent.describe(self, &ports, &err) == FLUX_FAILED);
  CHECK(message == "this flux is too old to keep to the order that the agent asks for");
  CHECK(ports.in_order == 0);
  agent.destroy(self);
}
