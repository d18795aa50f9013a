// What the workers and the injector of a section share.
//
// Thread safety: each member says it in its own header; `plan` and `options` never change.
#pragma once

#include <memory>
#include <vector>

#include "plan/plan.hpp"
#include "runtime/instances.hpp"
#include "runtime/options.hpp"
#include "runtime/serial_segment.hpp"
#include "transport/delivery.hpp"
#include "transport/ticket_sink.hpp"
#include "transport/ticket_source.hpp"

namespace flux::runtime {

struct SharedState {
  // Makes the instances; throws Error if a plugin refuses. `window`: tickets in flight at
  // most. REQUIRES: `plan`, `failures`, `source` and `sink` outlive this.
  SharedState(const plan::Plan& plan, const plugin::Host& host, TicketSource& source, TicketSink& sink,
              Failures& failures, const Options& options, std::size_t window);

  const plan::Plan& plan;
  const Options options;
  TicketSource& source;
  TicketSink& sink;
  Delivery delivery;
  Instances instances;
  // By segment; null for parallel ones. The way out is one more, behind the last segment.
  std::vector<std::unique_ptr<SerialSegment>> serial;

  std::size_t way_out() const { return plan.segments.size(); }
  bool is_serial(std::size_t segment) const { return serial[segment] != nullptr; }

 private:
  std::unique_ptr<SerialSegment> make_serial(const plan::Segment& segment, std::size_t window) const;
  SerialFlux make_serial_flux(std::size_t flux) const;
};

}  // namespace flux::runtime
