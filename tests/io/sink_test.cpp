// Where results and dead letters go, and where they do not.
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "io/refusal.hpp"
#include "io/scratch.hpp"
#include "io/source.hpp"
#include "plugin/folder.hpp"

using flux::io::check_apart;
using flux::io::Fd;
using flux::io::open_dead_letters;
using flux::io::open_sink;
using flux::io::open_sources;
using flux::io::Sink;
using flux::io::Source;
using sample::Folder;

namespace {

std::string place(const Folder& folder, const char* name) { return (folder.path() / name).string(); }

std::string content_of(const Folder& folder, const char* name) {
  std::ifstream file(folder.path() / name);
  return {std::istreambuf_iterator<char>(file), {}};
}

Sink file_sink(const std::string& file) { return open_sink(file, Fd(), true); }

constexpr const char* kApart = "write to another file, and rename it when flux is done\nexit 2";

}  // namespace

TEST_CASE("without a file results go to stdout, by any of its names") {
  const Fd out = scratch::file("kept\n");
  for (const char* name : {"", "-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"}) {
    const Sink sink = open_sink(name, Fd(::fcntl(out.get(), F_DUPFD_CLOEXEC, 3)), true);
    CHECK(sink.name == "stdout");
    CHECK(static_cast<bool>(sink.fd));
    flux::io::empty(sink);
  }
  CHECK(scratch::content_of(out.get()) == "kept\n");
}

TEST_CASE("a closed stdout is missed where it is wanted") {
  CHECK(refusal([] { open_sink("", Fd(), false); }) ==
        "flux: stdout is closed\ngive results a place to go: -o FILE\nexit 1");
  const Folder folder;
  CHECK(refusal([&] { open_sink(place(folder, "out"), Fd(), false); }).empty());
}

TEST_CASE("a file for results is made, and emptied only when that is asked for") {
  const Folder folder;
  const std::string old = folder.file("old", "of yesterday\n").string();
  for (const std::string& file : {old, place(folder, "new")}) {
    const Sink sink = file_sink(file);
    CHECK(sink.name == file);
    if (file == old) CHECK(content_of(folder, "old") == "of yesterday\n");
    flux::io::empty(sink);
    CHECK(flux::io::write_all(sink.fd.get(), "1\n") == 0);
  }
  CHECK(content_of(folder, "old") == "1\n");
  CHECK(content_of(folder, "new") == "1\n");
}

TEST_CASE("what is no file is not emptied") {
  CHECK(refusal([] { flux::io::empty(file_sink("/dev/null")); }).empty());
}

TEST_CASE("results cannot go where nothing can be written") {
  const Folder folder;
  const std::string directory = place(folder, "");
  CHECK(refusal([&] { file_sink(directory); }) ==
        "flux: cannot open '" + directory + "' for writing: Is a directory\nexit 2");
  CHECK(refusal([&] { open_dead_letters(directory); }) ==
        "flux: cannot open '" + directory + "' for writing: Is a directory\nexit 2");
}

TEST_CASE("dead letters do not go where results go") {
  for (const char* name : {"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})
    CHECK(refusal([&] { open_dead_letters(name); }) ==
          "flux: dead letters cannot go to stdout, where results go\nname a file for them\nexit 2");
  const Folder folder;
  const std::string file = place(folder, "both");
  CHECK(refusal([&] { check_apart({}, file_sink(file), open_dead_letters(file)); }) ==
        "flux: results and dead letters would both go to '" + file +
            "'\ngive each a file of its own\nexit 2");
}

TEST_CASE("a source is not overwritten, by whatever name") {
  const Folder folder;
  const std::string file = folder.file("events", "1\n").string();
  const std::string link = place(folder, "link");
  std::filesystem::create_hard_link(file, link);
  const std::vector<Source> sources = open_sources({file}, true);
  CHECK(refusal([&] { check_apart(sources, file_sink(link), {}); }) ==
        "flux: '" + link + "' would be written while it is read, as '" + file + "'\n" + kApart);
  CHECK(refusal([&] { check_apart(sources, file_sink("/dev/null"), open_dead_letters(link)); }) ==
        "flux: '" + link + "' would be written while it is read, as '" + file + "'\n" + kApart);
  const auto redirected = [&] { return Fd(::open(file.c_str(), O_WRONLY | O_CLOEXEC)); };
  CHECK(refusal([&] { check_apart(sources, open_sink("", redirected(), true), {}); }) ==
        "flux: 'stdout' would be written while it is read, as '" + file + "'\n" + kApart);
  CHECK(content_of(folder, "events") == "1\n");
}

TEST_CASE("what is no file may be read and written at once") {
  const std::vector<Source> sources = open_sources({"/dev/null"}, true);
  CHECK(
      refusal([&] { check_apart(sources, file_sink("/dev/null"), open_dead_letters("/dev/null")); }).empty());
}
