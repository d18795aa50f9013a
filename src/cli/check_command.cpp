// flux check: the plan, for people and for programs. Everything up to the first read
// is the way that flux run goes, too.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/commands.hpp"

namespace flux::cli {

namespace {

using Json = nlohmann::ordered_json;

Json limit_of(const settings::Limit& limit) {
  if (limit.is_none()) return nullptr;
  return {{"events", limit.events}, {"then", limit.collapses ? "collapse" : "stop"}};
}

Json feedback_of(const plan::Flux& flux) {
  if (!flux.feeds_back()) return nullptr;
  const settings::Feedback& feedback = flux.config.feedback;
  return {{"fraction", Json::parse(settings::to_string(feedback.fraction))},
          {"transform", feedback.transform.empty() ? Json(nullptr) : Json(feedback.transform)},
          {"queue_size", feedback.queue_size}};
}

Json buffer_of(const plan::Flux& flux) {
  if (!flux.drops()) return nullptr;
  return {{"size", flux.config.buffer_size}, {"policy", settings::name_of(flux.config.drop_policy)}};
}

std::string word_of(const plan::Plan& plan, const plan::Step& step) {
  const std::string& id = plan.fluxes[step.flux].id;
  return step.kind == plan::Step::Kind::admit ? fmt::format("gate of {}", id) : id;
}

std::string_view wire_of(const plan::Plan& plan) {
  switch (plan.wire) {
    case plan::Wire::text:
      return "json";
    case plan::Wire::ints:
      return "int";
    case plan::Wire::raw:
      return "string";
  }
  return "?";
}

Json json_of(const plan::Plan& plan) {
  Json json = {{"pipeline", plan.pipeline.text},
               {"reads", wire_of(plan)},
               {"fluxes", Json::array()},
               {"segments", Json::array()}};
  for (const plan::Flux& flux : plan.fluxes) {
    Json agents = Json::array();
    for (const plan::Stage& stage : flux.stages)
      agents.push_back({{"name", stage.agent->name},
                        {"plugin", stage.agent->plugin},
                        {"file", stage.agent->file},
                        {"input", to_string(stage.input)},
                        {"output", to_string(stage.output)}});
    json["fluxes"].push_back({{"id", flux.id},
                              {"given", to_string(flux.given)},
                              {"gives", to_string(flux.gives)},
                              {"serial", flux.is_serial()},
                              {"limit", limit_of(flux.limit)},
                              {"feedback", feedback_of(flux)},
                              {"buffer", buffer_of(flux)},
                              {"agents", std::move(agents)}});
  }
  for (const plan::Plan& section : plan::sections_of(plan)) {
    for (const plan::Segment& segment : section.segments) {
      Json steps = Json::array();
      for (const plan::Step& step : segment.steps)
        steps.push_back({{step.kind == plan::Step::Kind::admit ? "gate" : "run", plan.fluxes[step.flux].id}});
      json["segments"].push_back({{"serial", segment.is_serial}, {"steps", std::move(steps)}});
    }
    if (section.last().drops()) json["segments"].push_back({{"buffer", section.last().id}});
  }
  return json;
}

std::string text_of_section(const plan::Plan& plan) {
  std::string text;
  for (const plan::Segment& segment : plan.segments) {
    const bool is_first = &segment == &plan.segments.front();
    const bool is_last = &segment == &plan.segments.back();
    std::string steps = is_first ? fmt::format("decode {}", wire_of(plan)) : "";
    for (const plan::Step& step : segment.steps) steps += (steps.empty() ? "" : ", ") + word_of(plan, step);
    if (is_last) steps += steps.empty() ? "encode" : ", encode";
    if (!steps.empty())
      text += fmt::format("  {}: {}\n", segment.is_serial ? "in order" : "in parallel", steps);
  }
  if (!plan.last().drops()) return text;
  const settings::FluxConfig& config = plan.last().config;
  return text + fmt::format("  buffer of {} events, {}; what is behind it has threads of its own\n",
                            config.buffer_size, settings::name_of(config.drop_policy));
}

std::string text_of(const plan::Plan& plan) {
  std::string text = fmt::format("{}\n\n", plan.pipeline.text);
  for (const plan::Flux& flux : plan.fluxes) {
    text += fmt::format("{}: {} -> {}", flux.id, to_string(flux.given), to_string(flux.gives));
    if (!flux.limit.is_none())
      text += fmt::format(", {} after {} events", flux.limit.collapses ? "collapses" : "stops",
                          flux.limit.events);
    if (flux.feeds_back()) {
      const settings::Feedback& feedback = flux.config.feedback;
      text += fmt::format(", {} of it returns{}{}", settings::to_string(feedback.fraction),
                          feedback.transform.empty() ? "" : " through ", feedback.transform);
    }
    text += "\n";
    for (const plan::Stage& stage : flux.stages)
      text +=
          fmt::format("  {} of plugin {} ({})\n", stage.agent->name, stage.agent->plugin, stage.agent->file);
    if (flux.stages.empty()) text += "  gives every event back as it is: nothing to run\n";
  }
  text += "\nruns as\n";
  for (const plan::Plan& section : plan::sections_of(plan)) text += text_of_section(section);
  return text;
}

}  // namespace

int check(const Options& options, const io::StandardStreams& streams) {
  Setup setup;
  prepare(setup, options);
  return print(streams,
               options.format == Format::json ? json_of(setup.plan).dump(2) + "\n" : text_of(setup.plan));
}

}  // namespace flux::cli
