// What a library says of its agents without being loaded.
#include "plugin/announcement.hpp"

#include <doctest/doctest.h>

#include <random>

#include "plugin/folder.hpp"
#include "plugin/noted_file.hpp"

using flux::plugin::Announcement;
using flux::plugin::read_announcement;
using sample::note_of;
using sample::noted_file;

namespace {

// "plugin: agent agent", or "nothing".
std::string said_by(std::string_view content) {
  const sample::Folder folder;
  const auto said = read_announcement(folder.file("x.so", content));
  if (!said) return "nothing";
  std::string text = said->plugin + ":";
  for (const std::string& agent : said->agents) text += " " + agent;
  return text;
}

}  // namespace

TEST_CASE("the agents of all notes are read, sorted") {
  CHECK(said_by(noted_file({note_of("words", "upper"), note_of("words", "lower")})) == "words: lower upper");
}

TEST_CASE("notes of others are passed over, and so are other notes of flux") {
  const std::string build = sample::note({"GNU", 4}, NT_GNU_BUILD_ID, "0123456789");
  const std::string later = sample::note({"flux", 5}, 2, "words.trim");
  CHECK(said_by(noted_file({build, note_of("words", "upper"), later})) == "words: upper");
}

TEST_CASE("a file without notes of flux says nothing") {
  CHECK(said_by("") == "nothing");
  CHECK(said_by("this is a text file") == "nothing");
  CHECK(said_by(noted_file({})) == "nothing");
  CHECK(said_by(noted_file({sample::note({"GNU", 4}, 1, "words.upper")})) == "nothing");
}

TEST_CASE("notes that are unusual say nothing") {
  CHECK(said_by(noted_file({note_of("words", "upper"), note_of("numbers", "double")})) == "nothing");
  CHECK(said_by(noted_file({sample::note({"flux", 5}, 1, "upper")})) == "nothing");
  CHECK(said_by(noted_file({note_of("words", "upper")}, 100)) == "words: upper");
  CHECK(said_by(noted_file({note_of("words", "upper")}, 10000)) == "nothing");
  const std::string whole = noted_file({note_of("words", "upper")});
  CHECK(said_by(whole.substr(0, whole.size() - 1)) == "nothing");
}

TEST_CASE("a name is among them bare or with its plugin") {
  const Announcement said{"words", {"lower", "upper"}};
  CHECK(said.names("upper"));
  CHECK(said.names("words.upper"));
  CHECK_FALSE(said.names("numbers.upper"));
  CHECK_FALSE(said.names("trim"));
  CHECK_FALSE(said.names(""));
  CHECK_FALSE(said.names("words."));
}

TEST_CASE("whatever a file holds, reading it harms nobody") {
  const auto seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 random(seed);
  const std::string whole = noted_file({note_of("words", "upper"), note_of("words", "lower")});
  for (int round = 0; round < 500; ++round) {
    std::string file = whole;
    for (int change = 0; change < 3; ++change) file[random() % file.size()] = static_cast<char>(random());
    file.resize(random() % (file.size() + 1));
    const std::string said = said_by(file);
    CHECK((said == "nothing" || said.find(':') != said.npos));
  }
}
