// What each word of the command line does. Every command returns the exit status.
//
// Thread safety: called by the main thread, before any other is started.
#pragma once

#include <string_view>

#include "cli/options.hpp"
#include "cli/setup.hpp"
#include "io/standard.hpp"

namespace flux::cli {

int run(const Options& options, io::StandardStreams streams);
int check(const Options& options, const io::StandardStreams& streams);
int agents(const Options& options, const io::StandardStreams& streams);
int invoke(const Options& options, io::StandardStreams streams);

// What asks a live pipeline.
int ask(const Options& options, const io::StandardStreams& streams);  // invoke --control
int status(const Options& options, const io::StandardStreams& streams);
int stop(const Options& options, const io::StandardStreams& streams);
int tap(const Options& options, const io::StandardStreams& streams);
int top(const Options& options, const io::StandardStreams& streams);

// Whether agents are what they say they are.
int laws(const Options& options, const io::StandardStreams& streams);

// A project for a plugin, from templates (new_command.cpp).
int create(const Options& options, const io::StandardStreams& streams);

// What the last of the words typed so far may become, for completions/*.
int complete(const Options& options, const io::StandardStreams& streams);

// Writes to the real stdout; 0, or the exit status that a failure to write has.
int print(const io::StandardStreams& streams, std::string_view text);

}  // namespace flux::cli
