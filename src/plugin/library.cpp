#include "plugin/library.hpp"

#include <dlfcn.h>
#include <fmt/format.h>
#include <link.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

#include "core/error.hpp"
#include "plugin/crash.hpp"

namespace flux::plugin {
namespace {

namespace fs = std::filesystem;

// What a flux_plugin of minor 0 holds: the struct up to its then last member.
constexpr std::size_t kLeastPlugin = offsetof(flux_plugin, extension) + sizeof(flux_plugin::extension);

std::string shown(const fs::path& file) { return printable(file.string(), 1024); }

[[noreturn]] void refuse(const fs::path& file, std::string_view why, std::string hint) {
  throw Error(fmt::format("plugin '{}': {}", shown(file), why), std::move(hint));
}

struct stat status_of(const fs::path& path, const fs::path& file) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) return status;
  if (errno == ENOENT || errno == ENOTDIR)
    refuse(file, "no such file", "give the path of a shared library, or of a directory of them");
  refuse(file, fmt::format("cannot be looked at: {}", std::generic_category().message(errno)),
         "check the permissions of the directories above it");
}

// Who may write to the directory of a file may put another file in its place,
// except in a sticky one such as /tmp. Directories further up are not looked at:
// a build below a shared temporary folder must work.
void check_directory(const fs::path& located, const fs::path& file) {
  const fs::path directory = located.parent_path();
  const struct stat status = status_of(directory, file);
  if ((status.st_mode & S_IWOTH) == 0 || (status.st_mode & S_ISVTX) != 0) return;
  refuse(file, fmt::format("everybody may write to its directory '{}'", shown(directory)),
         fmt::format("make sure that it is still yours, then: chmod o-w '{}'", shown(directory)));
}

void check_file(const fs::path& file) {
  const struct stat status = status_of(file, file);
  if (!S_ISREG(status.st_mode))
    refuse(file, "not a regular file", "give the path of a shared library, or of a directory of them");
  if ((status.st_mode & S_IWOTH) != 0)
    refuse(file, "everybody may write to this file",
           fmt::format("make sure that it is still yours, then: chmod o-w '{}'", shown(file)));
  // A link can be replaced where it stands, and so can what it points at.
  check_directory(fs::absolute(file), file);
  check_directory(fs::canonical(file), file);
}

// dlopen would say "invalid ELF header" of a text file, which helps nobody.
void check_magic(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in)
    refuse(file, fmt::format("cannot be read: {}", std::generic_category().message(errno)),
           "check its permissions");
  std::array<char, 4> magic{};
  in.read(magic.data(), magic.size());
  if (std::string_view(magic.data(), magic.size()) == "\177ELF") return;
  refuse(file, "not a shared library (it does not begin with the ELF magic)",
         "give what the linker made: cc -shared -fPIC -o PLUGIN.so ...");
}

// A copy that broke off: dlopen maps what is not there, and the process dies of it.
void check_length(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  ElfW(Ehdr) header{};
  in.read(reinterpret_cast<char*>(&header), sizeof header);
  constexpr unsigned char kOwnClass = sizeof(void*) == 8 ? ELFCLASS64 : ELFCLASS32;
  if (!in || header.e_ident[EI_CLASS] != kOwnClass) return;  // dlopen has words for these
  in.seekg(static_cast<std::streamoff>(header.e_phoff));
  std::uint64_t end = header.e_phoff + std::uint64_t{header.e_phnum} * sizeof(ElfW(Phdr));
  for (unsigned i = 0; in && i < header.e_phnum; ++i) {
    ElfW(Phdr) segment{};
    in.read(reinterpret_cast<char*>(&segment), sizeof segment);
    if (in) end = std::max(end, std::uint64_t{segment.p_offset} + segment.p_filesz);
  }
  const std::uintmax_t size = fs::file_size(file);
  if (end <= size) return;
  refuse(file, fmt::format("it has {} bytes, and {} of them are missing", size, end - size),
         "build it or copy it again");
}

// The reason of the last dlopen, without the path that the message names anyway.
std::string load_failure(const fs::path& file) {
  std::string_view reason = ::dlerror();
  const std::string prefix = file.string() + ": ";
  if (reason.starts_with(prefix)) reason.remove_prefix(prefix.size());
  return printable(reason, 1024);
}

}  // namespace

const flux_plugin* open_library(const fs::path& file) {
  check_file(file);
  check_magic(file);
  check_length(file);
  // Absolute, for dlopen searches the system's directories for a name without a slash.
  const fs::path absolute = fs::absolute(file);
  const std::string name = shown(file);
  const Crossing crossing(name);
  void* library = ::dlopen(absolute.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr)
    refuse(file, fmt::format("cannot be loaded: {}", load_failure(absolute)),
           "build it for this machine, and see 'ldd' for the libraries that it needs");
  const auto entry = reinterpret_cast<decltype(&flux_plugin_entry)>(::dlsym(library, "flux_plugin_entry"));
  if (entry == nullptr)
    refuse(file, "it exports no symbol 'flux_plugin_entry'",
           "export it: FLUX_EXPORT const flux_plugin *flux_plugin_entry(void), in C++ as extern \"C\"");
  const flux_plugin* plugin = nullptr;
  try {
    plugin = entry();
  } catch (...) {
    refuse(file, "it let a C++ exception out of flux_plugin_entry()",
           "return the address of a static const flux_plugin, and do nothing else there");
  }
  check_plugin(plugin, file);
  return plugin;
}

void check_plugin(const flux_plugin* plugin, const fs::path& file) {
  if (plugin == nullptr)
    refuse(file, "flux_plugin_entry() returned NULL", "return the address of a static const flux_plugin");
  if (plugin->magic != FLUX_PLUGIN_MAGIC)
    refuse(file,
           fmt::format("its description begins with {:#010x}, expected {:#010x}", plugin->magic,
                       FLUX_PLUGIN_MAGIC),
           "set .magic = FLUX_PLUGIN_MAGIC in its flux_plugin");
  if (plugin->abi_major != FLUX_ABI_MAJOR)
    refuse(file, fmt::format("built for ABI {}, this flux has ABI {}", plugin->abi_major, FLUX_ABI_MAJOR),
           "rebuild it with the flux_plugin.h of this flux");
  if (plugin->abi_minor > kAbiMinor)
    refuse(file,
           fmt::format("needs ABI {}.{} or newer, this flux has ABI {}.{}", plugin->abi_major,
                       plugin->abi_minor, FLUX_ABI_MAJOR, kAbiMinor),
           fmt::format("use a newer flux, or rebuild it with -DFLUX_TARGET_MINOR={}", kAbiMinor));
  if (plugin->struct_size < kLeastPlugin)
    refuse(
        file,
        fmt::format("its flux_plugin has {} bytes, expected at least {}", plugin->struct_size, kLeastPlugin),
        "set .struct_size = sizeof(flux_plugin)");
}

}  // namespace flux::plugin
