// Opens one plugin: a shared library that exports flux_plugin_entry. Everything
// that can be wrong with the file, and with the version of the description in it,
// is refused here, each with its own message; see descriptor.hpp for the rest.
//
// Thread safety: none needed; called by the thread that loads plugins, before
// any event flows. A library is never closed: threads and destructors of a plugin
// may outlive whoever opened it.
#pragma once

#include <cstdint>
#include <filesystem>

#include "abi/flux_plugin.h"

namespace flux::plugin {

// The newest minor of FLUX_ABI_MAJOR that this flux offers to plugins.
inline constexpr std::uint32_t kAbiMinor = 0;

// Loads the library and asks for its description, which lives until the process
// ends. Throws Error if the file is missing, not a regular file, open to changes
// by others, not ELF, cut short, cannot be loaded, does not export the symbol, or is refused
// by `check_plugin`.
const flux_plugin* open_library(const std::filesystem::path& file);

// May this description be read at all? Throws Error if it is NULL, no description,
// of another ABI, or too short. `file` is for the message.
void check_plugin(const flux_plugin* plugin, const std::filesystem::path& file);

}  // namespace flux::plugin
