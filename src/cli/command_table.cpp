#include "cli/command_table.hpp"

#include <fmt/format.h>

#include "cli/option_groups.hpp"
#include "core/error.hpp"

namespace flux::cli {

namespace {

constexpr std::size_t kMostWorkers = 256;

// The first word is the pipeline, unless a config file has it.
void take_pipeline(Draft& draft, const char* name) {
  if (!draft.config.empty()) {
    draft.options.config = draft.config;
    return;
  }
  if (draft.words.empty()) throw Error("a PIPELINE is missing", usage_hint(name));
  draft.options.pipeline = draft.words.front();
  draft.words.erase(draft.words.begin());
}

void add_run(CLI::App& app, Draft& draft) {
  Options& options = draft.options;
  add_words(app, draft);
  add_pipeline(app, draft);
  app.add_option("-o,--output", options.output, "write results there")
      ->option_text(" FILE")
      ->check(not_empty())
      ->group(kInputAndOutput);
  add_raw_output(app, draft);
  app.add_flag("--trust-input", options.trusts_input, "do not check what no agent looks at")
      ->group(kInputAndOutput);
  app.add_option("--max-line", options.max_line, "bytes a line may have (16777216)")
      ->option_text(" BYTES")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1} << 30))
      ->group(kInputAndOutput);
  app.add_option_function<std::string>(
         "--on-error", [&options](const std::string& what) { options.fails_on_error = what == "fail"; },
         "leave the event out (default), or end the run")
      ->option_text(" skip|fail")
      ->check(one_of({"skip", "fail"}))
      ->group("Failures");
  app.add_option("--dead-letter", options.dead_letter, "keep failed events there")
      ->option_text(" FILE")
      ->check(not_empty())
      ->group("Failures");
  app.add_option("-j,--jobs", options.workers, "workers (default: the cores)")
      ->option_text(" N")
      ->check(CLI::Range(std::size_t{1}, kMostWorkers))
      ->group(kRunning);
  app.add_option("--control", options.control, "open a socket there: invoke, status, stop")
      ->option_text(" PATH")
      ->check(not_empty())
      ->group(kRunning);
  app.add_option("--pheromones", options.pheromones, "write signals of the fluxes there")
      ->option_text(" FILE|fd:N|-")
      ->check(not_empty())
      ->group(kRunning);
  app.add_flag("--summary{people}", draft.summary, "what came and went, on stderr")
      ->option_text("[=json|=none]")
      ->group(kRunning);
}

SummaryForm summary_form(const std::string& name) {
  if (name.empty()) return SummaryForm::automatic;
  if (name == "people" || name == "true") return SummaryForm::people;
  if (name == "json") return SummaryForm::json;
  if (name == "none") return SummaryForm::none;
  throw Error(fmt::format("--summary is json or none, found '{}'", name), usage_hint("run"));
}

void take_files(Draft& draft) {
  take_pipeline(draft, "run");
  draft.options.files = std::move(draft.words);
  draft.options.summary = summary_form(draft.summary);
}

void add_check(CLI::App& app, Draft& draft) {
  add_words(app, draft);
  add_pipeline(app, draft);
  add_format(app, draft, {Format::people, Format::json});
}

void take_what_to_check(Draft& draft) {
  take_pipeline(draft, "check");
  if (!draft.words.empty() && !draft.options.config)
    throw Error(fmt::format("check takes no FILE, found '{}'", draft.words.front()), usage_hint("check"));
  draft.options.files = std::move(draft.words);
}

void add_agents(CLI::App& app, Draft& draft) {
  app.add_option("NAME", draft.options.agent);
  add_plugins(app, draft);
  add_format(app, draft, {Format::people, Format::json, Format::markdown});
}

void add_invoke(CLI::App& app, Draft& draft) {
  Options& options = draft.options;
  add_words(app, draft);
  add_pipeline(app, draft);
  add_raw_output(app, draft);
  add_control(app, draft, "its socket; then all words are events");
  app.add_option("--flux", options.flux, "where the events enter (at the first flux)")
      ->option_text(" ID")
      ->group(kOfALiveOne);
  app.add_option("--priority", options.priority, "higher ones are served first (100)")
      ->option_text(" N")
      ->group(kOfALiveOne);
  app.add_option("--timeout", options.timeout, "seconds to wait for each answer (10)")
      ->option_text(" SECONDS")
      ->group(kOfALiveOne);
  app.add_flag("--trace", options.trace, "print what each flux gave")->group(kOfALiveOne);
}

