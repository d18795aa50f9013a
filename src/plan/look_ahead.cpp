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

// Whether the stage sees no more of a text than some of its members.
bool sees_members_alone(const Stage& stage) {
  const auto is_member = [](const auto& seen) { return !seen.path.empty(); };
  return std::ranges::all_of(stage.input.fields, is_member) &&
         std::ranges::all_of(stage.looked_at, is_member);
}

// Whether `inner` lies within the member at `outer`, or is that member.
bool is_within(const Path& inner, const Path& outer) {
  return inner.size() >= outer.size() && std::equal(outer.begin(), outer.end(), inner.begin());
}

}  // namespace

bool changes_members_alone(const Plan& plan, const Stage& stage) {
  std::vector<Path> changed;
  for (const Field& field : stage.output.fields) {
    if (field.kept) return false;
    changed.push_back(field.path);
    if (!field.to.empty()) changed.push_back(field.to);
  }
  const auto& later = plan.reads[stage.read_out];
  for (const Path& outer : changed) {
    const auto lies_within = [&outer](const Path& path) { return is_within(path, outer); };
    if (std::ranges::count_if(changed, lies_within) > 1) return false;
    if (std::ranges::any_of(later, [&](const Path& path) { return path != outer && is_within(path, outer); }))
      return false;
  }
  return true;
}

bool looks_at_members_alone(const Plan& plan) {
  ReadIndex text = plan.wire_read;  // what holds bytes of the lines
  for (std::size_t f = plan.first; f < plan.end(); ++f) {
    const Flux& flux = plan.fluxes[f];
    if (flux.feeds_back()) return false;  // its queue holds whole events
    for (const Stage& stage : flux.stages) {
      if (stage.form != Form::text || stage.read_in != text) return true;  // behind the lines
      if (!sees_members_alone(stage)) return false;
      if (stage.agent->result != plugin::Result::extend) continue;
      if (!changes_members_alone(plan, stage)) return false;
      text = stage.read_out;
    }
  }
  return true;
}

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
