// What has to be true of a flux that feeds back, before it may run.
//
// Thread safety: a function without state.
#pragma once

#include <string>

#include "core/error.hpp"
#include "plan/plan.hpp"

namespace flux::plan {

// What returns, given by `giver`, has to fit the agents that see it: those that select,
// and the first that makes something else of it. And the loop has to end. Throws Error
// that points to `place`.
void check_loop(const Flux& flux, const Type& returned, const std::string& giver, const Excerpt& place);

}  // namespace flux::plan
