// Files opened before anything is read, or refused in words.
#include "io/source.hpp"

#include <doctest/doctest.h>

#include "io/refusal.hpp"
#include "io/scratch.hpp"
#include "plugin/folder.hpp"

using flux::io::open_sources;
using flux::io::Source;
using sample::Folder;

namespace {

std::string place(const Folder& folder, const char* name) { return (folder.path() / name).string(); }

}  // namespace

TEST_CASE("files are opened in the order of the command line") {
  const Folder folder;
  const std::string a = folder.file("a", "1\n").string();
  const std::string b = folder.file("b", "2\n").string();
  const std::vector<Source> sources = open_sources({b, a, b}, true);
  REQUIRE(sources.size() == 3);
  CHECK(sources[0].name == b);
  CHECK(sources[1].name == a);
  CHECK(scratch::content_of(sources[0].fd) == "2\n");
  CHECK(scratch::content_of(sources[1].fd) == "1\n");
  CHECK(sources[2].fd != sources[0].fd);
}

TEST_CASE("no file at all is stdin, and so is a dash") {
  for (const std::vector<std::string>& files : {std::vector<std::string>{}, std::vector<std::string>{"-"}}) {
    const std::vector<Source> sources = open_sources(files, true);
    REQUIRE(sources.size() == 1);
    CHECK(sources[0].name == "stdin");
    CHECK(sources[0].fd == STDIN_FILENO);
    CHECK(!sources[0].owned);
  }
}

TEST_CASE("a file that is missing is named") {
  const Folder folder;
  const std::string good = folder.file("good", "1\n").string();
  const std::string missing = place(folder, "missing");
  CHECK(refusal([&] {
          open_sources({good, missing}, true);
        }) == "flux: cannot open '" + missing + "': No such file or directory\nexit 2");
  CHECK(refusal([&] { open_sources({"no\nsuch\033file"}, true); }) ==
        "flux: cannot open 'no\\x0asuch\\x1bfile': No such file or directory\nexit 2");
}

TEST_CASE("a directory is no file") {
  const Folder folder;
  const std::string directory = place(folder, "");
  CHECK(refusal([&] { open_sources({directory}, true); }) ==
        "flux: cannot read '" + directory + "': it is a directory\nname the files in it\nexit 2");
}

TEST_CASE("a closed stdin is missed where it is wanted") {
  const std::string message = "flux: stdin is closed\ngive a FILE to read, or a stdin\nexit 1";
  CHECK(refusal([] { open_sources({}, false); }) == message);
  CHECK(refusal([] { open_sources({"-"}, false); }) == message);
  const Folder folder;
  const std::string file = folder.file("a", "1\n").string();
  CHECK(refusal([&] { open_sources({file}, false); }).empty());
}
