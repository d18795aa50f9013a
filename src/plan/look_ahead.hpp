// What has to be looked for in a text before it is changed.
//
// Thread safety: functions without state.
#pragma once

#include "plan/plan.hpp"

namespace flux::plan {

// Text that is changed is not read again: what is looked for in it later, and what is
// changed, is looked for before. Completes plan.reads. REQUIRES: all stages are joined.
void look_ahead(Plan& plan);

// Whether an extend stage makes its usual changes without looking at the rest of the event:
// all members may stay, and none that is changed, or looked for later, lies within another
// that is changed. REQUIRES: look_ahead() was called.
bool changes_members_alone(const Plan& plan, const Stage& stage);

// Whether of each line no more is looked at than the members that are looked for: all
// agents that see its text choose among events or change members alone.
bool looks_at_members_alone(const Plan& plan);

}  // namespace flux::plan
