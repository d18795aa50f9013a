#include "runtime/instances.hpp"

#include <optional>

namespace flux::runtime {

Instances::Instances(const plan::Plan& plan, const plugin::Host& host, std::size_t seats)
    : plan_(plan), of_(seats * plan.fluxes.size()), of_transform_(plan.fluxes.size()) {
  for (std::size_t f = plan.first; f < plan.end(); ++f) {
    const plan::Flux& flux = plan.fluxes[f];
    for (const plan::Stage& stage : flux.stages) {
      const bool is_shared = flux.is_serial() || stage.is(FLUX_CONCURRENT);
      plugin::Instance* instance = nullptr;
      for (std::size_t seat = 0; seat < seats; ++seat) {
        if (seat == 0 || !is_shared) instance = make(stage, host);
        of_[seat * plan.fluxes.size() + f].push_back(instance);
      }
    }
    if (flux.transform.empty()) continue;
    for (const plan::Stage& stage : flux.transform.front().stages)
      of_transform_[f].push_back(make(stage, host));
  }
}

plugin::Instance* Instances::make(const plan::Stage& stage, const plugin::Host& host) {
  plugin::Instance& made = instances_.emplace_back(*stage.agent, stage.values, host);
  const bool is_anything = stage.given.is_bare(Kind::json);
  made.describe(is_anything ? std::nullopt : std::optional(stage.given));
  return &made;
}

void Instances::interrupt() {
  for (plugin::Instance& instance : instances_) instance.interrupt();
}

}  // namespace flux::runtime
