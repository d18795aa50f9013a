#include "cli/options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <thread>

#include "cli/help.hpp"
#include "core/error.hpp"

namespace flux::cli {

namespace {

std::string flag_name(std::string setting) {
  std::replace(setting.begin(), setting.end(), '_', '-');
  return "--" + setting;
}

// What each setting does, in the words of --help.
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

// An unset shell variable must not silently mean "no file".
CLI::Validator not_empty() {
  return CLI::Validator(
      [](std::string& value) { return value.empty() ? "a file name is missing" : std::string(); }, "FILE");
}

constexpr char kMark = '\x1f';

constexpr const char* kOfALiveOne = "Of a pipeline that runs";

class Parser {
 public:
  Parser() : app_(kFluxHelp.what, "flux") {
    app_.footer(kFluxHelp.examples);
    app_.require_subcommand(0, 1);
    app_.add_flag("--version", wants_version_, "print the version");
    add_run();
    add_check();
    add_agents();
    add_invoke();
    status_ = add_asking("status", kStatusHelp);
    stop_ = add_asking("stop", kStopHelp);
    tap_ = add_asking("tap", kTapHelp);
    tap_->add_option("--flux", options_.flux, "which one (the last)")->option_text(" ID")->group(kOfALiveOne);
    tap_->add_option("--limit", options_.limit, "end after so many events")
        ->option_text(" N")
        ->check(CLI::Range(std::uint64_t{1}, ~std::uint64_t{0}))
        ->group(kOfALiveOne);
    top_ = add_asking("top", kTopHelp);
    top_->add_flag("--once", options_.once, "one look, not live")->group(kOfALiveOne);
  }

  Options parse(int argc, const char* const* argv) {
    try {
      // What stands behind "--" is words, whatever it looks like; CLI11 would only
      // take it for the first positional.
      const char* const* end = argv + argc;
      const auto is_dashes = [](const char* word) { return std::string_view(word) == "--"; };
      const char* const* dashes = std::find_if(argv, end, is_dashes);
      parse_words(argv, dashes);
      if (dashes != end) words_.insert(words_.end(), dashes + 1, end);
      finish();
    } catch (const CLI::CallForHelp&) {
      options_.command = Command::help;
      options_.help = help_page(*chosen());
    } catch (const CLI::ExtrasError&) {
      throw unexpected();
    } catch (const CLI::ParseError& error) {
      std::string message = error.what();
      if (!message.empty())
        message[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(message[0])));
      throw Error(message, usage_hint());
    }
    return std::move(options_);
  }

 private:
  // CLI11 takes "[1,2]" for two words. A mark in front of it keeps it whole.
  void parse_words(const char* const* begin, const char* const* end) {
    std::vector<std::string> words;
    for (const char* const* word = end; word != begin + 1;) {  // it wants them backwards
      --word;
      words.push_back(**word == '[' ? kMark + std::string(*word) : *word);
    }
    app_.parse(words);
    for (std::vector<std::string>* list : {&words_, &options_.plugins})
      for (std::string& word : *list) unmark(word);
    for (std::string* word : {&options_.output, &options_.dead_letter, &options_.control,
                              &options_.pheromones, &config_, &agent_})
      unmark(*word);
  }

  static void unmark(std::string& word) {
    if (word.starts_with(kMark)) word.erase(0, 1);
  }

  void add_run() {
    run_ = add_command("run", kRunHelp);
    add_words(*run_);
    add_pipeline_options(*run_);
    run_->add_option("-o,--output", options_.output, "write results there")
        ->option_text(" FILE")
        ->check(not_empty())
        ->group("Input and output");
    run_->add_flag("-r,--raw-output", options_.raw_output, "strings without quotes")
        ->group("Input and output");
    run_->add_option("--max-line", options_.max_line, "bytes a line may have (16777216)")
        ->option_text(" BYTES")
        ->check(CLI::Range(std::size_t{1}, std::size_t{1} << 30))
        ->group("Input and output");
    run_->add_option("--on-error", on_error_, "leave the event out (default), or end the run")
        ->option_text(" skip|fail")
        ->check(CLI::IsMember({"skip", "fail"}))
        ->group("Failures");
    run_->add_option("--dead-letter", options_.dead_letter, "keep failed events there")
        ->option_text(" FILE")
        ->check(not_empty())
        ->group("Failures");
    run_->add_option("-j,--jobs", options_.workers, "workers (default: the cores)")
        ->option_text(" N")
        ->check(CLI::Range(std::size_t{1}, std::size_t{256}))
        ->group("Running");
    run_->add_option("--control", options_.control, "open a socket there: invoke, status, stop")
        ->option_text(" PATH")
        ->check(not_empty())
        ->group("Running");
    run_->add_option("--pheromones", options_.pheromones, "write signals of the fluxes there")
        ->option_text(" FILE|fd:N|-")
        ->check(not_empty())
        ->group("Running");
    run_->add_flag("--summary{people}", summary_, "what came and went, on stderr")
        ->option_text("[=json|=none]")
        ->group("Running");
  }

