// One agent with its arguments, ready to be tried, and the calls that stand for an
// agent of which nobody gave arguments.
//
// Thread safety: none needed; called by the thread that loads plugins.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "plan/plan.hpp"
#include "plugin/registry.hpp"

namespace flux::laws {

// The plan of a pipeline that is this call alone. `agent` is the one that was asked
// for: the plan may hold a copy of it, without FLUX_IDENTITY, so that it is called.
struct Subject {
  const plan::Flux& flux() const { return plan.fluxes.front(); }
  const plan::Stage& stage() const { return flux().stages.front(); }

  std::string call;  // as written: count(by=level)
  const plugin::Agent* agent = nullptr;
  plan::Plan plan;
  plugin::Host host;

  struct Copy;                 // what a plan without FLUX_IDENTITY stands on
  std::shared_ptr<Copy> copy;  // shared: a Subject is a value
};

// Throws Error, with the place in `call`, if it is no call of one agent, or if the agent
// refuses it. REQUIRES: the registry outlives the subject.
Subject make_subject(const std::string& call, plugin::Registry& registry, const plugin::Host& host);

// Ways to call the agent: its plain name, or, where it has a required parameter, those
// of its examples that are one call of it and no more. None: only its user can say.
std::vector<std::string> calls_of(const plugin::Agent& agent, plugin::Registry& registry);

// An example that is one call of its agent and no more.
struct ExampleCall {
  std::string call;
  std::vector<std::string> input;  // lines that are JSON
  std::vector<std::string> output;
};

std::vector<ExampleCall> example_calls_of(const plugin::Agent& agent, plugin::Registry& registry);

// What the agent says of itself: "map", "stateless", "merge".
std::vector<std::string> claims_of(const Subject& subject);

}  // namespace flux::laws
