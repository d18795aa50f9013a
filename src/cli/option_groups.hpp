// Options that several commands take.
//
// Thread safety: called by the main thread, before any other is started.
#pragma once

#include <CLI/CLI.hpp>
#include <initializer_list>
#include <string>
#include <vector>

#include "cli/command_table.hpp"

namespace flux::cli {

// The headings of --help.
inline constexpr const char* kInputAndOutput = "Input and output";
inline constexpr const char* kRunning = "Running";
inline constexpr const char* kOfALiveOne = "Of a pipeline that runs";

// What a setting of a flux does, in the words of --help. REQUIRES: it is one of
// settings::setting_names().
const std::string& help_of_setting(const std::string& setting);

// An unset shell variable must not silently mean "no file".
CLI::Validator not_empty();

// One of these words; else says which one may be meant.
CLI::Validator one_of(std::vector<std::string> words);

void add_words(CLI::App& app, Draft& draft);
void add_plugins(CLI::App& app, Draft& draft);
void add_raw_output(CLI::App& app, Draft& draft);
void add_format(CLI::App& app, Draft& draft, std::initializer_list<Format> formats);
void add_control(CLI::App& app, Draft& draft, const std::string& what);

// What a pipeline is made of: --config, --plugin, and a flag for every setting of a flux.
void add_pipeline(CLI::App& app, Draft& draft);

}  // namespace flux::cli
