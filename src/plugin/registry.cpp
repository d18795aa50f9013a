#include "plugin/registry.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <system_error>
#include <tuple>

#include "core/error.hpp"

namespace flux::plugin {
namespace {

namespace fs = std::filesystem;

// Where a distribution may put libraries below a prefix (CMAKE_INSTALL_LIBDIR).
constexpr const char* kLibraryDirectories[] = {"lib",
#if defined(__x86_64__)
                                               "lib/x86_64-linux-gnu",
#elif defined(__aarch64__)
                                               "lib/aarch64-linux-gnu",
#endif
                                               "lib64"};

std::vector<fs::path> libraries_in(const fs::path& directory) {
  std::vector<fs::path> files;
  std::error_code failure;
  for (fs::directory_iterator entry(directory, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    if (entry->path().extension() != ".so") continue;
    std::error_code ignored;  // a dangling link is no directory: its own message comes from load_file
    if (!entry->is_directory(ignored)) files.push_back(entry->path());
  }
  if (failure)
    throw Error(fmt::format("plugin directory '{}': cannot be read: {}", printable(directory.string(), 1024),
                            failure.message()),
                "check its permissions");
  std::ranges::sort(files);
  return files;
}

}  // namespace

std::vector<Place> search_path(const std::vector<std::string>& given, std::string_view environment,
                               const fs::path& executable) {
  std::vector<Place> places;
  for (const std::string& path : given) places.push_back({path, true});
  while (!environment.empty()) {
    const std::size_t end = std::min(environment.find(':'), environment.size());
    if (end > 0) places.push_back({environment.substr(0, end), false});
    environment.remove_prefix(std::min(end + 1, environment.size()));
  }
  const fs::path prefix = executable.parent_path().parent_path();
  for (const char* libraries : kLibraryDirectories) {
    const fs::path directory = prefix / libraries / "flux/plugins";
    std::error_code ignored;  // what cannot be seen is not there
    if (!fs::is_directory(directory, ignored)) continue;
    places.push_back({directory, false});
    break;
  }
  return places;
}

void Registry::load(const std::vector<Place>& places) {
  for (const Place& place : places) {
    std::error_code ignored;  // what cannot be seen is not there
    if (place.must_exist) load(place.path, When::now);
    if (!place.must_exist && fs::exists(place.path, ignored)) load(place.path, When::as_needed);
  }
}

void Registry::load(const Path& file_or_directory) { load(file_or_directory, When::now); }

void Registry::load(const Path& file_or_directory, When when) {
  std::error_code ignored;  // load_file says what is wrong with it
  if (!fs::is_directory(file_or_directory, ignored)) return load_file(file_or_directory, when);
  for (const fs::path& file : libraries_in(file_or_directory)) load_file(file, when);
}

void Registry::load_file(const Path& file, When when) {
  struct stat status {};
  const bool exists = ::stat(file.c_str(), &status) == 0;
  const std::pair identity{status.st_dev, status.st_ino};
  if (exists && std::ranges::find(known_, identity) != known_.end()) return;

  const bool may_wait = when == When::as_needed && S_ISREG(status.st_mode);
  auto announcement = may_wait ? read_announcement(file) : std::nullopt;
  if (announcement) {
    check_name(announcement->plugin, file.string());
    waiting_.push_back({file.string(), std::move(*announcement)});
  } else {
    add(file, nullptr);
  }
  known_.push_back(identity);
}

void Registry::add(const Path& file, const Announcement* announcement) {
  Plugin plugin = read_plugin(open_(file), file.string());
  if (announcement != nullptr) check_announcement(*announcement, plugin);
  check_name(plugin.name, plugin.file);
  plugins_.push_back(std::move(plugin));
}

void Registry::check_name(const std::string& plugin, const std::string& file) const {
  const auto refuse = [&](const std::string& twin) {
    throw Error(fmt::format("two plugins are called '{}': '{}' and '{}'", printable(plugin),
                            printable(twin, 1024), printable(file, 1024)),
                "leave one of them out, or build it under another name");
  };
  for (const Plugin& other : plugins_)
    if (other.name == plugin) refuse(other.file);
  for (const Waiting& other : waiting_)
    if (other.announcement.plugin == plugin) refuse(other.file);
}

void Registry::take_in(const std::function<bool(const Announcement&)>& fits) {
  for (auto next = waiting_.begin(); next != waiting_.end();) {
    if (!fits(next->announcement)) {
      ++next;
      continue;
    }
    const Waiting chosen = std::move(*next);
    next = waiting_.erase(next);
    add(chosen.file, &chosen.announcement);
  }
}

Lookup Registry::find(std::string_view name) {
  const bool is_qualified = name.find('.') != name.npos;
  const auto matching = [&] {
    std::vector<const Agent*> agents = loaded();
    std::erase_if(agents, [&](const Agent* agent) {
      return name != (is_qualified ? agent->qualified_name() : agent->name);
    });
    return agents;
  };
  take_in([&](const Announcement& announcement) { return announcement.names(name); });
  auto matches = matching();
  if (matches.empty() && !waiting_.empty()) {  // notes may be incomplete
    take_in([](const Announcement&) { return true; });
    matches = matching();
  }
  if (matches.size() == 1) return matches.front();
  if (matches.empty()) return Unknown{suggest(name)};
  Ambiguous ambiguous;
  for (const Agent* agent : matches) ambiguous.names.push_back(agent->qualified_name());
  return ambiguous;
}

// A bare name is likened to bare names, a qualified one to qualified ones; one with
// a plugin that does not exist may still name an agent of another.
std::optional<std::string> Registry::suggest(std::string_view name) const {
  const std::size_t dot = name.rfind('.');
  const bool is_qualified = dot != name.npos;
  std::vector<std::string> names;
  for (const Agent* agent : loaded()) names.push_back(is_qualified ? agent->qualified_name() : agent->name);
  std::optional<std::string> near = nearest(name, names);
  if (near || !is_qualified) return near;
  for (const Agent* agent : loaded())
    if (agent->name == name.substr(dot + 1)) return agent->qualified_name();
  return {};
}

std::vector<const Agent*> Registry::all() {
  take_in([](const Announcement&) { return true; });
  return loaded();
}

std::vector<const Agent*> Registry::loaded() const {
  std::vector<const Agent*> agents;
  for (const Plugin& plugin : plugins_)
    for (const Agent& agent : plugin.agents) agents.push_back(&agent);
  std::ranges::sort(agents, {}, [](const Agent* agent) { return std::tie(agent->name, agent->plugin); });
  return agents;
}

}  // namespace flux::plugin
