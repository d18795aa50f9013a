#include "plan/resolve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/error.hpp"
#include "plan/feedback.hpp"
#include "plan/fuse.hpp"
#include "plan/ids.hpp"
#include "plan/join.hpp"
#include "plan/look_ahead.hpp"
#include "spec/parser.hpp"

namespace flux::plan {

namespace {

const plugin::Agent& agent_named(const spec::AgentCall& call, plugin::Registry& registry,
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

settings::Layer own_settings(const spec::FluxSpec& flux, const spec::Pipeline& pipeline) {
  settings::Layer layer;
  for (const spec::Setting& setting : flux.settings) {
    try {
      layer.set(setting.key, setting.value);
    } catch (Error& error) {
      const bool is_known =
          std::ranges::find(settings::setting_names(), setting.key) != settings::setting_names().end();
      error.at = pipeline.excerpt(is_known ? setting.value_span : setting.key_span);
      throw;
    }
  }
  return layer;
}

// Follows the events through the agents: their types, and the form of the rows.
class Joiner {
 public:
  Joiner(Plan& plan, plugin::Registry& registry, const plugin::Host& host)
      : plan_(plan), registry_(registry), host_(host) {
    plan_.reads.emplace_back();  // of the wire
  }

  void start(bool raw_input) {
    type_ = Type::bare(raw_input ? Kind::string : Kind::json);
    form_ = raw_input ? Form::columns : Form::text;
    plan_.wire = raw_input ? Wire::raw : Wire::text;
  }

  Flux flux(const spec::FluxSpec& spec, const settings::FluxConfig& config) {
    Flux flux;
    flux.given = type_;
    flux.form = form_;
    flux.config = config;
    flux.limit = settings::limit_of(config);
    feeds_back_ = flux.feeds_back();
    takes_ints_ = std::exchange(is_behind_buffer_, false) && !feeds_back_ && type_.is_bare(Kind::int64);
    if (feeds_back_) become_text();
    flux.read_in = read_;
    flux.spec = plan_.pipeline.text.substr(spec.span.begin, spec.span.end - spec.span.begin);
    for (const spec::AgentCall& call : spec.agents) add(call, flux);
    flux.gives = type_;
    if (flux.feeds_back()) close_loop(flux, spec);
    flux.read_out = read_;
    flux.gives_form = form_;
    // The form of the rows that come may only be settled by the first agent.
    if (!flux.stages.empty() && !flux.feeds_back()) flux.form = flux.stages.front().form;
    if (!flux.stages.empty() && flux.stages.front().form == Form::columns) flux.wire = Wire::ints;
    if (flux.drops()) {  // what a buffer holds is text, and read anew
      is_behind_buffer_ = true;
      form_ = Form::columns;
      become_text();
    }
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
    Bound bound = bind_arguments(call, agent, type_, plan_.pipeline);
    stage.values = std::make_shared<const plugin::Values>(std::move(bound.values));
    stage.computed = std::move(bound.computed);
    describe(stage, call);
    if (agent.is(FLUX_IDENTITY)) return;
    check(stage, call);
    settle_form(stage);
    previous_ = agent.name;
    plan_.is_blocking = plan_.is_blocking || agent.is(FLUX_BLOCKING);
    flux.stages.push_back(std::move(stage));
  }

  void become_text() {
    if (form_ == Form::text) return;
    form_ = Form::text;
    read_ = plan_.reads.size();
    plan_.reads.emplace_back();
  }

  // From what the flux gives back to what it takes, by way of its transform.
  void close_loop(Flux& flux, const spec::FluxSpec& spec) {
    const auto behind = std::tuple(type_, form_, read_, previous_);
    if (!flux.config.feedback.transform.empty()) flux.transform.push_back(transform_of(flux));
    check_loop(flux, type_, giver(), plan_.pipeline.excerpt(spec.span));
    std::tie(type_, form_, read_, previous_) = behind;
    form_ = Form::columns;  // whatever it gives is read anew
    become_text();
  }

  // Its agents have places in a text of their own.
  Flux transform_of(const Flux& flux) {
    Flux transform;
    transform.given = type_;
    transform.form = form_;
    try {
      spec::Pipeline pipeline = std::exchange(plan_.pipeline, spec::parse(flux.config.feedback.transform));
      for (const spec::FluxSpec& part : plan_.pipeline.fluxes) {
        if (!part.settings.empty())
          throw Error("the agents of a transform have no settings", "give them to the flux that feeds back",
                      plan_.pipeline.excerpt(part.settings.front().key_span));
        for (const spec::AgentCall& call : part.agents) add(call, transform);
      }
      plan_.pipeline = std::move(pipeline);
    } catch (Error& error) {
      error.message = "feedback_transform: " + error.message;
      throw;
    }
    transform.gives = type_;
    transform.gives_form = form_;
    return transform;
  }

  // Parameters are checked by the plugin itself: an instance is made to ask it.
  void describe(Stage& stage, const spec::AgentCall& call) {
    try {
      plugin::Instance instance(*stage.agent, stage.values, host_);
      const bool is_anything = type_.is_bare(Kind::json);
      const plugin::Ports ports = instance.describe(is_anything ? std::nullopt : std::optional(type_));
      stage.input = ports.input;
      stage.output = ports.output;
      stage.in_order = ports.in_order;
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
    throw Error(fmt::format("'{}' cannot follow {}: {} gives {}, '{}' wants {}", stage.agent->name, giver(),
                            giver(), to_string(type_), stage.agent->name,
                            stage.input.is_nothing() ? "an object" : to_string(stage.input)),
                *why, plan_.pipeline.excerpt(call.span));
  }

  // Who the events at hand come from, for messages.
  std::string giver() const { return previous_.empty() ? "the input" : fmt::format("'{}'", previous_); }

  void settle_form(Stage& stage) {
    const bool is_first = previous_.empty() && plan_.fluxes.empty() && !feeds_back_;
    const bool extends = stage.agent->result == plugin::Result::extend;
    if (is_first && plan_.wire == Wire::text && stage.agent->result == plugin::Result::replace &&
        stage.input.is_bare(Kind::int64)) {
      plan_.wire = Wire::ints;
      form_ = Form::columns;
      stage.given = Type::bare(Kind::int64);
    }
    if (std::exchange(takes_ints_, false) && stage.agent->result == plugin::Result::replace &&
        stage.input.is_bare(Kind::int64))
      form_ = Form::columns;
    stage.form = form_;
    look_at(stage);
    stage.reads_text = form_ == Form::columns &&
                       (extends || !columns_suffice(stage.given, stage.input) || !find_in_columns(stage));
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

  // What the expressions of a call look at, once for all of them.
  void look_at(Stage& stage) {
    for (Computed& computed : stage.computed) {
      for (const Path& path : computed.expression->reads()) {
        const auto found = std::find(stage.looked_at.begin(), stage.looked_at.end(), LookedAt{path});
        computed.inputs.push_back(static_cast<std::size_t>(found - stage.looked_at.begin()));
        if (found == stage.looked_at.end()) stage.looked_at.push_back({path});
      }
    }
  }

  // Whether columns hold all that expressions look at; then it is noted where.
  static bool find_in_columns(Stage& stage) {
    const auto& fields = stage.given.fields;
    for (LookedAt& looked_at : stage.looked_at) {
      const auto found = std::find_if(fields.begin(), fields.end(),
                                      [&](const Field& field) { return field.path == looked_at.path; });
      if (found == fields.end()) return false;
      looked_at.place = static_cast<std::size_t>(found - fields.begin());
    }
    return true;
  }

  // Notes which members of the text are looked for, once for all agents that see it.
  void want_members(Stage& stage) {
    for (const Field& field : stage.input.fields)
      if (!field.path.empty()) stage.slots.push_back(member_of_text(field.path));
    for (LookedAt& looked_at : stage.looked_at)
      if (!looked_at.path.empty()) looked_at.place = member_of_text(looked_at.path);
  }

  std::size_t member_of_text(const Path& path) {
    auto& paths = plan_.reads[read_];
    const auto found = std::find(paths.begin(), paths.end(), path);
    const auto index = static_cast<std::size_t>(found - paths.begin());
    if (found == paths.end()) paths.push_back(path);
    return index;
  }

  Plan& plan_;
  plugin::Registry& registry_;
  const plugin::Host& host_;
  Type type_;
  Form form_ = Form::text;
  ReadIndex read_ = 0;
  std::string previous_;           // the agent before
  bool feeds_back_ = false;        // the flux at hand
  bool is_behind_buffer_ = false;  // the next one is
  bool takes_ints_ = false;        // its first agent may get ints from there, and not text
};

}  // namespace

Plan make_plan(const spec::Pipeline& pipeline, plugin::Registry& registry, const plugin::Host& host,
               const Options& options) {
  if (pipeline.fluxes.size() > 1 && options.flags.agent_id)
    throw Error("--agent-id names one flux, and this pipeline has several",
                "write it into the spec: double{agent_id=first} | …");
  const settings::Layer& flags = options.flags;
  if (pipeline.fluxes.size() > 1 &&
      (flags.feedback_fraction || flags.feedback_transform || flags.feedback_queue_size))
    throw Error("the --feedback-… flags are for a pipeline of one flux, and this one has several",
                "write it into the spec: double{feedback_fraction=0.5} | …");
  Plan plan;
  plan.pipeline = pipeline;
  Joiner joiner(plan, registry, host);
  joiner.start(options.raw_input);
  for (const spec::FluxSpec& spec : pipeline.fluxes) {
    const settings::Layer layers[] = {own_settings(spec, pipeline), options.flags, options.defaults};
    plan.fluxes.push_back(joiner.flux(spec, settings::resolve(layers)));
  }
  look_ahead(plan);
  name_fluxes(plan);
  place_gates(plan.fluxes, options.takes_perturbations);
  plan.fuse = options.fuse;
  plan.segments = cut_into_segments(plan.fluxes, options.fuse);
  return plan;
}

}  // namespace flux::plan
