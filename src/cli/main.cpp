// flux: a stream processor for newline-delimited JSON.
#include <fmt/format.h>

#include <cstdio>

#include "cli/commands.hpp"
#include "core/error.hpp"

namespace {

int dispatch(const flux::cli::Options& options, flux::io::StandardStreams streams) {
  using flux::cli::Command;
  switch (options.command) {
    case Command::run:
      return flux::cli::run(options, std::move(streams));
    case Command::check:
      return flux::cli::check(options, streams);
    case Command::agents:
      return flux::cli::agents(options, streams);
    case Command::invoke:
      return flux::cli::invoke(options, std::move(streams));
    case Command::ask:
      return flux::cli::ask(options, streams);
    case Command::status:
      return flux::cli::status(options, streams);
    case Command::stop:
      return flux::cli::stop(options, streams);
    case Command::tap:
      return flux::cli::tap(options, streams);
    case Command::top:
      return flux::cli::top(options, streams);
    case Command::laws:
      return flux::cli::laws(options, streams);
    case Command::create:
      return flux::cli::create(options, streams);
    case Command::complete:
      return flux::cli::complete(options, streams);
    case Command::version:
      return flux::cli::print(streams, "flux " FLUX_VERSION "\n");
    case Command::help:
      return flux::cli::print(streams, options.help);
  }
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    // Before anything is opened: see io/standard.hpp.
    flux::io::StandardStreams streams = flux::io::secure_standard_streams();
    return dispatch(flux::cli::parse_command_line(argc, argv), std::move(streams));
  } catch (const flux::Error& error) {
    fmt::print(stderr, "{}", flux::describe(error));
    return static_cast<int>(error.status);
  } catch (const std::exception& error) {
    fmt::print(stderr, "flux: {}\n", error.what());
    return static_cast<int>(flux::Exit::failed);
  }
}
