// An event that enters at a later flux: one JSON text made into a batch of the form that
// the flux before would have given.
//
// Thread safety: a function without state; the ticket belongs to whoever calls.
#pragma once

#include <optional>
#include <string>

#include "plan/plan.hpp"
#include "rows/ticket.hpp"

namespace flux::runtime {

// Nothing, with the reason, where the text is no JSON or does not fit.
std::optional<Batch> enter(const plan::Plan& plan, std::size_t flux, const std::string& event, Ticket& ticket,
                           std::string& why);

}  // namespace flux::runtime
