#include "cli/agent_pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

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
  std::string kind(plugin::name_of(param.kind));
  if (param.kind == FLUX_EXPR && param.expr_kind != FLUX_JSON)
    kind = fmt::format("{} {}", plugin::name_of(param.expr_kind), kind);
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

std::string call_of(const Agent& agent, const std::string& name) {
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
      {FLUX_MAP, "map"},           {FLUX_STATELESS, "stateless"},
      {FLUX_PURE, "pure"},         {FLUX_CONCURRENT, "concurrent"},
      {FLUX_ABSORB, "absorb"},     {FLUX_IDENTITY, "identity"},
      {FLUX_BLOCKING, "blocking"}, {FLUX_VERBATIM, "verbatim"}};
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

std::string prefixed(std::string_view prefix, const std::string& lines) {
  std::string text;
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', begin), lines.size());
    text += fmt::format("{}{}\n", prefix, lines.substr(begin, end - begin));
    begin = end + 1;
  }
  return text;
}

std::string need_of(const Param& param) {
  const std::string by_default = default_of(param);
  return param.required ? ", required" : by_default.empty() ? "" : ", default " + by_default;
}

// Lines as they are fed to a shell's command: a here-document, for they may hold anything.
std::string markdown_of(const plugin::Example& example) {
  return fmt::format("```\n$ flux run '{}' <<'end'\n", example.pipeline) + prefixed("> ", example.input) +
         "> end\n" + example.output + "```\n";
}

std::string markdown_of(const Agent& agent) {
  std::string text =
      fmt::format("### {}\n\n`{}`: {}. From {} to {}.\n", agent.name, call_of(agent, agent.name),
                  agent.summary, input_type(agent), result_type(agent));
  if (!agent.params.empty()) text += "\n";
  for (const Param& param : agent.params)
    text += fmt::format("- `{}` ({}{}): {}\n", param.name, kind_of(param), need_of(param), param.summary);
  for (const plugin::Example& example : agent.examples) text += "\n" + markdown_of(example);
  return text;
}

}  // namespace

std::string list_of(const Agents& agents) {
  const auto name_of = [&](const Agent& agent) {
    const auto namesakes =
        std::ranges::count_if(agents, [&](const Agent* other) { return other->name == agent.name; });
    return namesakes > 1 ? agent.qualified_name() : agent.name;
  };
  std::size_t width = 0;
  for (const Agent* agent : agents) width = std::max(width, name_of(*agent).size());
  std::map<std::string, std::string> plugins;
  for (const Agent* agent : agents)
    plugins[agent->plugin] += fmt::format("  {:<{}}  {}\n", name_of(*agent), width, agent->summary);
  std::string text;
  for (const auto& [plugin, list] : plugins) text += fmt::format("{}\n{}", plugin, list);
  return text + "'flux agents NAME' tells of one in full\n";
}

std::string page_of(const Agent& agent, bool has_namesake) {
  std::string text = fmt::format("{}\n  {}\n\n  {} -> {}\n",
                                 call_of(agent, has_namesake ? agent.qualified_name() : agent.name),
                                 agent.summary, input_type(agent), result_type(agent));
  if (!agent.params.empty()) text += "\n";
  for (const Param& param : agent.params) {
    text += fmt::format("  {} ({}{}): {}\n", param.name, kind_of(param), need_of(param), param.summary);
  }
  for (const plugin::Example& example : agent.examples)
    text += fmt::format("\n  flux run '{}'\n  in\n{}  out\n{}", example.pipeline,
                        prefixed("    ", example.input), prefixed("    ", example.output));
  std::string flags;
  for (const auto& flag : flags_of(agent)) flags += (flags.empty() ? "" : ", ") + flag.get<std::string>();
  text += fmt::format("\n  plugin {} {} (ABI {}.{}): {}\n", agent.plugin, agent.version, FLUX_ABI_MAJOR,
                      agent.abi_minor, agent.file);
  if (!flags.empty()) text += fmt::format("  {}\n", flags);
  return text;
}

std::string json_of(const Agents& agents) {
  Json json = Json::array();
  for (const Agent* agent : agents) json.push_back(json_of(*agent));
  return json.dump(2) + "\n";
}

std::string markdown_of(const Agents& agents) {
  std::map<std::string, std::string> plugins;
  for (const Agent* agent : agents) plugins[agent->plugin] += "\n" + markdown_of(*agent);
  std::string text = "# Agents\n";
  for (const auto& [plugin, page] : plugins) text += fmt::format("\n## Plugin {}\n{}", plugin, page);
  return text;
}

}  // namespace flux::cli
