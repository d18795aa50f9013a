// The words of the command line, one entry of a table each: the options that a
// command takes, and what the words behind it mean.
//
// Thread safety: called by the main thread, before any other is started.
#pragma once

#include <CLI/CLI.hpp>
#include <span>
#include <string>
#include <vector>

#include "cli/help.hpp"
#include "cli/options.hpp"

namespace flux::cli {

// The options as they are read, and what only the end of the command line explains.
struct Draft {
  Options options;
  std::vector<std::string> words;  // not options, in order
  std::string config;              // --config
  std::string summary;             // --summary
};

struct CommandEntry {
  const char* name;
  Command command;
  const CommandHelp& help;
  void (*add_options)(CLI::App& app, Draft& draft);  // the draft outlives the app
  // Says what the words are, and checks what no option can check by itself. Throws
  // Error (exit status 2).
  void (*take_words)(Draft& draft);
  // What stands where, for completion: PIPELINE, FILE, AGENT or a word itself; behind
  // the last one with "..." come more of its kind.
  const char* words;
};

std::span<const CommandEntry> command_table();

// "'flux run --help' tells what there is"; without a name, of flux itself.
std::string usage_hint(const std::string& name);

}  // namespace flux::cli
