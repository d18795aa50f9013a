#include "plan/resolve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/error.hpp"
#include "plan/fuse.hpp"
#include "plan/join.hpp"

namespace flux::plan {

namespace {

const plugin::Agent& agent_named(const spec::AgentCall& call, const plugin::Registry& registry,
                                 const spec::Pipeline& pipeline) {
  const plugin::Lookup found = registry.find(call.name);
  if (const auto* agent = std::get_if<const plugin::Agent*>(&found)) return **agent;
  if (const auto* ambiguous = std::get_if<plugin::Ambiguous>(&found))
    throw Error(fmt::format("'{}' is in several plugins: {}", call.name, fmt::join(ambiguous->names, ", ")),
                "say which one you mean", pipeline.excerpt(call.name_span));
  const auto& near = std::get<plugin::Unknown>(found).suggestion;
  throw Error(
      fmt::format("unknown agent '{}'", call.name),
      near ? fmt::format("did you mean '{}'? ('flux agents' lists all)", *near) : "'flux agents' lists all",
      pipeline.excerpt(call.name_span));
}

flow::Layer own_settings(const spec::FluxSpec& flux, const spec::Pipeline& pipeline) {
  flow::Layer layer;
  for (const spec::Setting& setting : flux.settings) {
    try {
      layer.set(setting.key, setting.value);
    } catch (Error& error) {
      const bool is_known =
          std::ranges::find(flow::setting_names(), setting.key) != flow::setting_names().end();
      error.at = pipeline.excerpt(is_known ? setting.value_span : setting.key_span);
      throw;
    }
  }
  return layer;
}

// Follows the events through the agents: their types, and the form of the rows.
class Joiner {
 public:
  Joiner(Plan& plan, const plugin::Registry& registry, const plugin::Host& host)
      : plan_(plan), registry_(registry), host_(host) {
    plan_.reads.emplace_back();  // of the wire
  }

  void start(bool raw_input) {
    type_ = Type::bare(raw_input ? Kind::string : Kind::json);
    form_ = raw_input ? Form::columns : Form::text;
    plan_.wire = raw_input ? Wire::raw : Wire::text;
  }

  Flux flux(const spec::FluxSpec& spec, const flow::FluxConfig& config) {
    Flux flux;
    flux.given = type_;
    flux.form = form_;
    flux.config = config;
    flux.limit = flow::limit_of(config);
    flux.spec = plan_.pipeline.text.substr(spec.span.begin, spec.span.end - spec.span.begin);
    for (const spec::AgentCall& call : spec.agents) add(call, flux);
    flux.gives = type_;
    flux.gives_form = form_;
    // The form of the rows that come may only be settled by the first agent.
    if (!flux.stages.empty()) flux.form = flux.stages.front().form;
    return flux;
  }

 private:
  void add(const spec::AgentCall& call, Flux& flux) {
    const plugin::Agent& agent = agent_named(call, registry_, plan_.pipeline);
    if (agent.is(FLUX_SOURCE) || agent.is(FLUX_SINK))
      throw Error(fmt::format("'{}' is a {}, not an agent between two", agent.name,
                              agent.is(FLUX_SOURCE) ? "source" : "sink"),
                  {}, plan_.pipeline.excerpt(call.name_span));
    Stage stage;
    stage.agent = &agent;
    stage.span = call.span;
    stage.given = type_;
    stage.values = std::make_shared<const plugin::Values>(bind_arguments(call, agent, plan_.pipeline));
    describe(stage, call);
    if (agent.is(FLUX_IDENTITY)) return;
    check(stage, call);
    settle_form(stage);
    previous_ = agent.name;
    plan_.is_blocking = plan_.is_blocking || agent.is(FLUX_BLOCKING);
    flux.stages.push_back(std::move(stage));
  }

  // Parameters are checked by the plugin itself: an instance is made to ask it.
  void describe(Stage& stage, const spec::AgentCall& call) {
    try {
      plugin::Instance instance(*stage.agent, stage.values, host_);
      const bool is_anything = type_.is_bare(Kind::json);
      const plugin::Ports ports = instance.describe(is_anything ? std::nullopt : std::optional(type_));
      stage.input = ports.input;
      stage.output = ports.output;
    } catch (Error& error) {
      if (!error.at) error.at = plan_.pipeline.excerpt(call.span);
      throw;
    }
  }

