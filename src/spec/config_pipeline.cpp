#include "spec/config_pipeline.hpp"

#include <fmt/format.h>

#include <span>

#include "spec/json_text.hpp"
#include "spec/parser.hpp"
#include "spec/path.hpp"

namespace flux::spec {

namespace {

using Kind = JsonNode::Kind;

constexpr const char* kAnAgent = "an agent: \"head(3)\", or {\"agent\": \"head\", \"params\": {\"n\": 3}}";

// Writes a list of fluxes as a spec.
class Renderer {
 public:
  explicit Renderer(const ConfigReader& reader) : reader_(reader) {}

  Pipeline pipeline(const JsonNode& fluxes);

 private:
  void flux(const JsonNode& node);
  void composition(const JsonNode& agents, const JsonNode* params);
  void agent(const JsonNode& node, const JsonNode* params);
  void call(const JsonNode& node, const JsonNode* params);
  std::string arguments(const JsonNode& params) const;
  void settings(const JsonNode& config);

  const ConfigReader& reader_;
  std::string text_;
  std::vector<bool> has_params_;  // per agent: its arguments come from "params"
};

Pipeline Renderer::pipeline(const JsonNode& fluxes) {
  if (fluxes.items.empty()) throw reader_.error(fluxes.span, "empty pipeline", "write at least one flux");
  for (const JsonNode& item : fluxes.items) {
    if (&item != &fluxes.items.front()) text_ += " | ";
    flux(item);
  }
  Pipeline pipeline = parse(text_);
  std::size_t index = 0;
  for (FluxSpec& flux : pipeline.fluxes)
    for (AgentCall& call : flux.agents) {
      const bool from_params = has_params_[index++];
      for (Argument& argument : call.arguments)
        if (from_params) argument.from = Argument::From::config;
    }
  return pipeline;
}

void Renderer::flux(const JsonNode& node) {
  reader_.require(node, Kind::object, "pipeline", "a list of objects such as {\"agent\": \"double\"}");
  reader_.require_keys(node, "pipeline", {"agent", "params", "config"});
  const JsonNode* agents = node.member("agent");
  if (agents == nullptr)
    throw reader_.error(node.span, "a flux without 'agent'", "name its agent: {\"agent\": \"double\"}");
  const JsonNode* params = node.member("params");
  if (agents->kind == Kind::list)
    composition(*agents, params);
  else
    call(*agents, params);
  if (const JsonNode* config = node.member("config")) settings(*config);
}

void Renderer::composition(const JsonNode& agents, const JsonNode* params) {
  if (agents.items.empty()) throw reader_.error(agents.span, "'agent' is an empty list", "name an agent");
  if (params != nullptr)
    reader_.require(*params, Kind::list, "params", "a list with an object for each agent");
  if (params != nullptr && params->items.size() != agents.items.size())
    throw reader_.error(params->span,
                        fmt::format("'params' must hold an object for each of {} agents, found {}",
                                    agents.items.size(), params->items.size()),
                        "write {} for an agent without parameters");
  for (std::size_t i = 0; i < agents.items.size(); ++i) {
    if (i > 0) text_ += " >> ";
    agent(agents.items[i], params == nullptr ? nullptr : &params->items[i]);
  }
}

// One agent of a composition: a call, or an object that brings its own params.
void Renderer::agent(const JsonNode& node, const JsonNode* params) {
  if (node.kind != Kind::object) return call(node, params);
  reader_.require_keys(node, "agent", {"agent", "params"});
  const JsonNode* name = node.member("agent");
  if (name == nullptr)
    throw reader_.error(node.span, "'agent' is missing", fmt::format("write {}", kAnAgent));
  const JsonNode* own = node.member("params");
  if (own != nullptr && params != nullptr && !params->items.empty())
    throw reader_.error(own->span, "parameters in two places",
                        "leave out the ones here, or those of the flux");
  call(*name, own != nullptr ? own : params);
}

void Renderer::call(const JsonNode& node, const JsonNode* params) {
  reader_.require(node, Kind::string, "agent", kAnAgent);
  const Pipeline spec = reader_.spec(node);
  const FluxSpec& flux = spec.fluxes.front();
  const AgentCall& call = flux.agents.front();
  if (spec.fluxes.size() > 1 || flux.agents.size() > 1)
    throw reader_.error(node.span, fmt::format("'agent' must be one agent, found '{}'", printable(spec.text)),
                        "write a list for '>>', and an object each for fluxes joined by '|'");
  if (!flux.settings.empty())
    throw reader_.error(node.span, "settings in 'agent'", "write them as the \"config\" of the flux");
  const std::string given = params == nullptr ? "" : arguments(*params);
  if (!given.empty() && !call.arguments.empty())
    throw reader_.error(node.span, fmt::format("'{}' has arguments, and 'params' beside it", call.name),
                        "give all of them in 'params'");
  has_params_.push_back(!given.empty());
  if (!given.empty())
    text_ += fmt::format("{}({})", call.name, given);
  else
    text_ += spec.text.substr(call.span.begin, call.span.end - call.span.begin);
}

std::string Renderer::arguments(const JsonNode& params) const {
  reader_.require(params, Kind::object, "params", "an object such as {\"n\": 3}");
  std::string text;
  for (const JsonNode& param : params.items) {
    if (!read_path(param.key))
      throw reader_.error(param.key_span, fmt::format("'{}' is no name of a parameter", printable(param.key)),
                          fmt::format("a member of that name is written {}", quote(quote(param.key))));
    if (!text.empty()) text += ", ";
    text += fmt::format("{}={}", param.key, reader_.json(param));
  }
  return text;
}

void Renderer::settings(const JsonNode& config) {
  reader_.require(config, Kind::object, "config", "an object");
  if (config.items.empty()) return;
  text_ += '{';
  reader_.settings(config);
  for (const JsonNode& setting : config.items) {
    if (&setting != &config.items.front()) text_ += ", ";
    text_ += fmt::format("{}={}", setting.key, reader_.json(setting));
  }
  text_ += '}';
}

}  // namespace

Pipeline read_pipeline(const ConfigReader& reader, const JsonNode& node) {
  if (node.kind == Kind::string) return reader.spec(node);
  reader.require(node, Kind::list, "pipeline", "a spec such as \"double | addone\", or a list of fluxes");
  return Renderer(reader).pipeline(node);
}

}  // namespace flux::spec
