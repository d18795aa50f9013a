// flux agents: what there is, for people and for programs.
#include <fmt/format.h>

#include "cli/agent_pages.hpp"
#include "cli/commands.hpp"
#include "core/error.hpp"

namespace flux::cli {

namespace {

using plugin::Agent;

// By plain or by full name; several where several plugins have it.
Agents named(plugin::Registry& registry, const std::string& name) {
  const plugin::Lookup found = registry.find(name);
  if (const auto* agent = std::get_if<const Agent*>(&found)) return {*agent};
  if (const auto* unknown = std::get_if<plugin::Unknown>(&found))
    throw Error(fmt::format("unknown agent '{}'", printable(name)),
                unknown->suggestion
                    ? fmt::format("did you mean '{}'? ('flux agents' lists all)", *unknown->suggestion)
                    : "'flux agents' lists all");
  Agents all = registry.all();
  std::erase_if(all, [&](const Agent* agent) { return agent->name != name; });
  return all;
}

}  // namespace

int agents(const Options& options, const io::StandardStreams& streams) {
  plugin::Registry registry;
  load_plugins(registry, options, nullptr);
  const auto chosen = options.agent ? named(registry, *options.agent) : registry.all();
  if (options.format == Format::json) return print(streams, json_of(chosen));
  if (options.format == Format::markdown) return print(streams, markdown_of(chosen));
  if (!options.agent) return print(streams, list_of(chosen));
  std::string text;
  for (const Agent* agent : chosen) text += (text.empty() ? "" : "\n") + page_of(*agent, chosen.size() > 1);
  return print(streams, text);
}

}  // namespace flux::cli
