#include "cli/setup.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "core/error.hpp"
#include "plan/resolve.hpp"
#include "spec/parser.hpp"

namespace flux::cli {

namespace {

std::optional<std::string> environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

settings::Layer defaults_of(const spec::Config& config) {
  settings::Layer layer;
  for (const spec::Setting& setting : config.defaults) {
    try {
      layer.set(setting.key, setting.value);
    } catch (const Error& error) {
      throw config.error(setting.key_span, error.message, error.hint);
    }
  }
  return layer;
}

}  // namespace

plugin::Host host() {
  return {FLUX_VERSION, [](flux_level, std::string_view line) { fmt::print(stderr, "{}\n", line); }};
}

void load_plugins(plugin::Registry& registry, const Options& options, const spec::Config* config) {
  std::vector<std::string> given = options.plugins;
  if (config != nullptr) given.insert(given.end(), config->plugins.begin(), config->plugins.end());
  std::error_code none;
  const auto executable = std::filesystem::read_symlink("/proc/self/exe", none);
  registry.load(plugin::search_path(given, environment("FLUX_PLUGIN_PATH").value_or(""), executable));
}

void prepare(Setup& setup, const Options& options) {
  spec::Pipeline pipeline;
  plan::Options wanted{options.flags, {}, options.raw_input, options.fuse, !options.control.empty()};
  if (options.config) {
    setup.config = spec::load_config(*options.config, environment);
    wanted.defaults = defaults_of(*setup.config);
    pipeline = setup.config->pipeline;
  } else {
    pipeline = spec::parse(*options.pipeline);
  }
  load_plugins(setup.registry, options, setup.config ? &*setup.config : nullptr);
  try {
    setup.plan = plan::make_plan(pipeline, setup.registry, host(), wanted);
  } catch (Error& error) {
    if (setup.config && error.at) error.message = setup.config->pipeline_place() + ": " + error.message;
    throw;
  }
}

}  // namespace flux::cli
