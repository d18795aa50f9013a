// From a spec to a plan: names to agents, arguments to parameter values, types
// joined, limits worked out. Everything that can be wrong with a pipeline is found
// here, before anything is read.
//
// Thread safety: functions without state; called by the thread that loads plugins.
#pragma once

#include <string>
#include <vector>

#include "plan/plan.hpp"
#include "plugin/registry.hpp"
#include "settings/config.hpp"

namespace flux::plan {

struct Options {
  settings::Layer flags;     // what the command line says for every flux
  settings::Layer defaults;  // what the config file says for every flux
  bool raw_input = false;
  bool fuse = true;                  // false: every flux apart, with a turnstile in between
  bool takes_perturbations = false;  // events may come from outside: no limit is out of their reach
};

// Throws Error, with the place in the spec. REQUIRES: `registry` outlives the plan.
Plan make_plan(const spec::Pipeline& pipeline, plugin::Registry& registry, const plugin::Host& host,
               const Options& options);

struct Bound {
  plugin::Values values;
  std::vector<Computed> computed;  // `inputs` are not known yet
};

// The arguments of a call as the values of its agent's parameters; expressions among
// them are about events of type `given`.
Bound bind_arguments(const spec::AgentCall& call, const plugin::Agent& agent, const Type& given,
                     const spec::Pipeline& pipeline);

}  // namespace flux::plan
