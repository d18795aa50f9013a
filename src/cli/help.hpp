// --help that fits a screen: what a command is, a heading per group of options, a
// line per option, examples. CLI11's own page takes twice the lines.
//
// Constants and a pure function; thread safe.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace flux::cli {

// What a command is, in front of its options, and examples behind them.
struct CommandHelp {
  const char* what;
  const char* examples;
};

inline constexpr CommandHelp kFluxHelp = {R"(flux: agents over streams of JSON lines

  flux run PIPELINE [FILE...]       read FILEs (or stdin), write stdout
  flux run --config FILE [FILE...]  the same, as a pipeline.json says
  flux check PIPELINE               types, parameters, the plan; reads no event
  flux agents [NAME]                what there is; one agent in full
  flux laws PLUGIN|AGENT...         is an agent what it says it is?
  flux invoke PIPELINE EVENT...     apply a pipeline to events given here
  flux invoke --control PATH EVENT...  send them through a pipeline that runs
  flux status --control PATH        what a running pipeline has done so far
  flux tap --control PATH           see events as they pass
  flux top --control PATH           see its flows, states and buffers, live
  flux stop --control PATH          ask it to drain and end
  flux new agent NAME               a project for a plugin of your own
  flux --version

'flux run --help' and so on tell the options of each; 'man flux' all there is.)",
                                          R"(
Examples:
  seq 5 | flux run 'double|addone'
  flux run 'has(user.id) | drop(password)' app.ndjson
  flux agents head
)"};

inline constexpr CommandHelp kRunHelp = {R"(flux run [OPTION...] PIPELINE [FILE...]
Runs a pipeline over FILEs (- is stdin), or over stdin where there is none.)",
                                         R"(
Examples:
  seq 5 | flux run 'double|addone'
  flux run 'where(level == "error") | drop(password)' app.ndjson
)"};

inline constexpr CommandHelp kCheckHelp = {R"(flux check [OPTION...] PIPELINE
Says what would run, and reads nothing.)",
                                           R"(
Examples:
  flux check 'double | head(3)'
  flux check --format json --config pipeline.json
)"};

inline constexpr CommandHelp kAgentsHelp = {R"(flux agents [OPTION...] [NAME]
Lists agents, or tells of one in full.)",
                                            R"(
Examples:
  flux agents head
  flux agents --plugin ./mine.so --format json
)"};

inline constexpr CommandHelp kInvokeHelp = {R"(flux invoke [OPTION...] PIPELINE EVENT...
Applies a pipeline to events given here, and prints what it gives.)",
                                            R"(
Examples:
  flux invoke 'double | addone' 20
  flux invoke --raw-input upper 'some words'
)"};

inline constexpr CommandHelp kStatusHelp = {R"(flux status --control PATH
Tells what a running pipeline has done so far, as JSON.)",
                                            ""};

inline constexpr CommandHelp kStopHelp = {R"(flux stop --control PATH
Asks a running pipeline to drain and end.)",
                                          ""};

inline constexpr CommandHelp kTapHelp = {R"(flux tap --control PATH [OPTION...]
Shows what a flux of a running pipeline gives, as it passes.)",
                                         ""};

inline constexpr CommandHelp kTopHelp = {R"(flux top --control PATH [OPTION...]
Shows the flows, states and buffers of a running pipeline, live.)",
                                         ""};

inline constexpr CommandHelp kLawsHelp = {R"(flux laws [OPTION...] PLUGIN|AGENT...
Tries agents with events that are made at random, and says whether they are what they
say they are: stateless, pure, a map; the same for every cut of the stream and for every
number of workers. A broken claim is shown with the smallest input that shows it.)",
                                          R"(
Examples:
  flux laws double 'count(by=level)'
  flux laws --events app.ndjson ./mine.so
)"};

inline constexpr CommandHelp kNewHelp = {R"(flux new agent NAME [OPTION...]
Makes a project for a plugin with one agent: it builds, and passes its test.)",
                                         R"(
Shapes:
  map       one result for each event
  filter    an event goes on, or not
  flatmap   any number of results for each event
  record    the event goes on with members set
  state     takes events in and gives its result at the end

Examples:
  flux new agent shout
  flux new agent only_errors --lang rust --shape filter
)"};

inline constexpr CommandHelp kCompleteHelp = {R"(flux complete -- WORD...
Tells what the last word may become: for the shells, which complete with it.)",
                                              R"(
Example:
  flux complete -- run 'double | ad'
)"};

// What stands behind an option's names is its option_text.
std::string help_page(const CLI::App& command);

}  // namespace flux::cli
