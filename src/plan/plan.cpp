#include "plan/plan.hpp"

#include <algorithm>

namespace flux::plan {

bool Stage::is_serial() const {
  const bool many = is(FLUX_STATELESS) || is(FLUX_CONCURRENT) || agent->functions.merge != nullptr;
  return in_order || !many;
}

bool Flux::is_serial() const {
  return feeds_back() ||
         std::any_of(stages.begin(), stages.end(), [](const Stage& stage) { return stage.is_serial(); });
}

bool Flux::maps() const {
  return std::all_of(stages.begin(), stages.end(), [](const Stage& stage) {
    return stage.is(FLUX_MAP) || stage.agent->result != plugin::Result::replace;
  });
}

bool Flux::multiplies() const {
  return !maps() || std::any_of(stages.begin(), stages.end(),
                                [](const Stage& stage) { return stage.agent->functions.finish != nullptr; });
}

bool Flux::is(std::uint32_t flag) const {
  return std::any_of(stages.begin(), stages.end(), [&](const Stage& stage) { return stage.is(flag); });
}

bool Plan::may_drop() const {
  return std::any_of(fluxes.begin(), fluxes.end(), [](const Flux& flux) { return flux.drops(); });
}

// A flux with feedback counts for itself: what returns costs as well.
settings::Limit limit_of_source(const std::vector<Flux>& fluxes) {
  return fluxes.front().feeds_back() ? settings::Limit{} : fluxes.front().limit;
}

}  // namespace flux::plan
