// A segment that tickets go through one at a time, in order, and all that is protected by
// that order. The way out behind the last segment is one as well, without fluxes.
//
// Thread safety: `turnstile` and `door` may be used by any thread. All other members belong
// to the thread that is inside: a worker that the turnstile let in (and that `work` let
// through the door, where there is one), or an injector that cut in by the door.
#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "rows/ticket.hpp"
#include "settings/admission.hpp"
#include "stages/feedback_loop.hpp"
#include "stages/flux_runner.hpp"
#include "transport/side_door.hpp"
#include "transport/ticket_source.hpp"
#include "transport/turnstile.hpp"

namespace flux::runtime {

// What a serial segment holds of one flux.
struct SerialFlux {
  std::unique_ptr<FluxRunner> runner;  // null: only the gate of the flux stands here
  std::unique_ptr<FeedbackLoop> loop;  // around the runner; null without feedback
  settings::Admission admission;       // of the gate
  bool has_ended = false;              // an event from outside was the last one it takes
};

struct SerialSegment {
  explicit SerialSegment(std::size_t window) : turnstile(window) {}

  Turnstile<TicketPtr> turnstile;
  std::optional<SideDoor> door;    // only where events may come from outside
  bool is_closed = false;          // a ticket stopped here: later ones do not count
  std::size_t first_flux = 0;      // the number of fluxes[0]
  std::vector<SerialFlux> fluxes;  // in stream order, without gaps

  SerialFlux& of(std::size_t flux) { return fluxes[flux - first_flux]; }

  // Runs `work` for the ticket that is inside the turnstile.
  template <class Work>
  void work(Work&& work_of_ticket) {
    if (door) return door->work(std::forward<Work>(work_of_ticket));
    work_of_ticket();
  }
};

}  // namespace flux::runtime
