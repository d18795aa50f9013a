// What the command line says, as values.
//
// Plain values; thread safety as for any value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "settings/config.hpp"

namespace flux::cli {

enum class Command {
  run,
  check,
  agents,
  invoke,
  ask,
  status,
  stop,
  tap,
  top,
  laws,
  create,
  complete,
  version,
  help
};
enum class Format { people, json, markdown };
enum class SummaryForm { automatic, people, json, none };

struct Options {
  Command command = Command::help;
  std::string help;                        // of Command::help: the text
  std::optional<std::string> pipeline;     // a spec
  std::optional<std::string> config;       // a config file
  std::vector<std::string> files;          // FILE...
  std::vector<std::string> events;         // of invoke
  std::string name;                        // of new agent: what to call it
  std::string language = "c++";            // c++, c or rust
  std::string shape = "map";               // what becomes of its events
  std::string into = ".";                  // the folder that gets the project's
  std::vector<std::string> tried;          // of laws: agents, calls of agents, plugins
  std::optional<std::uint64_t> seed;       // of laws: of the events that are made
  std::optional<std::string> events_file;  // of laws: events instead of made ones
  std::vector<std::string> typed;          // of complete: the words, the last one unfinished
  std::optional<std::string> agent;        // of agents
  std::vector<std::string> plugins;        // --plugin
  settings::Layer flags;                   // the settings of every flux
  std::string output;                      // -o; empty: stdout
  std::string dead_letter;                 // empty: none
  bool fails_on_error = false;
  bool raw_input = false;
  bool raw_output = false;
  bool trusts_input = false;
  bool fuse = true;
  std::size_t max_line = 16 << 20;
  std::size_t workers = 0;  // 0: as many as there are cores
  SummaryForm summary = SummaryForm::automatic;
  std::string control;                  // the socket of a live pipeline; empty: none
  std::string flux;                     // of invoke: where events enter
  std::optional<std::string> priority;  // likewise
  std::optional<std::string> timeout;
  bool trace = false;
  std::uint64_t limit = 0;  // of tap: so many events; 0: all that come
  bool once = false;        // of top
  std::string pheromones;   // where signals go: FILE, fd:N or -; empty: nowhere
  Format format = Format::people;
};

// Throws Error (exit status 2) for what it does not understand.
Options parse_command_line(int argc, const char* const* argv);

}  // namespace flux::cli
