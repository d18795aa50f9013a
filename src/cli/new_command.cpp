// flux new agent: a project for a plugin, copied from templates. What a project of a
// language and a shape consists of are four folders of templates/agent, laid over one
// another; @name@ and @Name@ in them, also in names of files, become the agent's name.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "cli/commands.hpp"
#include "core/error.hpp"

namespace flux::cli {

namespace {

namespace fs = std::filesystem;

// PREFIX of PREFIX/bin/flux.
fs::path own_prefix() { return fs::read_symlink("/proc/self/exe").parent_path().parent_path(); }

void check_name(const std::string& name) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  const bool is_name =
      !name.empty() && name[0] >= 'a' && name[0] <= 'z' && std::all_of(name.begin(), name.end(), fits);
  if (is_name) return;
  throw Error(fmt::format("'{}' is no name for an agent", printable(name)),
              "a name begins with a letter and has lower-case letters, digits and '_': shout_twice");
}

// Two agents of one name would have to be told apart by the names of their plugins.
void check_is_free(const std::string& name, const Options& options) {
  plugin::Registry registry;
  load_plugins(registry, options, nullptr);
  const plugin::Lookup found = registry.find(name);
  if (const auto* agent = std::get_if<const plugin::Agent*>(&found))
    throw Error(fmt::format("there is an agent '{}' already, in plugin '{}'", name, (*agent)->plugin),
                "choose another name");
}

// "shout_twice" is called ShoutTwice where types are named so.
std::string pascal(const std::string& name) {
  std::string text;
  bool is_start = true;
  for (const char c : name) {
    if (c != '_') text += is_start ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    is_start = c == '_';
  }
  return text;
}

std::string replaced(std::string text, std::string_view what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
  return text;
}

std::string named(const std::string& text, const std::string& name) {
  return replaced(replaced(text, "@name@", name), "@Name@", pascal(name));
}

void copy_file(const fs::path& from, const fs::path& to, const std::string& name) {
  std::ifstream in(from, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  fs::create_directories(to.parent_path());
  std::ofstream out(to, std::ios::binary);
  out << named(text, name);
  out.close();
  if (!in || !out) throw fs::filesystem_error("", to, std::error_code(errno, std::generic_category()));
  fs::permissions(to, fs::status(from).permissions());
}

// Where a folder grows, beside the place that it will have: gone again if that fails.
class Scaffold {
 public:
  explicit Scaffold(const fs::path& folder) : folder_(folder), path_(folder) {
    path_ += fmt::format(".{}.tmp", ::getpid());
    if (folder.has_parent_path()) fs::create_directories(folder.parent_path());
    if (!fs::create_directory(path_))  // somebody else's: left alone
      throw fs::filesystem_error("", path_, std::make_error_code(std::errc::file_exists));
  }
  ~Scaffold() {
    std::error_code none;
    if (!path_.empty()) fs::remove_all(path_, none);
  }
  Scaffold(const Scaffold&) = delete;
  Scaffold& operator=(const Scaffold&) = delete;

  const fs::path& path() const { return path_; }
  void finish() {
    fs::rename(path_, folder_);
    path_.clear();
  }

 private:
  const fs::path folder_;
  fs::path path_;
};

void copy_folder(const fs::path& from, const fs::path& to, const std::string& name) {
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(from))
    if (entry.is_regular_file()) copy_file(entry, to / named(fs::relative(entry, from).string(), name), name);
}

// Whether `flux` in a shell is this program; then cmake finds its package by itself.
bool is_on_path(const fs::path& prefix) {
  const char* const path = std::getenv("PATH");
  for (std::string_view rest = path == nullptr ? "" : path; !rest.empty();) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    std::error_code none;
    if (fs::equivalent(fs::path(rest.substr(0, end)) / "flux", prefix / "bin" / "flux", none)) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

std::string next_steps(const Options& options, const fs::path& folder, const fs::path& prefix) {
  const bool is_rust = options.language == "rust";
  const bool is_found = is_on_path(prefix);
  const std::string program = is_found ? "flux" : (prefix / "bin" / "flux").string();
  const std::string library = is_rust ? fmt::format("target/release/lib{}.so", options.name)
                                      : fmt::format("build/{}.so", options.name);
  std::string text =
      fmt::format("{} is there. What comes next:\n\n  cd {}\n", folder.string(), folder.string());
  if (is_rust) {
    text += fmt::format("  cargo build --release && tests/run {} {}\n", library, program);
  } else {
    text += fmt::format("  cmake -B build{} && cmake --build build && ctest --test-dir build\n",
                        is_found ? "" : " -DCMAKE_PREFIX_PATH=" + prefix.string());
  }
  return text + fmt::format("  {} run --plugin {} {} tests/input.ndjson\n", program, library, options.name);
}

}  // namespace

int create(const Options& options, const io::StandardStreams& streams) {
  check_name(options.name);
  check_is_free(options.name, options);
  const fs::path prefix = own_prefix();
  const fs::path templates = prefix / "share" / "flux" / "templates" / "agent";
  if (!fs::is_directory(templates))
    throw Error(fmt::format("the templates of flux are not in '{}'", templates.string()),
                "install flux with all its files", {}, Exit::failed);
  const fs::path folder = (fs::path(options.into) / options.name).lexically_normal();
  if (fs::exists(fs::symlink_status(folder)))
    throw Error(fmt::format("'{}' exists already", printable(folder.string())),
                "choose another name, or --into another folder");
  try {
    Scaffold scaffold(folder);
    for (const std::string& part : {std::string("any"), options.language})
      for (const std::string& layer : {std::string("project"), options.shape})
        copy_folder(templates / part / layer, scaffold.path(), options.name);
    scaffold.finish();
  } catch (const fs::filesystem_error& error) {
    throw Error(fmt::format("cannot make '{}': {}", printable(folder.string()), error.code().message()), {},
                {}, Exit::failed);
  }
  return print(streams, next_steps(options, folder, prefix));
}

}  // namespace flux::cli