  void add_check() {
    check_ = add_command("check", kCheckHelp);
    add_words(*check_);
    add_pipeline_options(*check_);
    add_format(*check_, {"people", "json"});
  }

  void add_agents() {
    agents_ = add_command("agents", kAgentsHelp);
    agents_->add_option("NAME", agent_);
    add_plugins(*agents_);
    add_format(*agents_, {"people", "json", "markdown"});
  }

  void add_invoke() {
    invoke_ = add_command("invoke", kInvokeHelp);
    add_words(*invoke_);
    add_pipeline_options(*invoke_);
    invoke_->add_flag("-r,--raw-output", options_.raw_output, "strings without quotes")
        ->group("Input and output");
    invoke_->add_option("--control", options_.control, "its socket; then all words are events")
        ->option_text(" PATH")
        ->check(not_empty())
        ->group(kOfALiveOne);
    invoke_->add_option("--flux", options_.flux, "where the events enter (at the first flux)")
        ->option_text(" ID")
        ->group(kOfALiveOne);
    invoke_->add_option("--priority", options_.priority, "higher ones are served first (100)")
        ->option_text(" N")
        ->group(kOfALiveOne);
    invoke_->add_option("--timeout", options_.timeout, "seconds to wait for each answer (10)")
        ->option_text(" SECONDS")
        ->group(kOfALiveOne);
    invoke_->add_flag("--trace", options_.trace, "print what each flux gave")->group(kOfALiveOne);
  }

  CLI::App* add_asking(const char* name, const CommandHelp& help) {
    CLI::App* app = add_command(name, help);
    app->add_option("--control", options_.control, "its socket")
        ->option_text(" PATH")
        ->required()
        ->check(not_empty())
        ->group(kOfALiveOne);
    return app;
  }

  CLI::App* add_command(const char* name, const CommandHelp& help) {
    CLI::App* command = app_.add_subcommand(name, help.what);
    command->footer(help.examples);
    return command;
  }

  void add_words(CLI::App& app) { app.add_option("PIPELINE", words_); }

  void add_plugins(CLI::App& app) {
    app.add_option("--plugin", options_.plugins, "load a plugin file or directory, too")
        ->option_text(" PATH")
        ->allow_extra_args(false)
        ->group("Running");
  }

  void add_format(CLI::App& app, std::vector<std::string> formats) {
    app.add_option("--format", format_, "for whom to print: people (default), or programs")
        ->option_text(fmt::format(" {}", fmt::join(formats, "|")))
        ->check(CLI::IsMember(std::move(formats)))
        ->group("Running");
  }

  void add_pipeline_options(CLI::App& app) {
    add_plugins(app);
    app.add_option("--config", config_, "take the pipeline and more from a pipeline.json")
        ->option_text(" FILE")
        ->check(not_empty())
        ->group("Running");
    app.add_flag("-R,--raw-input", options_.raw_input, "each line is a string")->group("Input and output");
    app.add_flag("--no-fuse", no_fuse_, "run every flux apart")->group("Running");
    for (const std::string& setting : flow::setting_names()) {
      app.add_option_function<std::string>(
             flag_name(setting),
             [this, setting](const std::string& value) {
               try {
                 options_.flags.set(setting, value);
               } catch (Error& error) {
                 error.message = flag_name(setting) + ": " + error.message;
                 throw;
               }
             },
             setting_help().at(setting))
          ->option_text(" X")
          ->group("Every flux (or in the spec: double{max_events=10})");
    }
  }

