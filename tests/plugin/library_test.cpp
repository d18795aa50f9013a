// Which files are refused as plugins, and in which words.
#include "plugin/library.hpp"

#include <dlfcn.h>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <gnu/libc-version.h>

#include <fstream>

#include "plugin/folder.hpp"
#include "plugin/sample.hpp"

namespace fs = std::filesystem;
using flux::plugin::open_library;
using sample::Folder;

namespace {

std::string refusal(const fs::path& file) {
  return sample::message_of([&] { open_library(file); });
}

std::string refusal_of_description(const flux_plugin* plugin) {
  return sample::message_of([&] { flux::plugin::check_plugin(plugin, "x.so"); });
}

// A shared library that is certainly there, and no plugin.
fs::path libc_file() {
  Dl_info info{};
  REQUIRE(::dladdr(::dlsym(RTLD_DEFAULT, "gnu_get_libc_version"), &info) != 0);
  return info.dli_fname;
}

void let_others_write(const fs::path& path) {
  fs::permissions(path, fs::perms::others_write, fs::perm_options::add);
}

}  // namespace

TEST_CASE("a file that does not exist is refused") {
  CHECK(refusal("/no/such/x.so") ==
        "flux: plugin '/no/such/x.so': no such file\n"
        "give the path of a shared library, or of a directory of them\n");
}

TEST_CASE("a directory is no library") {
  const Folder folder;
  CHECK(refusal(folder.path()) ==
        fmt::format("flux: plugin '{}': not a regular file\n"
                    "give the path of a shared library, or of a directory of them\n",
                    folder.path().string()));
}

TEST_CASE("a file that everybody may write to is refused before it is looked into") {
  const Folder folder;
  const fs::path file = folder.file("x.so", "no library either");
  let_others_write(file);
  CHECK(refusal(file) == fmt::format("flux: plugin '{0}': everybody may write to this file\n"
                                     "make sure that it is still yours, then: chmod o-w '{0}'\n",
                                     file.string()));
}

TEST_CASE("a file in a directory that everybody may write to is refused") {
  const Folder folder;
  const fs::path directory = folder.directory("open");
  const fs::path file = folder.file("open/x.so");
  let_others_write(directory);
  const std::string expected = fmt::format(
      "flux: plugin '{0}': everybody may write to its directory '{1}'\n"
      "make sure that it is still yours, then: chmod o-w '{1}'\n",
      file.string(), directory.string());
  CHECK(refusal(file) == expected);

  SUBCASE("unless it is sticky") {
    fs::permissions(directory, fs::perms::sticky_bit, fs::perm_options::add);
    CHECK(refusal(file).find("not a shared library") != std::string::npos);
  }
}

TEST_CASE("directories further up are not looked at") {
  const Folder folder;
  let_others_write(folder.path());
  folder.directory("mine");
  CHECK(refusal(folder.file("mine/x.so")).find("not a shared library") != std::string::npos);
}

TEST_CASE("a link is refused if its target can be replaced") {
  const Folder folder;
  let_others_write(folder.directory("open"));
  const fs::path target = folder.file("open/x.so");
  folder.directory("mine");
  const fs::path link = folder.path() / "mine/x.so";
  fs::create_symlink(target, link);
  CHECK(refusal(link) == fmt::format("flux: plugin '{0}': everybody may write to its directory '{1}'\n"
                                     "make sure that it is still yours, then: chmod o-w '{1}'\n",
                                     link.string(), target.parent_path().string()));
}

TEST_CASE("a link is refused if it can be replaced itself") {
  const Folder folder;
  const fs::path target = folder.file("x.so");
  let_others_write(folder.directory("open"));
  const fs::path link = folder.path() / "open/x.so";
  fs::create_symlink(target, link);
  CHECK(refusal(link) == fmt::format("flux: plugin '{0}': everybody may write to its directory '{1}'\n"
                                     "make sure that it is still yours, then: chmod o-w '{1}'\n",
                                     link.string(), link.parent_path().string()));
}

