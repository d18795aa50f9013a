#include "plan/ids.hpp"

#include <fmt/format.h>

#include <map>
#include <set>
#include <string>

#include "core/error.hpp"

namespace flux::plan {

void name_fluxes(Plan& plan) {
  std::set<std::string> taken;
  for (std::size_t i = 0; i < plan.fluxes.size(); ++i) {
    const std::string& id = plan.fluxes[i].config.agent_id;
    if (!id.empty() && !taken.insert(id).second)
      throw Error(fmt::format("two fluxes are called '{}'", printable(id)), "give each its own agent_id",
                  plan.pipeline.excerpt(plan.pipeline.fluxes[i].span));
  }
  std::map<std::string, int> seen;  // how many were called so
  for (std::size_t i = 0; i < plan.fluxes.size(); ++i) {
    Flux& flux = plan.fluxes[i];
    flux.id = flux.config.agent_id;
    if (!flux.id.empty()) continue;
    std::string name;
    for (const spec::AgentCall& call : plan.pipeline.fluxes[i].agents)
      name += (name.empty() ? "" : ">>") + call.name;
    do {
      const int number = ++seen[name];
      flux.id = number == 1 ? name : fmt::format("{}-{}", name, number);
    } while (!taken.insert(flux.id).second);
  }
}

}  // namespace flux::plan
