// Where plugins are looked for.
#include <doctest/doctest.h>

#include "plugin/folder.hpp"
#include "plugin/registry.hpp"

namespace fs = std::filesystem;
using flux::plugin::Place;
using flux::plugin::search_path;
using sample::Folder;
using Places = std::vector<Place>;

TEST_CASE("what was given comes first, then the environment, then the installation") {
  const Folder prefix;
  const fs::path installed = prefix.directory("lib/flux/plugins");
  CHECK(
      search_path({"mine.so", "more"}, "/env/a:/env/b.so", prefix.path() / "bin/flux") ==
      Places{{"mine.so", true}, {"more", true}, {"/env/a", false}, {"/env/b.so", false}, {installed, false}});
}

TEST_CASE("empty parts of the environment do not mean the working directory") {
  CHECK(search_path({}, "", "/nowhere/bin/flux") == Places{});
  CHECK(search_path({}, ":", "/nowhere/bin/flux") == Places{});
  CHECK(search_path({}, "::/a::/b:", "/nowhere/bin/flux") == Places{{"/a", false}, {"/b", false}});
}

TEST_CASE("an executable without an installation around it brings in nothing") {
  const Folder prefix;
  CHECK(search_path({}, "", prefix.path() / "bin/flux") == Places{});
}

TEST_CASE("of the library directories below the prefix the first that exists counts") {
  const Folder prefix;
  const fs::path executable = prefix.path() / "bin/flux";
  const fs::path lib64 = prefix.directory("lib64/flux/plugins");
  CHECK(search_path({}, "", executable) == Places{{lib64, false}});
#if defined(__x86_64__)
  const fs::path multiarch = prefix.directory("lib/x86_64-linux-gnu/flux/plugins");
  CHECK(search_path({}, "", executable) == Places{{multiarch, false}});
#endif
  const fs::path lib = prefix.directory("lib/flux/plugins");
  CHECK(search_path({}, "", executable) == Places{{lib, false}});
}
