#include "cli/options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <thread>

#include "core/error.hpp"

namespace flux::cli {

namespace {

constexpr const char* kPurpose = R"(flux: agents over streams of JSON lines

  flux run PIPELINE [FILE...]       read FILEs (or stdin), write stdout
  flux run --config FILE [FILE...]  the same, as a pipeline.json says
  flux check PIPELINE               types, parameters, the plan; reads no event
  flux agents [NAME]                what there is; one agent in full
  flux invoke PIPELINE EVENT...     apply a pipeline to events given here
  flux invoke --control PATH EVENT...
                                    send them through a pipeline that runs
  flux status --control PATH        what a running pipeline has done so far
  flux tap --control PATH           see events as they pass
  flux top --control PATH           see its flows, states and buffers, live
  flux stop --control PATH          ask it to drain and end)";

constexpr const char* kExamples = R"(
Examples:
  seq 5 | flux run 'double|addone'
  flux run 'has(user.id) | drop(password)' app.ndjson
  flux run --entropy-budget 1 --summary double < events.ndjson
  flux agents head
)";

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

class Parser {
 public:
  Parser() : app_(kPurpose, "flux") {
    app_.footer(kExamples);
    app_.require_subcommand(0, 1);
    app_.add_flag("--version", wants_version_, "print the version");
    app_.failure_message([](const CLI::App*, const CLI::Error& error) { return std::string(error.what()); });
    add_run();
    add_check();
    add_agents();
    add_invoke();
    status_ = add_asking("status", "tell what a running pipeline has done so far");
    stop_ = add_asking("stop", "ask a running pipeline to drain and end");
    tap_ = add_asking("tap", "see what a flux of a running pipeline gives");
    tap_->add_option("--flux", options_.flux, "which one (the last)");
    tap_->add_option("--limit", options_.limit, "end after so many events")
        ->check(CLI::Range(std::uint64_t{1}, ~std::uint64_t{0}));
    top_ = add_asking("top", "see the flows, states and buffers of a running pipeline, live");
    top_->add_flag("--once", options_.once, "one look, not live");
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
      options_.help = help();
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
    run_ = app_.add_subcommand("run", "run a pipeline over files or stdin");
    add_words(*run_, "the pipeline (unless --config says it), then FILEs; - is stdin");
    add_pipeline_options(*run_);
    run_->add_option("-o,--output", options_.output, "write results there")
        ->check(not_empty())
        ->group("Input and output");
    run_->add_flag("-r,--raw-output", options_.raw_output, "strings without quotes")
        ->group("Input and output");
    run_->add_option("--max-line", options_.max_line, "bytes a line may have (16777216)")
        ->check(CLI::Range(std::size_t{1}, std::size_t{1} << 30))
        ->group("Input and output");
    run_->add_option("--on-error", on_error_, "skip (default) or fail, when an event fails")
        ->check(CLI::IsMember({"skip", "fail"}))
        ->group("Failures");
    run_->add_option("--dead-letter", options_.dead_letter, "keep failed events there")
        ->check(not_empty())
        ->group("Failures");
    run_->add_option("-j,--jobs", options_.workers, "workers (default: the cores)")
        ->check(CLI::Range(std::size_t{1}, std::size_t{256}))
        ->group("Running");
    run_->add_option("--control", options_.control, "open a socket there: invoke, status, stop")
        ->check(not_empty())
        ->group("Running");
    run_->add_option("--pheromones", options_.pheromones, "signals of the fluxes, to FILE, fd:N or -")
        ->check(not_empty())
        ->group("Running");
    run_->add_flag("--summary{people}", summary_, "what came and went, on stderr: --summary, =json or =none")
        ->group("Running");
  }

  void add_check() {
    check_ = app_.add_subcommand("check", "say what would run, and read nothing");
    add_words(*check_, "the pipeline (unless --config says it)");
    add_pipeline_options(*check_);
    add_format(*check_);
  }

  void add_agents() {
    agents_ = app_.add_subcommand("agents", "list agents, or tell of one in full");
    agents_->add_option("NAME", agent_, "one agent");
    add_plugins(*agents_);
    add_format(*agents_);
  }

  void add_invoke() {
    invoke_ = app_.add_subcommand("invoke", "apply a pipeline to events given here");
    add_words(*invoke_, "the pipeline, then events");
    add_pipeline_options(*invoke_);
    invoke_->add_flag("-r,--raw-output", options_.raw_output, "strings without quotes")
        ->group("Input and output");
    const char* const kGroup = "Of a pipeline that runs";
    invoke_->add_option("--control", options_.control, "its socket; then all words are events")
        ->check(not_empty())
        ->group(kGroup);
    invoke_->add_option("--flux", options_.flux, "where the events enter (at the first flux)")->group(kGroup);
    invoke_->add_option("--priority", options_.priority, "higher ones are served first (100)")->group(kGroup);
    invoke_->add_option("--timeout", options_.timeout, "seconds to wait for each answer (10)")->group(kGroup);
    invoke_->add_flag("--trace", options_.trace, "print what each flux gave")->group(kGroup);
  }

  CLI::App* add_asking(const char* name, const char* what) {
    CLI::App* app = app_.add_subcommand(name, what);
    app->add_option("--control", options_.control, "the socket of the pipeline")
        ->required()
        ->check(not_empty());
    return app;
  }

  void add_words(CLI::App& app, const char* what) { app.add_option("PIPELINE", words_, what); }

  void add_plugins(CLI::App& app) {
    app.add_option("--plugin", options_.plugins, "load a plugin file or directory, too")
        ->allow_extra_args(false)
        ->group("Plugins");
  }

  void add_format(CLI::App& app) {
    app.add_option("--format", format_, "people (default) or json")->check(CLI::IsMember({"people", "json"}));
  }

  void add_pipeline_options(CLI::App& app) {
    add_plugins(app);
    app.add_option("--config", config_, "a pipeline.json")->check(not_empty());
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
    options_.format = format_ == "json" ? Format::json : Format::people;
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
  std::string help() { return chosen() == &app_ ? app_.help() : chosen()->help(); }
  std::string usage_hint() const {
    const CLI::App* app = chosen();
    return fmt::format("'flux{}{} --help' tells what there is", app == &app_ ? "" : " ",
                       app == &app_ ? "" : app->get_name());
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
