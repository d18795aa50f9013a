#include "plan/look_ahead.hpp"

#include <algorithm>
#include <functional>

namespace flux::plan {

namespace {

void find_extends(const std::vector<Flux>& fluxes, std::vector<const Stage*>& found) {
  for (const Flux& flux : fluxes) {
    for (const Stage& stage : flux.stages)
      if (stage.agent->result == plugin::Result::extend) found.push_back(&stage);
    find_extends(flux.transform, found);
  }
}

}  // namespace

void look_ahead(Plan& plan) {
  const auto add = [](std::vector<Path>& paths, const Path& path) {
    if (!path.empty() && std::find(paths.begin(), paths.end(), path) == paths.end()) paths.push_back(path);
  };
  std::vector<const Stage*> extends;
  find_extends(plan.fluxes, extends);
  // From the last text to the first, so that what is added to one is seen by the one before.
  std::ranges::sort(extends, std::greater(), &Stage::read_in);
  for (const Stage* stage : extends) {
    auto& before = plan.reads[stage->read_in];
    for (const Path& path : plan.reads[stage->read_out]) add(before, path);
    for (const Field& field : stage->output.fields) {
      add(before, field.path);
      add(before, field.to);
    }
  }
}

}  // namespace flux::plan
