// Lines that are longer than the limit: their beginning is handed out, the rest is
// skipped, and whatever comes next is as if they had been short.
#include <doctest/doctest.h>

#include "io/framer.hpp"
#include "io/reading.hpp"

using flux::io::Framer;
using reading::Line;
using reading::read_all;
using reading::Reading;
using reading::sources;

namespace {

constexpr std::size_t kRead = 16;
constexpr std::size_t kMaxLine = 40;
constexpr std::size_t kShown = 4096;

std::vector<bool> oversized(const Reading& reading) {
  std::vector<bool> oversized;
  for (const auto& cut : reading.cuts) oversized.push_back(cut.is_oversized);
  return oversized;
}

}  // namespace

TEST_CASE("the line that is exactly as long as allowed is whole") {
  const std::string text(kMaxLine, 'x');
  const Reading reading = read_all(Framer(sources({text + "\n1\n", text}), kRead, kMaxLine));
  CHECK(reading.lines == std::vector<Line>{{text, 0, 0, true}, {"1", 0, 41, false}, {text, 1, 0, true}});
  for (const bool is_oversized : oversized(reading)) CHECK(!is_oversized);
}

TEST_CASE("neither a line end nor a byte order mark makes a line too long") {
  const std::string text(kMaxLine, 'x');
  const Reading reading =
      read_all(Framer(sources({"\xEF\xBB\xBF" + text + "\r\n", text + "\r\n", text + "\r"}), 1, kMaxLine));
  CHECK(reading.lines ==
        std::vector<Line>{{text + "\r", 0, 3, true}, {text + "\r", 1, 0, true}, {text + "\r", 2, 0, true}});
  for (const bool is_oversized : oversized(reading)) CHECK(!is_oversized);
}

TEST_CASE("the bytes of a line that was skipped to the end of the input are counted") {
  for (const char* end : {"", "\n"}) {
    const Reading reading = read_all(Framer(sources({std::string(200, 'x') + end}), kRead, kMaxLine));
    CHECK(reading.lines.size() == 1);
    CHECK(reading.bytes == 200 + std::string_view(end).size());
  }
}

TEST_CASE("of a line that is too long the beginning is handed out, and the next ones are intact") {
  const std::string text(200, 'x');
  const Reading reading = read_all(Framer(sources({"1\n" + text + "\n2\n3"}), kRead, kMaxLine));
  REQUIRE(reading.lines.size() == 4);
  CHECK(reading.lines[0] == Line{"1", 0, 0, true});
  CHECK(reading.lines[1].offset == 2);
  CHECK(reading.lines[1].text.size() > kMaxLine);
  CHECK(text.starts_with(reading.lines[1].text));
  CHECK(reading.lines[2] == Line{"2", 0, 203, false});
  CHECK(reading.lines[3] == Line{"3", 0, 205, false});
  CHECK(oversized(reading) == std::vector<bool>{false, true, false, false});
  CHECK(reading.bytes == 2 + 201 + 2 + 1);
}

TEST_CASE("the end of a long line and whole lines may arrive in one read") {
  // Reads of 64: the second one brings the end of the first line and three more.
  const Reading reading = read_all(Framer(sources({std::string(70, 'x') + "\n1\n22\n333\n4"}), 64, kMaxLine));
  REQUIRE(reading.lines.size() == 5);
  CHECK(std::string(70, 'x').starts_with(reading.lines[0].text));
  CHECK(oversized(reading)[0]);
  CHECK(std::vector<Line>(reading.lines.begin() + 1, reading.lines.end()) ==
        std::vector<Line>{
            {"1", 0, 71, false}, {"22", 0, 73, false}, {"333", 0, 76, false}, {"4", 0, 80, false}});
  CHECK(reading.bytes == 81);
}

TEST_CASE("one long line follows the other") {
  const std::string text = std::string(100, 'a') + "\n" + std::string(100, 'b') + "\n" + "1\n";
  const Reading reading = read_all(Framer(sources({text}), kRead, kMaxLine));
  REQUIRE(reading.lines.size() == 3);
  CHECK(std::string(100, 'a').starts_with(reading.lines[0].text));
  CHECK(std::string(100, 'b').starts_with(reading.lines[1].text));
  CHECK(reading.lines[1].offset == 101);
  CHECK(reading.lines[2] == Line{"1", 0, 202, false});
  CHECK(oversized(reading) == std::vector<bool>{true, true, false});
}

TEST_CASE("a long line that begins a source starts it") {
  const Reading reading = read_all(Framer(sources({"1", std::string(100, 'x') + "\n2"}), kRead, kMaxLine));
  REQUIRE(reading.lines.size() == 3);
  CHECK(reading.lines[1].is_first);
  CHECK(reading.lines[2] == Line{"2", 1, 101, false});
}

TEST_CASE("a long line at the end of a source does not touch the next source") {
  const Reading reading = read_all(Framer(sources({std::string(100, 'x'), "2\n"}), kRead, kMaxLine));
  REQUIRE(reading.lines.size() == 2);
  CHECK(reading.lines[1] == Line{"2", 1, 0, true});
}

TEST_CASE("what is handed out of a very long line is short, and no half character") {
  std::string text = "x";
  while (text.size() < 20'000) text += "é";  // an é begins at every odd byte: 4096 would cut one
  const Reading reading = read_all(Framer(sources({text + "\n1\n"}), 1024, 10'000));
  REQUIRE(reading.lines.size() == 2);
  CHECK(reading.lines[0].text == text.substr(0, kShown - 1));
  CHECK(reading.lines[1].text == "1");
}
