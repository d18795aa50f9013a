// What all commands need before they can do anything: plugins, the config file, the
// plan. One path for `run` and `check`, up to the first read.
//
// Thread safety: called by the main thread, before any other is started.
#pragma once

#include <optional>

#include "cli/options.hpp"
#include "plan/plan.hpp"
#include "plugin/instance.hpp"
#include "plugin/registry.hpp"
#include "spec/config.hpp"

namespace flux::cli {

// What flux is to its plugins: their log lines go to stderr.
plugin::Host host();

// Loads what the command line, the config file, the environment and the installation
// name.
void load_plugins(plugin::Registry& registry, const Options& options, const spec::Config* config);

// Everything that a run stands on. The plan points into the registry.
struct Setup {
  plugin::Registry registry;
  std::optional<spec::Config> config;
  plan::Plan plan;
};

void prepare(Setup& setup, const Options& options);

}  // namespace flux::cli