TEST_CASE("a library that was copied in part is refused, not mapped") {
  std::ifstream libc(libc_file(), std::ios::binary);
  std::string bytes(5000, '\0');
  libc.read(bytes.data(), 5000);
  const Folder folder;
  const std::string message = refusal(folder.file("x.so", bytes));
  const std::string begin =
      fmt::format("flux: plugin '{}': it has 5000 bytes, and ", (folder.path() / "x.so").string());
  CHECK(message.substr(0, begin.size()) == begin);
  CHECK(message.ends_with(" of them are missing\nbuild it or copy it again\n"));
}

TEST_CASE("a file that is not ELF is refused") {
  const Folder folder;
  for (const char* content : {"", "\177EL", "#!/bin/sh\n", "int main;\n"}) {
    const fs::path file = folder.file("x.so", content);
    CHECK(refusal(file) ==
          fmt::format("flux: plugin '{}': not a shared library (it does not begin with the ELF magic)\n"
                      "give what the linker made: cc -shared -fPIC -o PLUGIN.so ...\n",
                      file.string()));
  }
}

TEST_CASE("a library that the linker cannot load is refused with the linker's reason") {
  const Folder folder;
  const fs::path file = folder.file("x.so", "\177ELF and no more");
  CHECK(refusal(file) ==
        fmt::format("flux: plugin '{}': cannot be loaded: file too short\n"
                    "build it for this machine, and see 'ldd' for the libraries that it needs\n",
                    file.string()));
}

TEST_CASE("a library without the symbol is refused") {
  const fs::path file = libc_file();
  CHECK(refusal(file) ==
        fmt::format(
            "flux: plugin '{}': it exports no symbol 'flux_plugin_entry'\n"
            "export it: FLUX_EXPORT const flux_plugin *flux_plugin_entry(void), in C++ as extern \"C\"\n",
            file.string()));
}

TEST_CASE("a NULL description is refused") {
  CHECK(refusal_of_description(nullptr) ==
        "flux: plugin 'x.so': flux_plugin_entry() returned NULL\n"
        "return the address of a static const flux_plugin\n");
}

TEST_CASE("a description without the magic is refused") {
  sample::Plugin sample;
  sample.plugin.magic = 0xBEEF;
  CHECK(refusal_of_description(&sample.plugin) ==
        "flux: plugin 'x.so': its description begins with 0x0000beef, expected 0x58554c46\n"
        "set .magic = FLUX_PLUGIN_MAGIC in its flux_plugin\n");
}

TEST_CASE("a description of another ABI is refused") {
  sample::Plugin sample;
  sample.plugin.abi_major = 2;
  CHECK(refusal_of_description(&sample.plugin) ==
        "flux: plugin 'x.so': built for ABI 2, this flux has ABI 1\n"
        "rebuild it with the flux_plugin.h of this flux\n");
}

TEST_CASE("a description that needs a newer minor is refused") {
  sample::Plugin sample;
  sample.plugin.abi_minor = 7;
  CHECK(refusal_of_description(&sample.plugin) ==
        "flux: plugin 'x.so': needs ABI 1.7 or newer, this flux has ABI 1.0\n"
        "use a newer flux, or rebuild it with -DFLUX_TARGET_MINOR=0\n");
}

TEST_CASE("a description that is too short is refused") {
  sample::Plugin sample;
  sample.plugin.struct_size = 16;
  CHECK(refusal_of_description(&sample.plugin) ==
        fmt::format("flux: plugin 'x.so': its flux_plugin has 16 bytes, expected at least {}\n"
                    "set .struct_size = sizeof(flux_plugin)\n",
                    sizeof(flux_plugin)));
}

TEST_CASE("a description that is longer than ours comes from a later header, and is fine") {
  sample::Plugin sample;
  sample.plugin.struct_size = sizeof(flux_plugin) + 64;
  CHECK(refusal_of_description(&sample.plugin).empty());
}
