// The agents that this program registered, for <flux/testing.hpp>, and their types in text.
#pragma once

#include <cstdint>
#include <flux/testing.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

#include "type_text.hpp"

namespace flux_test {

// REQUIRES: there is one of that name.
inline const flux_agent& registered(std::string_view name) {
  const flux_plugin* plugin = flux_plugin_entry();
  for (std::uint32_t i = 0; i < plugin->agent_count; ++i) {
    if (plugin->agents[i]->name == name) return *plugin->agents[i];
  }
  throw std::logic_error("no agent '" + std::string(name) + "' in this program");
}

// One instance of it.
struct Registered : flux::testing::Stream {
  explicit Registered(std::string_view name, std::string_view parameters = "{}",
                      flux::testing::Room room = {})
      : Stream(registered(name), parameters, room) {}
};

}  // namespace flux_test
