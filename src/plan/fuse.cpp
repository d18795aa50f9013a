#include "plan/fuse.hpp"

namespace flux::plan {

void place_gates(std::vector<Flux>& fluxes, bool takes_perturbations) {
  settings::Limit upstream;  // no more events than this can reach the next flux
  for (std::size_t i = 0; i < fluxes.size(); ++i) {
    Flux& flux = fluxes[i];
    if (flux.feeds_back()) {  // it counts for itself, and no limit upstream bounds what returns
      upstream = flux.multiplies() ? settings::Limit{} : flux.limit;
      continue;
    }
    // Of two equal limits the second is never reached, but where it stops with the
    // last event while the first still waits for one more, to collapse.
    const bool stops_first =
        flux.limit.events == upstream.events && upstream.collapses && !flux.limit.collapses;
    const bool can_be_reached =
        flux.limit.events < upstream.events || stops_first || (takes_perturbations && !flux.limit.is_none());
    flux.has_gate = i > 0 && can_be_reached;
    if (can_be_reached) upstream = flux.limit;
    if (flux.multiplies()) upstream = {};
  }
}

namespace {

// Serial work joins the serial segment before it, if nothing stands between.
Segment& serial_segment(std::vector<Segment>& segments) {
  if (segments.back().steps.empty() && segments.size() > 1) {
    segments.pop_back();
  } else {
    segments.push_back({true, {}});
  }
  return segments.back();
}

}  // namespace

std::vector<Segment> cut_into_segments(const std::vector<Flux>& fluxes, bool fuse, std::size_t first,
                                       std::size_t end) {
  std::vector<Segment> segments = {{false, {}}};
  for (std::size_t i = first; i < end; ++i) {
    const Flux& flux = fluxes[i];
    const Step run{Step::Kind::run, i};
    if (!fuse && i > first) {
      segments.push_back({true, {}});
      segments.push_back({false, {}});
    }
    if (!flux.has_gate && !flux.is_serial()) {
      segments.back().steps.push_back(run);
      continue;
    }
    Segment& serial = serial_segment(segments);
    if (flux.has_gate) serial.steps.push_back({Step::Kind::admit, i});
    if (flux.is_serial()) serial.steps.push_back(run);
    segments.push_back({false, {}});
    if (!flux.is_serial()) segments.back().steps.push_back(run);
  }
  return segments;
}

std::vector<Plan> sections_of(const Plan& plan) {
  std::vector<Plan> sections;
  for (std::size_t first = 0, i = 0; i < plan.fluxes.size(); ++i) {
    const bool is_last = i + 1 == plan.fluxes.size();
    if (!is_last && !plan.fluxes[i].drops()) continue;
    Plan section = plan;
    section.first = first;
    section.behind_last = i + 1;
    section.segments = cut_into_segments(plan.fluxes, plan.fuse, first, i + 1);
    if (first > 0) {  // a buffer holds text
      section.wire = plan.fluxes[first].wire;
      section.wire_read = plan.fluxes[first].read_in;
    }
    sections.push_back(std::move(section));
    first = i + 1;
  }
  return sections;
}

}  // namespace flux::plan
