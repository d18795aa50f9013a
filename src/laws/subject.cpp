#include "laws/subject.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "core/error.hpp"
#include "json/check.hpp"
#include "plan/resolve.hpp"
#include "spec/parser.hpp"

namespace flux::laws {

// A plugin of one agent: that of the subject, with one flag less.
struct Subject::Copy {
  explicit Copy(const plugin::Agent& original) : agent(original.functions) {
    agent.struct_size = sizeof agent;
    agent.flags &= ~static_cast<std::uint32_t>(FLUX_IDENTITY);
    plugin = {FLUX_PLUGIN_MAGIC,
              FLUX_ABI_MAJOR,
              original.abi_minor,
              sizeof plugin,
              original.plugin.c_str(),
              "1.0.0",
              nullptr,
              &pointer,
              1,
              nullptr};
    registry.load(std::filesystem::path(original.file));
  }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;

  flux_agent agent;
  const flux_agent* pointer = &agent;
  flux_plugin plugin{};
  plugin::Registry registry{[this](const auto&) { return &plugin; }};
};

namespace {

// Whether a spec is one call, without settings; then its agent's name.
const spec::AgentCall* only_call(const spec::Pipeline& pipeline) {
  if (pipeline.fluxes.size() != 1) return nullptr;
  const spec::FluxSpec& flux = pipeline.fluxes.front();
  return flux.agents.size() == 1 && flux.settings.empty() ? &flux.agents.front() : nullptr;
}

bool has_snapshots(const plan::Stage& stage) {
  const flux_agent& functions = stage.agent->functions;
  return functions.state_version != 0 && functions.save != nullptr && functions.restore != nullptr;
}

const plugin::Agent* agent_called(const spec::AgentCall& call, plugin::Registry& registry) {
  const plugin::Lookup found = registry.find(call.name);
  const auto* agent = std::get_if<const plugin::Agent*>(&found);
  return agent == nullptr ? nullptr : *agent;
}

// What stands behind the agent's name in an example that is one call of it: "(by=level)".
std::optional<std::string> arguments_in(const plugin::Example& example, const plugin::Agent& agent) {
  const spec::Pipeline pipeline = spec::parse(example.pipeline);
  const spec::AgentCall* const call = only_call(pipeline);
  if (call == nullptr || (call->name != agent.name && call->name != agent.qualified_name())) return {};
  return example.pipeline.substr(call->name_span.end);
}

std::string name_for_calls(const plugin::Agent& agent, plugin::Registry& registry) {
  const bool has_namesake = !std::holds_alternative<const plugin::Agent*>(registry.find(agent.name));
  return has_namesake ? agent.qualified_name() : agent.name;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end != 0) lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

Subject make_subject(const std::string& call, plugin::Registry& registry, const plugin::Host& host) {
  const spec::Pipeline pipeline = spec::parse(call);
  const spec::AgentCall* const only = only_call(pipeline);
  if (only == nullptr)
    throw Error("the laws are about one agent, and this is a pipeline",
                "name each agent as a word of its own", pipeline.excerpt({0, call.size()}));
  Subject subject;
  subject.call = call;
  subject.host = host;
  subject.agent = agent_called(*only, registry);
  const bool is_identity = subject.agent != nullptr && subject.agent->is(FLUX_IDENTITY);
  if (is_identity) subject.copy = std::make_shared<Subject::Copy>(*subject.agent);
  subject.plan = plan::make_plan(pipeline, is_identity ? subject.copy->registry : registry, host, {});
  return subject;
}

std::vector<std::string> calls_of(const plugin::Agent& agent, plugin::Registry& registry) {
  const std::string name = name_for_calls(agent, registry);
  const bool needs_arguments =
      std::any_of(agent.params.begin(), agent.params.end(), [](const auto& param) { return param.required; });
  if (!needs_arguments) return {name};
  std::vector<std::string> calls;
  for (const plugin::Example& example : agent.examples) {
    const std::optional<std::string> arguments = arguments_in(example, agent);
    if (!arguments) continue;
    const std::string written = name + *arguments;
    if (std::find(calls.begin(), calls.end(), written) == calls.end()) calls.push_back(written);
  }
  return calls;
}

std::vector<ExampleCall> example_calls_of(const plugin::Agent& agent, plugin::Registry& registry) {
  std::vector<ExampleCall> calls;
  for (const plugin::Example& example : agent.examples) {
    const std::optional<std::string> arguments = arguments_in(example, agent);
    if (!arguments) continue;
    calls.push_back(
        {name_for_calls(agent, registry) + *arguments, lines_of(example.input), lines_of(example.output)});
    std::erase_if(calls.back().input, [](const std::string& line) { return !json::is_value(line); });
  }
  return calls;
}

std::vector<std::string> claims_of(const Subject& subject) {
  constexpr std::pair<std::uint32_t, const char*> kFlags[] = {
      {FLUX_IDENTITY, "identity"}, {FLUX_MAP, "map"},       {FLUX_STATELESS, "stateless"},
      {FLUX_PURE, "pure"},         {FLUX_ABSORB, "absorb"}, {FLUX_CONCURRENT, "concurrent"}};
  const plan::Stage& stage = subject.stage();
  std::vector<std::string> claims;
  for (const auto& [flag, name] : kFlags)
    if (subject.agent->is(flag)) claims.emplace_back(name);
  if (stage.agent->functions.merge != nullptr && !stage.in_order) claims.emplace_back("merge");
  if (has_snapshots(stage)) claims.emplace_back("save");
  if (stage.is_serial()) claims.emplace_back("in order");
  return claims;
}

}  // namespace flux::laws
