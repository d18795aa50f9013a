// What the fluxes of a plan are called.
//
// Thread safety: a function without state.
#pragma once

#include "plan/plan.hpp"

namespace flux::plan {

// Its agent_id, or "double" after its agent, the second one "double-2", and
// "double>>addone" for a composition. Throws Error if two share an agent_id.
void name_fluxes(Plan& plan);

}  // namespace flux::plan
