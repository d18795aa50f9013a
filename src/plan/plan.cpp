#include "plan/plan.hpp"

#include <algorithm>

namespace flux::plan {

bool Stage::is_serial() const {
  const bool many = is(FLUX_STATELESS) || is(FLUX_CONCURRENT) || agent->functions.merge != nullptr;
  return !many;
}

bool Flux::is_serial() const {
  return std::any_of(stages.begin(), stages.end(), [](const Stage& stage) { return stage.is_serial(); });
}

bool Flux::multiplies() const {
  return std::any_of(stages.begin(), stages.end(), [](const Stage& stage) {
    const bool one_to_one = stage.is(FLUX_MAP) || stage.agent->result != plugin::Result::replace;
    return !one_to_one || stage.agent->functions.finish != nullptr;
  });
}

bool Flux::is(std::uint32_t flag) const {
  return std::any_of(stages.begin(), stages.end(), [&](const Stage& stage) { return stage.is(flag); });
}

}  // namespace flux::plan
