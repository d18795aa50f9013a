#include "cli/option_groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "core/error.hpp"

namespace flux::cli {

namespace {

std::string flag_name(std::string setting) {
  std::replace(setting.begin(), setting.end(), '_', '-');
  return "--" + setting;
}

const std::map<std::string, std::string>& setting_help() {
  static const std::map<std::string, std::string> help = {
      {"entropy_budget", "what a flux may spend, or inf (brings in decay 0.01)"},
      {"entropy_decay", "what each event costs (brings in budget 1.0)"},
      {"max_events", "stop after so many events"},
      {"buffer_size", "events in the output buffer (100)"},
      {"drop_policy", "when that is full: block, drop_oldest or drop_newest"},
      {"feedback_fraction", "share of the outputs that return to the flux"},
      {"feedback_transform", "agents that they pass on their way back"},
      {"feedback_queue_size", "events that may wait there (50)"},
      {"perturbation_timeout", "seconds to wait for an answer"},
      {"perturbation_priority", "of events from outside (100)"},
      {"emit_pheromones", "true or false"},
      {"agent_id", "what to call the flux"},
      {"preset", "infinite, bounded or ouroboric"},
  };
  return help;
}

const char* name_of(Format format) {
  switch (format) {
    case Format::people:
      return "people";
    case Format::json:
      return "json";
    case Format::markdown:
      return "markdown";
  }
  return "";
}

void add_settings(CLI::App& app, Draft& draft) {
  for (const std::string& setting : settings::setting_names()) {
    const auto set = [&draft, setting](const std::string& value) {
      try {
        draft.options.flags.set(setting, value);
      } catch (Error& error) {
        error.message = flag_name(setting) + ": " + error.message;
        throw;
      }
    };
    app.add_option_function<std::string>(flag_name(setting), set, help_of_setting(setting))
        ->option_text(" X")
        ->group("Every flux (or in the spec: double{max_events=10})");
  }
}

}  // namespace

const std::string& help_of_setting(const std::string& setting) { return setting_help().at(setting); }

CLI::Validator not_empty() {
  return CLI::Validator(
      [](std::string& value) { return value.empty() ? "a file name is missing" : std::string(); }, "FILE");
}

CLI::Validator one_of(std::vector<std::string> words) {
  return CLI::Validator(
      [words = std::move(words)](std::string& value) {
        if (std::ranges::find(words, value) != words.end()) return std::string();
        const auto meant = nearest(value, words);
        return fmt::format("{} not in {{{}}}{}", printable(value), fmt::join(words, ","),
                           meant ? fmt::format("; did you mean '{}'?", *meant) : "");
      },
      "WORD");
}

void add_words(CLI::App& app, Draft& draft) { app.add_option("PIPELINE", draft.words); }

void add_plugins(CLI::App& app, Draft& draft) {
  app.add_option("--plugin", draft.options.plugins, "load a plugin file or directory, too")
      ->option_text(" PATH")
      ->allow_extra_args(false)
      ->group(kRunning);
}

void add_raw_output(CLI::App& app, Draft& draft) {
  app.add_flag("-r,--raw-output", draft.options.raw_output, "strings without quotes")->group(kInputAndOutput);
}

void add_format(CLI::App& app, Draft& draft, std::initializer_list<Format> formats) {
  std::map<std::string, Format> known;
  std::string text;
  for (const Format format : formats) {
    known[name_of(format)] = format;
    text += fmt::format("{}{}", text.empty() ? " " : "|", name_of(format));
  }
  app.add_option_function<std::string>(
         "--format", [&draft, known](const std::string& name) { draft.options.format = known.at(name); },
         "for whom to print: people (default), or programs")
      ->option_text(text)
      ->check(CLI::IsMember(known))
      ->group(kRunning);
}

void add_control(CLI::App& app, Draft& draft, const std::string& what) {
  app.add_option("--control", draft.options.control, what)
      ->option_text(" PATH")
      ->check(not_empty())
      ->group(kOfALiveOne);
}

void add_pipeline(CLI::App& app, Draft& draft) {
  add_plugins(app, draft);
  app.add_option("--config", draft.config, "take the pipeline and more from a pipeline.json")
      ->option_text(" FILE")
      ->check(not_empty())
      ->group(kRunning);
  app.add_flag("-R,--raw-input", draft.options.raw_input, "each line is a string")->group(kInputAndOutput);
  app.add_flag_callback(
         "--no-fuse", [&draft] { draft.options.fuse = false; }, "run every flux apart")
      ->group(kRunning);
  add_settings(app, draft);
}

}  // namespace flux::cli
