// All agents of a run by name, and the places where plugins are looked for.
//
// A plugin that announces its agents (announcement.hpp) waits until one of them is
// asked for: most runs need one plugin of many.
//
// Thread safety: none; belongs to the thread that loads plugins, before any event
// flows. An Agent stays where it is as long as its Registry lives, and may be read by
// any thread.
#pragma once

#include <sys/types.h>

#include <deque>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "plugin/announcement.hpp"
#include "plugin/descriptor.hpp"
#include "plugin/library.hpp"

namespace flux::plugin {

// A file or a directory to load plugins from.
struct Place {
  std::filesystem::path path;
  bool must_exist = true;
  bool operator==(const Place&) const = default;
};

// Where plugins come from, in this order:
//   given        --plugin FILE|DIR and the config file's "plugins": must exist
//   environment  the value of FLUX_PLUGIN_PATH, split at ':'. What is missing is
//                skipped, as in PATH: profiles are shared by machines. So are empty
//                parts: they would mean the working directory
//   executable   PREFIX/bin/flux brings in the first that exists of flux/plugins in
//                PREFIX/lib, PREFIX/lib/MULTIARCH and PREFIX/lib64
std::vector<Place> search_path(const std::vector<std::string>& given, std::string_view environment,
                               const std::filesystem::path& executable);

// What a name in a pipeline means: an agent, none, or more than one.
struct Unknown {
  std::optional<std::string> suggestion;  // the name that was probably meant
  bool operator==(const Unknown&) const = default;
};
struct Ambiguous {
  std::vector<std::string> names;  // plugin.agent of each, sorted
  bool operator==(const Ambiguous&) const = default;
};
using Lookup = std::variant<const Agent*, Unknown, Ambiguous>;

class Registry {
 public:
  // How a file becomes a description; tests bring their own.
  using Open = std::function<const flux_plugin*(const std::filesystem::path&)>;
  explicit Registry(Open open = open_library) : open_(std::move(open)) {}

  // Loads one file, or all *.so of a directory in the order of their names. A file
  // that is loaded already (same device and inode) is left alone. Throws Error if
  // it does not exist, breaks a rule, or is called like a plugin that is loaded.
  void load(const std::filesystem::path& file_or_directory);
  // The same, but plugins of places that need not exist may wait.
  void load(const std::vector<Place>& places);

  // `name` is "agent", or "plugin.agent". Loads what has waited if it has that agent,
  // or if nobody says that he has it. Throws Error as load() does.
  Lookup find(std::string_view name);

  // Sorted by name, then by plugin. Loads all that has waited.
  std::vector<const Agent*> all();

 private:
  using Path = std::filesystem::path;
  // Who is not loaded yet.
  struct Waiting {
    std::string file;
    Announcement announcement;
  };
  enum class When { now, as_needed };

  void load(const Path& file_or_directory, When when);
  void load_file(const Path& file, When when);
  void add(const Path& file, const Announcement* announcement);
  void check_name(const std::string& plugin, const std::string& file) const;
  // Loads those that waited and that fit.
  void take_in(const std::function<bool(const Announcement&)>& fits);
  std::vector<const Agent*> loaded() const;
  std::optional<std::string> suggest(std::string_view name) const;

  Open open_;
  std::deque<Plugin> plugins_;  // a deque: agents keep their address
  std::vector<Waiting> waiting_;
  std::vector<std::pair<dev_t, ino_t>> known_;  // files that are loaded or waiting
};

}  // namespace flux::plugin
