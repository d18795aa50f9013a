// The agents of one plugin: FLUX_AGENT puts each on a list when the library is
// loaded, and flux_plugin_entry describes the list when flux asks.
//
// Thread safety: written by static initialisers and the first entry() only, both
// on the thread that loads the library.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "flux_plugin.h"

namespace flux::detail {

// What FLUX_AGENT is told besides the type.
struct Label {
  const char* name;
  const char* summary;
  std::uint32_t flags = 0;
};

// [a-z][a-z0-9_]*
constexpr bool is_name(std::string_view name) {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  if (name.empty() || !is_letter(name.front())) return false;
  return std::all_of(name.begin(), name.end(),
                     [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

// What only the author knows.
constexpr bool may_be_told(std::uint32_t flags) {
  return (flags & ~(FLUX_PURE | FLUX_CONCURRENT | FLUX_BLOCKING | FLUX_STATELESS | FLUX_ABSORB |
                    FLUX_IDENTITY | FLUX_VERBATIM)) == 0;
}

class Registration {
 public:
  using Fill = void (*)(flux_agent&);

  // REQUIRES: lives as long as the library.
  Registration(Fill fill, const Label& label) : fill_(fill), next_(first_) {
    agent_.name = label.name;
    agent_.summary = label.summary;
    agent_.flags = label.flags;
    first_ = this;
  }
  Registration(const Registration&) = delete;
  Registration& operator=(const Registration&) = delete;

  // All agents by name: the order of initialisers across files is no order.
  static std::vector<const flux_agent*> describe_all(const char* version) {
    std::vector<const flux_agent*> agents;
    for (Registration* each = first_; each != nullptr; each = each->next_) {
      each->agent_.version = version;
      each->fill_(each->agent_);
      agents.push_back(&each->agent_);
    }
    std::sort(agents.begin(), agents.end(), [](const flux_agent* a, const flux_agent* b) {
      return std::string_view(a->name) < std::string_view(b->name);
    });
    return agents;
  }

 private:
  inline static Registration* first_ = nullptr;

  flux_agent agent_{};
  Fill fill_;
  Registration* next_;
};

// The plugin, or NULL if its description could not be made.
inline const flux_plugin* describe_plugin(const char* name, const char* version) noexcept {
  try {
    static const std::vector<const flux_agent*> agents = Registration::describe_all(version);
    static const flux_plugin plugin{FLUX_PLUGIN_MAGIC,
                                    FLUX_ABI_MAJOR,
                                    FLUX_TARGET_MINOR,
                                    sizeof(flux_plugin),
                                    name,
                                    version,
                                    nullptr,
                                    agents.data(),
                                    static_cast<std::uint32_t>(agents.size()),
                                    nullptr};
    return &plugin;
  } catch (...) {
    return nullptr;
  }
}

}  // namespace flux::detail