  void check(Stage& stage, const spec::AgentCall& call) {
    auto why = misfit(type_, stage.input);
    if (!why && stage.agent->result == plugin::Result::extend && type_.is_bare() &&
        !type_.is_bare(Kind::json))
      why = fmt::format("{} is no object", name_of(type_.fields[0].kind));
    if (!why) return;
    const std::string giver = previous_.empty() ? "the input" : fmt::format("'{}'", previous_);
    throw Error(fmt::format("'{}' cannot follow {}: {} gives {}, '{}' wants {}", stage.agent->name, giver,
                            giver, to_string(type_), stage.agent->name,
                            stage.input.is_nothing() ? "an object" : to_string(stage.input)),
                *why, plan_.pipeline.excerpt(call.span));
  }

  void settle_form(Stage& stage) {
    const bool is_first = previous_.empty() && plan_.fluxes.empty();
    const bool extends = stage.agent->result == plugin::Result::extend;
    if (is_first && plan_.wire == Wire::text && stage.agent->result == plugin::Result::replace &&
        stage.input.is_bare(Kind::int64)) {
      plan_.wire = Wire::ints;
      form_ = Form::columns;
      stage.given = Type::bare(Kind::int64);
    }
    stage.form = form_;
    stage.reads_text = form_ == Form::columns && (extends || !columns_suffice(stage.given, stage.input));
    if (stage.reads_text) {
      read_ = plan_.reads.size();
      plan_.reads.emplace_back();
      form_ = Form::text;
    }
    stage.read_in = read_;
    if (form_ == Form::text) want_members(stage);
    if (stage.agent->result == plugin::Result::select) {
      stage.output = type_;
      stage.read_out = read_;
      return;
    }
    type_ = extends ? Type::bare(Kind::json) : stage.output;
    form_ = type_.is_bare(Kind::json) ? Form::text : Form::columns;
    if (form_ == Form::text) {
      read_ = plan_.reads.size();
      plan_.reads.emplace_back();
    }
    stage.read_out = read_;
  }

  // Notes which members of the text are looked for, once for all agents that see it.
  void want_members(Stage& stage) {
    auto& paths = plan_.reads[read_];
    for (const Field& field : stage.input.fields) {
      if (field.path.empty()) continue;
      const auto found = std::find(paths.begin(), paths.end(), field.path);
      stage.slots.push_back(static_cast<std::size_t>(found - paths.begin()));
      if (found == paths.end()) paths.push_back(field.path);
    }
  }

  Plan& plan_;
  const plugin::Registry& registry_;
  const plugin::Host& host_;
  Type type_;
  Form form_ = Form::text;
  ReadIndex read_ = 0;
  std::string previous_;  // the agent before
};

// "double", the second one "double-2"; "double>>addone" for a composition.
void name_fluxes(Plan& plan) {
  std::set<std::string> taken;
  for (std::size_t i = 0; i < plan.fluxes.size(); ++i) {
    const std::string& id = plan.fluxes[i].config.agent_id;
    if (!id.empty() && !taken.insert(id).second)
      throw Error(fmt::format("two fluxes are called '{}'", printable(id)), "give each its own agent_id",
                  plan.pipeline.excerpt(plan.pipeline.fluxes[i].span));
  }
  for (std::size_t i = 0; i < plan.fluxes.size(); ++i) {
    Flux& flux = plan.fluxes[i];
    flux.id = flux.config.agent_id;
    if (!flux.id.empty()) continue;
    std::string name;
    for (const spec::AgentCall& call : plan.pipeline.fluxes[i].agents)
      name += (name.empty() ? "" : ">>") + call.name;
    flux.id = name;
    for (int n = 2; !taken.insert(flux.id).second; ++n) flux.id = fmt::format("{}-{}", name, n);
  }
}

}  // namespace

Plan make_plan(const spec::Pipeline& pipeline, const plugin::Registry& registry, const plugin::Host& host,
               const Options& options) {
  if (pipeline.fluxes.size() > 1 && options.flags.agent_id)
    throw Error("--agent-id names one flux, and this pipeline has several",
                "write it into the spec: double{agent_id=first} | …");
  Plan plan;
  plan.pipeline = pipeline;
  Joiner joiner(plan, registry, host);
  joiner.start(options.raw_input);
  for (const spec::FluxSpec& spec : pipeline.fluxes) {
    const flow::Layer layers[] = {own_settings(spec, pipeline), options.flags, options.defaults};
    plan.fluxes.push_back(joiner.flux(spec, flow::resolve(layers)));
  }
  name_fluxes(plan);
  place_gates(plan.fluxes);
  plan.segments = cut_into_segments(plan.fluxes, options.fuse);
  return plan;
}

}  // namespace flux::plan