  void finish() {
    if (wants_version_) {
      options_.command = Command::version;
    } else if (run_->parsed() || check_->parsed()) {
      options_.command = run_->parsed() ? Command::run : Command::check;
      take_pipeline();
      options_.files = std::move(words_);
      if (check_->parsed() && !options_.files.empty() && !options_.config)
        throw Error(fmt::format("check takes no FILE, found '{}'", options_.files.front()), usage_hint());
    } else if (status_->parsed() || stop_->parsed() || tap_->parsed() || top_->parsed()) {
      options_.command = status_->parsed() ? Command::status
                         : stop_->parsed() ? Command::stop
                         : tap_->parsed()  ? Command::tap
                                           : Command::top;
    } else if (invoke_->parsed() && !options_.control.empty()) {
      options_.command = Command::ask;
      options_.events = std::move(words_);
      if (options_.events.empty()) throw Error("an EVENT is missing", "flux invoke --control PATH EVENT...");
    } else if (invoke_->parsed()) {
      options_.command = Command::invoke;
      if (!options_.flux.empty() || options_.priority || options_.timeout || options_.trace)
        throw Error("--flux, --priority, --timeout and --trace are for a pipeline that runs",
                    "name its socket: --control PATH");
      take_pipeline();
      options_.events = std::move(words_);
      if (options_.events.empty()) throw Error("an EVENT is missing", "flux invoke PIPELINE EVENT...");
    } else if (agents_->parsed()) {
      options_.command = Command::agents;
      if (!agent_.empty()) options_.agent = agent_;
    } else {
      throw Error("a command is missing", "'flux --help' tells the commands");
    }
    options_.fails_on_error = on_error_ == "fail";
    options_.fuse = !no_fuse_;
    options_.format = format_ == "json"       ? Format::json
                      : format_ == "markdown" ? Format::markdown
                                              : Format::people;
    options_.summary = summary_form();
  }

  void take_pipeline() {
    if (!config_.empty()) {
      options_.config = config_;
      return;
    }
    if (words_.empty()) throw Error("a PIPELINE is missing", usage_hint());
    options_.pipeline = words_.front();
    words_.erase(words_.begin());
  }

  SummaryForm summary_form() const {
    if (summary_.empty()) return SummaryForm::automatic;
    if (summary_ == "people" || summary_ == "true") return SummaryForm::people;
    if (summary_ == "json") return SummaryForm::json;
    if (summary_ == "none") return SummaryForm::none;
    throw Error(fmt::format("--summary is json or none, found '{}'", summary_), usage_hint());
  }

  const CLI::App* chosen() const {
    for (const CLI::App* app : {run_, check_, agents_, invoke_, status_, stop_, tap_, top_})
      if (app->parsed()) return app;
    return &app_;
  }
  std::string usage_hint() const {
    const CLI::App* app = chosen();
    return fmt::format("'flux{}{} --help' tells what there is", app == &app_ ? "" : " ",
                       app == &app_ ? "" : app->get_name());
  }

  // What no command takes: the first such word, and what may be meant by it.
  Error unexpected() {
    std::string word = app_.remaining(true).front();
    unmark(word);
    const CLI::App* app = chosen();
    const bool is_option = word.starts_with('-');
    std::vector<std::string> known;
    if (is_option) {
      word.erase(std::min(word.find('='), word.size()));
      for (const CLI::Option* option : app->get_options())
        for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
    } else if (app == &app_) {
      known = {"run", "check", "agents", "invoke"};
    }
    const char* const what = is_option ? "option" : app == &app_ ? "command" : "argument";
    const auto meant = nearest(word, known);
    if (meant == word)
      return Error(fmt::format("option '{}' in front of its command", word),
                   fmt::format("write it behind: flux {} {}", app->get_name(), word));
    return Error(fmt::format("unknown {} '{}'", what, printable(word)),
                 meant ? fmt::format("did you mean '{}'? ({})", *meant, usage_hint()) : usage_hint());
  }

  CLI::App app_;
  CLI::App* run_ = nullptr;
  CLI::App* check_ = nullptr;
  CLI::App* agents_ = nullptr;
  CLI::App* invoke_ = nullptr;
  CLI::App* status_ = nullptr;
  CLI::App* stop_ = nullptr;
  CLI::App* tap_ = nullptr;
  CLI::App* top_ = nullptr;
  Options options_;
  std::vector<std::string> words_;
  std::string config_;
  std::string agent_;
  std::string on_error_ = "skip";
  std::string summary_;
  std::string format_ = "people";
  bool no_fuse_ = false;
  bool wants_version_ = false;
};

}  // namespace

Options parse_command_line(int argc, const char* const* argv) {
  Options options = Parser().parse(argc, argv);
  if (options.workers == 0) options.workers = std::max(1U, std::thread::hardware_concurrency());
  return options;
}

}  // namespace flux::cli
