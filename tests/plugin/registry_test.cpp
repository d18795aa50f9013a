// Loading plugins from places, and finding agents by name.
#include "plugin/registry.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <map>
#include <memory>

#include "plugin/folder.hpp"
#include "plugin/noted_file.hpp"
#include "plugin/sample.hpp"

namespace fs = std::filesystem;
using flux::plugin::Agent;
using flux::plugin::Ambiguous;
using flux::plugin::Lookup;
using flux::plugin::Registry;
using flux::plugin::Unknown;
using sample::Folder;
using Places = std::vector<flux::plugin::Place>;

namespace {

// Instead of the dynamic linker: files of a real folder that hold no code, each with
// a plugin of one agent that stands for it. Notes what is opened, and when.
class Shelf {
 public:
  fs::path put(const std::string& file, const char* plugin, const char* agent) {
    const fs::path path = folder.file(file);
    plugins_[path] = std::make_unique<sample::Plugin>(plugin, agent);
    return path;
  }

  // One that says what it has without being loaded.
  fs::path announce(const std::string& file, const char* plugin, const char* agent) {
    const fs::path path = put(file, plugin, agent);
    folder.file(file, sample::noted_file({sample::note_of(plugin, agent)}));
    return path;
  }

  Registry::Open opener() {
    return [this](const fs::path& file) {
      opened.push_back(file.filename().string());
      return &plugins_.at(file)->plugin;
    };
  }

  Folder folder;
  std::vector<std::string> opened;

