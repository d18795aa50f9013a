// flux agents: what there is, for people and for programs.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "core/error.hpp"

namespace flux::cli {

namespace {

using Json = nlohmann::ordered_json;
using plugin::Agent;
using plugin::Param;

std::string result_type(const Agent& agent) {
  switch (agent.result) {
    case plugin::Result::replace:
      return to_string(agent.output);
    case plugin::Result::select:
      return "the event, or not";
    case plugin::Result::extend:
      return "the event, changed";
  }
  return "?";
}

std::string input_type(const Agent& agent) {
  return agent.input.is_nothing() ? "any" : to_string(agent.input);
}

std::string kind_of(const Param& param) {
  const std::string kind(plugin::name_of(param.kind));
  return param.list || param.rest || param.named ? "list of " + kind : kind;
}

// A default as a spec would write it; empty if there is none.
std::string default_of(const Param& param) {
  if (!param.default_value) return {};
  const flux_value& value = *param.default_value;
  if (value.is_list != 0) return value.as.list.size == 0 ? "[]" : "[…]";
  switch (value.kind) {
    case FLUX_INT64:
      return fmt::format("{}", value.as.int64);
    case FLUX_DOUBLE:
      return fmt::format("{}", value.as.number);
    case FLUX_BOOL:
      return value.as.boolean != 0 ? "true" : "false";
    case FLUX_STRING:
      return Json(std::string(value.as.str.data, value.as.str.size)).dump();
    case FLUX_JSON:
      return std::string(value.as.str.data, value.as.str.size);
    default:
      return {};
  }
}

// "head(n)". Where several of the agents told of have its name, with its plugin:
// that is how a pipeline has to call it.
std::string call_of(const Agent& agent, const std::vector<const Agent*>& all) {
  const auto namesakes =
      std::ranges::count_if(all, [&](const Agent* other) { return other->name == agent.name; });
  const std::string name = namesakes > 1 ? agent.qualified_name() : agent.name;
  std::string params;
  for (const Param& param : agent.params) {
    if (!params.empty()) params += ", ";
    params += param.name;
    if (param.rest || param.named) params += "…";
  }
  return params.empty() ? name : fmt::format("{}({})", name, params);
}

Json flags_of(const Agent& agent) {
  constexpr std::pair<std::uint32_t, const char*> kNames[] = {
      {FLUX_MAP, "map"},          {FLUX_STATELESS, "stateless"},
      {FLUX_PURE, "pure"},        {FLUX_CONCURRENT, "concurrent"},
      {FLUX_ABSORB, "absorb"},    {FLUX_IDENTITY, "identity"},
      {FLUX_BLOCKING, "blocking"}};
  Json names = Json::array();
  for (const auto& [flag, name] : kNames)
    if (agent.is(flag)) names.push_back(name);
  return names;
}

Json json_of(const Agent& agent) {
  constexpr const char* kResults[] = {"replace", "select", "extend"};
  Json json = {
      {"name", agent.name},
      {"plugin", agent.plugin},
      {"version", agent.version},
      {"summary", agent.summary},
      {"input", input_type(agent)},
      {"output", agent.result == plugin::Result::replace ? Json(to_string(agent.output)) : Json(nullptr)},
      {"result", kResults[static_cast<int>(agent.result)]},
      {"flags", flags_of(agent)},
      {"params", Json::array()},
      {"examples", Json::array()},
      {"file", agent.file},
      {"abi", fmt::format("{}.{}", FLUX_ABI_MAJOR, agent.abi_minor)}};
  for (const Param& param : agent.params) {
    const std::string by_default = default_of(param);
    json["params"].push_back({{"name", param.name},
                              {"kind", kind_of(param)},
                              {"required", param.required},
                              {"default", by_default.empty() ? Json(nullptr) : Json(by_default)},
                              {"summary", param.summary}});
  }
  for (const plugin::Example& example : agent.examples)
    json["examples"].push_back(
        {{"pipeline", example.pipeline}, {"input", example.input}, {"output", example.output}});
  return json;
}

std::string list_of(const std::vector<const Agent*>& agents) {
  std::size_t width = 0;
  for (const Agent* agent : agents) width = std::max(width, call_of(*agent, agents).size());
  std::string text;
  for (const Agent* agent : agents)
    text += fmt::format("{:<{}}  {}\n", call_of(*agent, agents), width, agent->summary);
  return text + "'flux agents NAME' tells of one in full\n";
}

std::string indented(const std::string& lines) {
  std::string text;
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', begin), lines.size());
    text += "    " + lines.substr(begin, end - begin) + "\n";
    begin = end + 1;
  }
  return text;
}

std::string page_of(const Agent& agent, const std::vector<const Agent*>& agents) {
  std::string text = fmt::format("{}\n  {}\n\n  {} -> {}\n", call_of(agent, agents), agent.summary,
                                 input_type(agent), result_type(agent));
  if (!agent.params.empty()) text += "\n";
  for (const Param& param : agent.params) {
    const std::string by_default = default_of(param);
    const std::string need = param.required       ? ", required"
                             : by_default.empty() ? ""
                                                  : ", default " + by_default;
    text += fmt::format("  {} ({}{}): {}\n", param.name, kind_of(param), need, param.summary);
  }
  for (const plugin::Example& example : agent.examples)
    text += fmt::format("\n  flux run '{}'\n  in\n{}  out\n{}", example.pipeline, indented(example.input),
                        indented(example.output));
  std::string flags;
  for (const auto& flag : flags_of(agent)) flags += (flags.empty() ? "" : ", ") + flag.get<std::string>();
  text += fmt::format("\n  plugin {} {} (ABI {}.{}): {}\n", agent.plugin, agent.version, FLUX_ABI_MAJOR,
                      agent.abi_minor, agent.file);
  if (!flags.empty()) text += fmt::format("  {}\n", flags);
  return text;
}

// By plain or by full name; several where several plugins have it.
std::vector<const Agent*> named(const plugin::Registry& registry, const std::string& name) {
  const plugin::Lookup found = registry.find(name);
  if (const auto* agent = std::get_if<const Agent*>(&found)) return {*agent};
  if (const auto* unknown = std::get_if<plugin::Unknown>(&found))
    throw Error(fmt::format("unknown agent '{}'", printable(name)),
                unknown->suggestion
                    ? fmt::format("did you mean '{}'? ('flux agents' lists all)", *unknown->suggestion)
                    : "'flux agents' lists all");
  std::vector<const Agent*> all = registry.all();
  std::erase_if(all, [&](const Agent* agent) { return agent->name != name; });
  return all;
}

}  // namespace

int agents(const Options& options, const io::StandardStreams& streams) {
  plugin::Registry registry;
  load_plugins(registry, options, nullptr);
  const auto chosen = options.agent ? named(registry, *options.agent) : registry.all();
  if (options.format == Format::json) {
    Json json = Json::array();
    for (const Agent* agent : chosen) json.push_back(json_of(*agent));
    return print(streams, json.dump(2) + "\n");
  }
  if (!options.agent) return print(streams, list_of(chosen));
  std::string text;
  for (const Agent* agent : chosen) text += (text.empty() ? "" : "\n") + page_of(*agent, chosen);
  return print(streams, text);
}

}  // namespace flux::cli
