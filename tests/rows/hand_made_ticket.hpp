// Plans and tickets made by hand, for what looks at the lines of a block.
#pragma once

#include <cstring>
#include <string_view>

#include "plan/hand_made.hpp"
#include "rows/ticket.hpp"

namespace hand_made {

// A plan of one flux `double` of one agent of that name.
class OneFlux {
 public:
  explicit OneFlux(flux::plan::Wire wire) {
    fluxes_.add(kParallelMap);
    fluxes_.last_agent().name = "double";
    plan.fluxes = fluxes_.fluxes;
    plan.fluxes[0].id = "double";
    plan.reads.emplace_back();
    plan.wire = wire;
  }
  OneFlux(const OneFlux&) = delete;
  OneFlux& operator=(const OneFlux&) = delete;

  flux::plan::Plan plan;

 private:
  Fluxes fluxes_;  // owns the agent
};

// A ticket with these whole lines, which begin at byte `offset` of their source.
inline void fill(flux::runtime::Ticket& ticket, std::string_view lines, std::uint64_t offset = 0) {
  ticket.recycle(1, 1);
  char* const begin = ticket.in.block.prepare(0, lines.size());
  if (!lines.empty()) std::memcpy(begin, lines.data(), lines.size());
  ticket.in.cut.text = {begin, lines.size()};
  ticket.in.cut.offset = offset;
  ticket.in.cut.bytes = lines.size();
}

}  // namespace hand_made