void take_events(Draft& draft) {
  Options& options = draft.options;
  const bool asks_a_live_one = !options.control.empty();
  if (asks_a_live_one) {
    options.command = Command::ask;
  } else if (!options.flux.empty() || options.priority || options.timeout || options.trace) {
    throw Error("--flux, --priority, --timeout and --trace are for a pipeline that runs",
                "name its socket: --control PATH");
  } else {
    take_pipeline(draft, "invoke");
  }
  options.events = std::move(draft.words);
  if (options.events.empty())
    throw Error("an EVENT is missing",
                asks_a_live_one ? "flux invoke --control PATH EVENT..." : "flux invoke PIPELINE EVENT...");
}

void add_asking(CLI::App& app, Draft& draft) {
  add_control(app, draft, "its socket");
  app.get_option("--control")->required();
}

void add_tap(CLI::App& app, Draft& draft) {
  add_asking(app, draft);
  app.add_option("--flux", draft.options.flux, "which one (the last)")
      ->option_text(" ID")
      ->group(kOfALiveOne);
  app.add_option("--limit", draft.options.limit, "end after so many events")
      ->option_text(" N")
      ->check(CLI::Range(std::uint64_t{1}, ~std::uint64_t{0}))
      ->group(kOfALiveOne);
}

void add_top(CLI::App& app, Draft& draft) {
  add_asking(app, draft);
  app.add_flag("--once", draft.options.once, "one look, not live")->group(kOfALiveOne);
}

void take_no_words(Draft&) {}

void add_new(CLI::App& app, Draft& draft) {
  constexpr const char* group = "The project";
  app.add_option("agent NAME", draft.words);
  app.add_option("--lang", draft.options.language, "what it is written in (c++)")
      ->option_text(" c++|c|rust")
      ->check(one_of({"c++", "c", "rust"}))
      ->group(group);
  app.add_option("--shape", draft.options.shape, "what becomes of an event (map)")
      ->option_text(" map|filter|flatmap|record|state")
      ->check(one_of({"map", "filter", "flatmap", "record", "state"}))
      ->group(group);
  app.add_option("--into", draft.options.into, "where its folder goes (here)")
      ->option_text(" PATH")
      ->check(not_empty())
      ->group(group);
}

void take_name(Draft& draft) {
  const auto& words = draft.words;
  const char* const usage = "flux new agent NAME";
  if (words.empty()) throw Error("what to make is missing", usage);
  if (words[0] != "agent")
    throw Error(fmt::format("new makes an agent, found '{}'", printable(words[0])), usage);
  if (words.size() < 2) throw Error("the NAME of the agent is missing", usage);
  if (words.size() > 2)
    throw Error(fmt::format("one NAME is enough, found '{}', too", printable(words[2])), usage);
  draft.options.name = words[1];
}

void take_what_is_typed(Draft& draft) {
  draft.options.typed = std::move(draft.words);
  if (draft.options.typed.empty()) throw Error("the words are missing", "flux complete -- run --on-error ''");
}

void add_laws(CLI::App& app, Draft& draft) {
  add_words(app, draft);
  add_plugins(app, draft);
  app.add_option("--seed", draft.options.seed, "of the events that are made (another one every time)")
      ->option_text(" N")
      ->group(kInputAndOutput);
  app.add_option("--events", draft.options.events_file, "take the lines of FILE instead")
      ->option_text(" FILE")
      ->check(not_empty())
      ->group(kInputAndOutput);
  add_format(app, draft, {Format::people, Format::json});
}

void take_what_to_try(Draft& draft) {
  draft.options.tried = std::move(draft.words);
  if (draft.options.tried.empty())
    throw Error("an AGENT or a PLUGIN is missing", "flux laws double 'count(by=level)' ./mine.so");
}

constexpr CommandEntry kCommands[] = {
    {"run", Command::run, kRunHelp, add_run, take_files, "PIPELINE FILE..."},
    {"check", Command::check, kCheckHelp, add_check, take_what_to_check, "PIPELINE"},
    {"agents", Command::agents, kAgentsHelp, add_agents, take_no_words, "AGENT"},
    {"invoke", Command::invoke, kInvokeHelp, add_invoke, take_events, "PIPELINE"},
    {"status", Command::status, kStatusHelp, add_asking, take_no_words, ""},
    {"stop", Command::stop, kStopHelp, add_asking, take_no_words, ""},
    {"tap", Command::tap, kTapHelp, add_tap, take_no_words, ""},
    {"top", Command::top, kTopHelp, add_top, take_no_words, ""},
    {"laws", Command::laws, kLawsHelp, add_laws, take_what_to_try, "AGENT..."},
    {"new", Command::create, kNewHelp, add_new, take_name, "agent"},
    {"complete", Command::complete, kCompleteHelp, add_words, take_what_is_typed, ""},
};

}  // namespace

std::span<const CommandEntry> command_table() { return kCommands; }

std::string usage_hint(const std::string& name) {
  return fmt::format("'flux{}{} --help' tells what there is", name.empty() ? "" : " ", name);
}

}  // namespace flux::cli
