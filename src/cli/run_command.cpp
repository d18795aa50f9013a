// flux run, and flux invoke: the same engine over events given as arguments.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <optional>

#include "cli/commands.hpp"
#include "control/server.hpp"
#include "core/error.hpp"
#include "io/signals.hpp"
#include "json/check.hpp"
#include "json/edit.hpp"
#include "json/grammar.hpp"
#include "runtime/run.hpp"

namespace flux::cli {

namespace {

runtime::Options runtime_options(const Options& options) {
  runtime::Options wanted;
  wanted.workers = options.workers;
  wanted.max_line = options.max_line;
  wanted.raw_output = options.raw_output;
  wanted.trusts_input = options.trusts_input;
  wanted.failures.is_fatal = options.fails_on_error;
  wanted.takes_perturbations = !options.control.empty();
  return wanted;
}

void say(const runtime::Result& result, SummaryForm form) {
  if (!result.error.empty()) fmt::print(stderr, "flux: {}\n", result.error);
  if (form == SummaryForm::automatic && ::isatty(STDERR_FILENO) != 0) form = SummaryForm::people;
  const runtime::Summary& summary = result.summary;
  const bool is_collapse = summary.exit == static_cast<int>(Exit::collapsed);
  if (is_collapse && form != SummaryForm::people) fmt::print(stderr, "flux: {}\n", summary.reason);
  switch (form) {
    case SummaryForm::json:
      fmt::print(stderr, "{}", summary.to_json());
      break;
    case SummaryForm::people:
      fmt::print(stderr, "{}", summary.to_people());
      break;
    case SummaryForm::automatic:
    case SummaryForm::none:
      break;
  }
}

int exit_of(const runtime::Result& result) {
  const bool dies = result.signal != 0 && result.summary.exit == 128 + result.signal;
  if (dies) io::Signals::die_of(result.signal);
  return result.summary.exit;
}

// The events as a file that only this process knows, one per line.
io::Source source_of(const std::vector<std::string>& events, bool is_raw) {
  Arena arena;
  std::string lines;
  for (const std::string& event : events) {
    const bool is_one_line = event.find('\n') == std::string::npos;
    if (is_raw && !is_one_line)
      throw Error("with -R an event is one line, and this one has a newline",
                  "give it as a JSON string, without -R",
                  Excerpt{event, {event.find('\n'), event.find('\n') + 1}});
    // What is more than one line, or blank, would not be one event when it is read.
    const bool is_checked = !is_raw && (!is_one_line || json::is_blank(event));
    if (const auto flaw = is_checked ? json::find_flaw(event) : std::nullopt)
      throw Error(fmt::format("not JSON: {}", flaw->reason), {},
                  Excerpt{event, {flaw->offset, flaw->offset + 1}}, Exit::failed);
    lines += is_one_line ? std::string_view(event) : json::compact(event, arena);
    lines += '\n';
  }
  io::Source source{"event", io::Fd(::memfd_create("events", MFD_CLOEXEC)), -1, {}};
  source.fd = source.owned.get();
  if (const int error = io::write_all(source.fd, lines))
    throw Error("cannot hold the events: " + io::reason_of(error), {}, {}, Exit::failed);
  ::lseek(source.fd, 0, SEEK_SET);
  return source;
}

}  // namespace

int run(const Options& options, io::StandardStreams streams) {
  Setup setup;
  prepare(setup, options);
  std::vector<std::string> files = options.files;
  std::string output = options.output;
  if (setup.config && files.empty()) files = setup.config->source_files;
  if (setup.config && output.empty()) output = setup.config->sink_file.value_or("");
  runtime::Ends ends;
  ends.sources = io::open_sources(files, streams.has_input);
  const bool results_take_stdout = output.empty() || output == "-";
  const io::Fd standard_output(::fcntl(streams.output.get(), F_DUPFD_CLOEXEC, 3));
  ends.sink = io::open_sink(output, std::move(streams.output), streams.has_output, setup.plan.may_drop());
  if (!options.dead_letter.empty()) ends.dead_letters = io::open_dead_letters(options.dead_letter);
  io::check_apart(ends.sources, ends.sink, ends.dead_letters);
  std::optional<control::Listener> listener;
  if (!options.control.empty()) {
    listener.emplace(options.control);
    ends.attend = [&](runtime::Live& live) { return std::make_shared<control::Server>(*listener, live); };
  }
  io::empty(ends.sink);
  if (ends.dead_letters.fd) io::empty(ends.dead_letters);
  if (!options.pheromones.empty())
    ends.pheromones = io::open_pheromones(options.pheromones, standard_output, results_take_stdout);
  const io::Signals signals;
  const runtime::Say last_words = [&](const runtime::Result& result) { say(result, options.summary); };
  const runtime::Result result =
      runtime::run(setup.plan, host(), signals, std::move(ends), runtime_options(options), last_words);
  listener.reset();  // before we die of a signal
  last_words(result);
  return exit_of(result);
}

int invoke(const Options& options, io::StandardStreams streams) {
  Setup setup;
  prepare(setup, options);
  runtime::Ends ends;
  ends.sources.push_back(source_of(options.events, options.raw_input));
  ends.sink = io::open_sink({}, std::move(streams.output), streams.has_output);
  runtime::Options wanted = runtime_options(options);
  wanted.workers = 1;
  wanted.failures.is_fatal = true;
  wanted.finishes = false;  // DORMANT: there is no stream that could end
  const io::Signals signals;
  runtime::Result result =
      runtime::run(setup.plan, host(), signals, std::move(ends), wanted, [](const auto&) {});
  const bool is_told = result.summary.failed > 0;  // the agent's own message
  if (is_told) result.error.clear();
  say(result, SummaryForm::none);
  return exit_of(result);
}

int print(const io::StandardStreams& streams, std::string_view text) {
  if (!streams.has_output) throw Error("stdout is closed", {}, {}, Exit::failed);
  const int error = io::write_all(streams.output.get(), text);
  if (error == EPIPE) return 141;
  if (error != 0) throw Error("cannot write stdout: " + io::reason_of(error), {}, {}, Exit::failed);
  return 0;
}

}  // namespace flux::cli
