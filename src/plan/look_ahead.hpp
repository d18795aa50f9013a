// What has to be looked for in a text before it is changed.
//
// Thread safety: a function without state.
#pragma once

#include "plan/plan.hpp"

namespace flux::plan {

// Text that is changed is not read again: what is looked for in it later, and what is
// changed, is looked for before. Completes plan.reads. REQUIRES: all stages are joined.
void look_ahead(Plan& plan);

}  // namespace flux::plan
