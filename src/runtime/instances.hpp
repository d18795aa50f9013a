// The instances of all agents of a section: one per seat of what may run in parallel; one
// in all of what is serial, or may be called by several threads at once. Each worker has a
// seat, and so has the injector.
//
// Thread safety: made by one thread; then of() is const, and interrupt() may be called by
// any thread. An instance belongs to the thread of its seat, or to the thread that is
// inside its serial segment.
#pragma once

#include <deque>
#include <vector>

#include "plan/plan.hpp"
#include "plugin/instance.hpp"

namespace flux::runtime {

class Instances {
 public:
  // Throws Error if a plugin refuses. REQUIRES: `plan` outlives this.
  Instances(const plan::Plan& plan, const plugin::Host& host, std::size_t seats);

  // By stage.
  const std::vector<plugin::Instance*>& of(std::size_t seat, std::size_t flux) const {
    return of_[seat * plan_.fluxes.size() + flux];
  }
  // Those of the transform of what a flux feeds back; empty without one.
  const std::vector<plugin::Instance*>& of_transform(std::size_t flux) const { return of_transform_[flux]; }

  // Makes agents that wait return soon.
  void interrupt();

 private:
  plugin::Instance* make(const plan::Stage& stage, const plugin::Host& host);

  const plan::Plan& plan_;
  std::deque<plugin::Instance> instances_;
  std::vector<std::vector<plugin::Instance*>> of_;            // [seat * fluxes + flux][stage]
  std::vector<std::vector<plugin::Instance*>> of_transform_;  // [flux][stage]
};

}  // namespace flux::runtime
