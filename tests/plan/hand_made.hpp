// Types, agents and fluxes made by hand, for tests that need no plugin to talk about
// them.
#pragma once

#include <deque>
#include <initializer_list>
#include <utility>

#include "core/type.hpp"
#include "plan/plan.hpp"

namespace hand_made {

struct Member {
  flux::Path path;
  flux::Kind kind;
  bool is_optional = false;
};

inline Member optional(flux::Path path, flux::Kind kind) { return {std::move(path), kind, true}; }

inline flux::Type record(std::initializer_list<Member> members) {
  flux::Type type;
  for (const Member& member : members)
    type.fields.push_back({member.path, member.kind, member.is_optional, {}});
  return type;
}

// Fluxes of one agent each, of which only matters what the optimiser asks.
class Fluxes {
 public:
  // `flags`: of the agent. 0: serial, and may give several results per event.
  Fluxes& add(std::uint32_t flags, flux::settings::Limit limit = {}) {
    flux::plan::Stage stage;
    stage.agent = &agents_.emplace_back();
    agents_.back().flags = flags;
    flux::plan::Flux flux;
    flux.stages.push_back(std::move(stage));
    flux.limit = limit;
    fluxes.push_back(std::move(flux));
    return *this;
  }

  // A flux that gives every event back as it is: `id`.
  Fluxes& add_identity(flux::settings::Limit limit = {}) {
    fluxes.emplace_back().limit = limit;
    return *this;
  }

  flux::plugin::Agent& last_agent() { return agents_.back(); }

  std::vector<flux::plan::Flux> fluxes;

 private:
  std::deque<flux::plugin::Agent> agents_;  // a deque: stages point at them
};

inline constexpr std::uint32_t kParallelMap = FLUX_MAP | FLUX_STATELESS;
inline constexpr std::uint32_t kSerialMap = FLUX_MAP;

inline constexpr flux::settings::Limit stops_after(std::uint64_t events) { return {events, false}; }
inline constexpr flux::settings::Limit collapses_after(std::uint64_t events) { return {events, true}; }

}  // namespace hand_made