 private:
  std::map<fs::path, std::unique_ptr<sample::Plugin>> plugins_;
};

std::vector<std::string> names_of(Registry& registry) {
  std::vector<std::string> names;
  for (const Agent* agent : registry.all()) names.push_back(agent->qualified_name());
  return names;
}

// The qualified name that a lookup found; "" if it did not find one agent.
std::string found(const Lookup& lookup) {
  const auto* agent = std::get_if<const Agent*>(&lookup);
  return agent == nullptr ? "" : (*agent)->qualified_name();
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("the *.so files of a directory are loaded in the order of their names") {
  Shelf shelf;
  shelf.put("b.so", "second", "two");
  shelf.put("a.so", "first", "one");
  shelf.put("c.so", "third", "three");
  shelf.folder.file("README.txt");
  shelf.folder.file("a.so.1");
  shelf.folder.directory("sub.so");
  Registry registry(shelf.opener());
  registry.load(shelf.folder.path());
  CHECK(shelf.opened == Names{"a.so", "b.so", "c.so"});
}

TEST_CASE("a file is loaded whatever it is called") {
  Shelf shelf;
  const fs::path file = shelf.put("plugin", "sample", "double");
  Registry registry(shelf.opener());
  registry.load(file);
  CHECK(names_of(registry) == Names{"sample.double"});
}

TEST_CASE("agents are listed by name, then by plugin") {
  Shelf shelf;
  shelf.put("a.so", "zoo", "cat");
  shelf.put("b.so", "ark", "cat");
  shelf.put("c.so", "farm", "ant");
  Registry registry(shelf.opener());
  registry.load(shelf.folder.path());
  CHECK(names_of(registry) == Names{"farm.ant", "ark.cat", "zoo.cat"});
}

TEST_CASE("a file that is found twice is loaded once") {
  Shelf shelf;
  const fs::path file = shelf.put("a.so", "sample", "double");
  fs::create_symlink(file, shelf.folder.path() / "link.so");
  fs::create_hard_link(file, shelf.folder.path() / "hard.so");
  Registry registry(shelf.opener());
  registry.load(file);
  registry.load(file);
  registry.load(shelf.folder.path());
  CHECK(shelf.opened == Names{"a.so"});
  CHECK(names_of(registry) == Names{"sample.double"});
}

TEST_CASE("two plugins of one name are refused with both files") {
  Shelf shelf;
  const fs::path first = shelf.put("a.so", "sample", "one");
  const fs::path second = shelf.put("b.so", "sample", "two");
  Registry registry(shelf.opener());
  CHECK(sample::message_of([&] { registry.load(shelf.folder.path()); }) ==
        fmt::format("flux: two plugins are called 'sample': '{}' and '{}'\n"
                    "leave one of them out, or build it under another name\n",
                    first.string(), second.string()));
}

TEST_CASE("a missing file is an error, unless its place need not exist") {
  Registry registry;
  const std::string expected =
      "flux: plugin '/no/such/x.so': no such file\n"
      "give the path of a shared library, or of a directory of them\n";
  CHECK(sample::message_of([&] { registry.load("/no/such/x.so"); }) == expected);
  CHECK(sample::message_of([&] { registry.load(Places{{"/no/such/x.so", true}}); }) == expected);
  CHECK(sample::message_of([&] {
          registry.load(Places{{"/no/such/x.so", false}, {"/no/such", false}});
        }).empty());
}

TEST_CASE("a file that is there but wrong is an error wherever it was found") {
  const Folder folder;
  const fs::path file = folder.file("x.so", "text");
  Registry registry;
  CHECK(sample::message_of([&] {
          registry.load(Places{{folder.path(), false}});
        }) == fmt::format("flux: plugin '{}': not a shared library (it does not begin with the ELF magic)\n"
                          "give what the linker made: cc -shared -fPIC -o PLUGIN.so ...\n",
                          file.string()));
}

TEST_CASE("an agent is found by its bare name and by its plugin's") {
  Shelf shelf;
  shelf.put("a.so", "numbers", "double");
  Registry registry(shelf.opener());
  registry.load(shelf.folder.path());
  CHECK(found(registry.find("double")) == "numbers.double");
  CHECK(found(registry.find("numbers.double")) == "numbers.double");
}

TEST_CASE("a name that two plugins use is ambiguous only when it stands bare") {
  Shelf shelf;
  shelf.put("b.so", "two", "twin");
  shelf.put("a.so", "one", "twin");
  Registry registry(shelf.opener());
  registry.load(shelf.folder.path());
  CHECK(std::get<Ambiguous>(registry.find("twin")) == Ambiguous{{"one.twin", "two.twin"}});
  CHECK(found(registry.find("one.twin")) == "one.twin");
  CHECK(found(registry.find("two.twin")) == "two.twin");
}

TEST_CASE("an unknown name comes with the name that was probably meant") {
  Shelf shelf;
  shelf.put("a.so", "numbers", "double");
  shelf.put("b.so", "words", "upper");
  Registry registry(shelf.opener());
  registry.load(shelf.folder.path());
  const auto suggested = [&](std::string_view name) { return std::get<Unknown>(registry.find(name)); };
  CHECK(suggested("dubble") == Unknown{"double"});
  CHECK(suggested("number.double") == Unknown{"numbers.double"});
  CHECK(suggested("words.double") == Unknown{"numbers.double"});
  CHECK(suggested("numbers") == Unknown{});
  CHECK(suggested("words.throttle") == Unknown{});
  CHECK(suggested("") == Unknown{});
}

TEST_CASE("an agent stays where it is when more plugins are loaded") {
  Shelf shelf;
  const fs::path first = shelf.put("a.so", "sample", "double");
  const Names more{"b", "c", "d", "e", "f", "g", "h"};
  Registry registry(shelf.opener());
  registry.load(first);
  const Agent* agent = std::get<const Agent*>(registry.find("double"));
  for (const std::string& name : more) registry.load(shelf.put(name + ".so", name.c_str(), "other"));
  CHECK(std::get<const Agent*>(registry.find("double")) == agent);
}

TEST_CASE("a plugin that announces its agents is loaded when one of them is asked for") {
  Shelf shelf;
  shelf.announce("a.so", "numbers", "double");
  shelf.announce("b.so", "words", "upper");
  shelf.put("c.so", "silent", "other");
  Registry registry(shelf.opener());
  registry.load(Places{{shelf.folder.path(), false}});
  CHECK(shelf.opened == Names{"c.so"});
  CHECK(found(registry.find("upper")) == "words.upper");
  CHECK(shelf.opened == Names{"c.so", "b.so"});
  CHECK(found(registry.find("numbers.double")) == "numbers.double");
  CHECK(shelf.opened == Names{"c.so", "b.so", "a.so"});
}

TEST_CASE("a plugin that was asked for is loaded at once, whatever it announces") {
  Shelf shelf;
  const fs::path file = shelf.announce("a.so", "numbers", "double");
  Registry registry(shelf.opener());
  registry.load(Places{{file, true}});
  CHECK(shelf.opened == Names{"a.so"});
}

TEST_CASE("a list of all agents has those that were announced") {
  Shelf shelf;
  shelf.announce("a.so", "numbers", "double");
  shelf.put("b.so", "words", "upper");
  Registry registry(shelf.opener());
  registry.load(Places{{shelf.folder.path(), false}});
  CHECK(names_of(registry) == Names{"numbers.double", "words.upper"});
}

TEST_CASE("a name that two plugins announce is ambiguous only when it stands bare") {
  Shelf shelf;
  shelf.announce("a.so", "one", "twin");
  shelf.announce("b.so", "two", "twin");
  Registry registry(shelf.opener());
  registry.load(Places{{shelf.folder.path(), false}});
  CHECK(found(registry.find("two.twin")) == "two.twin");
  CHECK(shelf.opened == Names{"b.so"});
  CHECK(std::get<Ambiguous>(registry.find("twin")) == Ambiguous{{"one.twin", "two.twin"}});
}

TEST_CASE("an unknown name is likened to announced ones, too") {
  Shelf shelf;
  shelf.announce("a.so", "numbers", "double");
  Registry registry(shelf.opener());
  registry.load(Places{{shelf.folder.path(), false}});
  CHECK(std::get<Unknown>(registry.find("dubble")) == Unknown{"double"});
}

TEST_CASE("a file that announces its agents is loaded once, by whatever name it is found") {
  Shelf shelf;
  const fs::path file = shelf.announce("a.so", "numbers", "double");
  fs::create_hard_link(file, shelf.folder.path() / "hard.so");
  Registry registry(shelf.opener());
  registry.load(Places{{shelf.folder.path(), false}});
  CHECK(names_of(registry) == Names{"numbers.double"});
  CHECK(shelf.opened == Names{"a.so"});
}

TEST_CASE("two plugins of one name are refused though neither is loaded") {
  Shelf shelf;
  const fs::path first = shelf.announce("a.so", "sample", "one");
  const fs::path second = shelf.announce("b.so", "sample", "two");
  Registry registry(shelf.opener());
  CHECK(sample::message_of([&] {
          registry.load(Places{{shelf.folder.path(), false}});
        }) == fmt::format("flux: two plugins are called 'sample': '{}' and '{}'\n"
                          "leave one of them out, or build it under another name\n",
                          first.string(), second.string()));
  CHECK(shelf.opened.empty());
}

TEST_CASE("a plugin that has other agents than it announced is refused") {
  Shelf shelf;
  const fs::path file = shelf.put("a.so", "sample", "double");
  shelf.folder.file("a.so", sample::noted_file({sample::note_of("sample", "halve")}));
  Registry registry(shelf.opener());
  registry.load(Places{{shelf.folder.path(), false}});
  const std::string expected = fmt::format(
      "flux: plugin '{}': it has other agents than it announces\n"
      "it announces sample: halve; it has sample: double; build all of it again\n",
      file.string());
  SUBCASE("when what it announced is asked for") {
    CHECK(sample::message_of([&] { registry.find("halve"); }) == expected);
  }
  SUBCASE("when something else is") {
    CHECK(sample::message_of([&] { registry.find("double"); }) == expected);
  }
}
