// What a library says of its agents without being loaded: the notes of
// FLUX_NOTE_AGENT in flux_plugin.h, which the SDK writes.
//
// Thread safety: plain values and a pure function of the file.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/descriptor.hpp"

namespace flux::plugin {

struct Announcement {
  // `name` is "agent", or "plugin.agent".
  bool names(std::string_view name) const;

  std::string plugin;
  std::vector<std::string> agents;  // sorted
};

// Nothing where the file has no such notes, or is not what it should be: then only
// loading it tells what it has, and what is wrong with it.
std::optional<Announcement> read_announcement(const std::filesystem::path& file);

// Throws Error where the plugin is called differently, or has other agents.
void check_announcement(const Announcement& announcement, const Plugin& plugin);

}  // namespace flux::plugin
