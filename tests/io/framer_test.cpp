// Sources cut into whole lines.
#include "io/framer.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "core/error.hpp"
#include "io/reading.hpp"

using flux::io::Block;
using flux::io::Cut;
using flux::io::Framer;
using reading::Line;
using reading::read_all;
using reading::sources;

namespace {

constexpr std::size_t kRead = 16;
constexpr std::size_t kMaxLine = 1000;

std::vector<Line> lines_of(std::initializer_list<std::string_view> contents) {
  return read_all(Framer(sources(contents), kRead, kMaxLine)).lines;
}

}  // namespace

TEST_CASE("a last line counts with and without its newline") {
  const std::vector<Line> expected{{"1", 0, 0, true}, {"23", 0, 2, false}};
  CHECK(lines_of({"1\n23\n"}) == expected);
  CHECK(lines_of({"1\n23"}) == expected);
}

TEST_CASE("the bytes of a missing last newline are not counted") {
  CHECK(read_all(Framer(sources({"1\n23\n"}), kRead, kMaxLine)).bytes == 5);
  CHECK(read_all(Framer(sources({"1\n23"}), kRead, kMaxLine)).bytes == 4);
}

TEST_CASE("blank lines are lines") {
  CHECK(lines_of({"\n \n1\n"}) ==
        std::vector<Line>{{"", 0, 0, true}, {" ", 0, 1, false}, {"1", 0, 3, false}});
}

TEST_CASE("line ends of two bytes stay with their line") {
  CHECK(lines_of({"1\r\n2\r\n"}) == std::vector<Line>{{"1\r", 0, 0, true}, {"2\r", 0, 3, false}});
}

TEST_CASE("a byte order mark at the start of a source is skipped, and nowhere else") {
  CHECK(lines_of({"\xEF\xBB\xBF"
                  "1\n\xEF\xBB\xBF"
                  "2\n",
                  "\xEF\xBB\xBF"
                  "3"}) == std::vector<Line>{{"1", 0, 3, true},
                                             {"\xEF\xBB\xBF"
                                              "2",
                                              0, 5, false},
                                             {"3", 1, 3, true}});
}

TEST_CASE("the byte order mark is part of the bytes that were read") {
  CHECK(read_all(Framer(sources({"\xEF\xBB\xBF"
                                 "1\n"}),
                        kRead, kMaxLine))
            .bytes == 5);
}

TEST_CASE("lines of several sources are not joined, and each begins anew") {
  CHECK(lines_of({"1\n2", "3\n", "4"}) ==
        std::vector<Line>{{"1", 0, 0, true}, {"2", 0, 2, false}, {"3", 1, 0, true}, {"4", 2, 0, true}});
}

TEST_CASE("empty sources have no lines, wherever they stand") {
  CHECK(lines_of({""}).empty());
  CHECK(lines_of({"", ""}).empty());
  CHECK(lines_of({"", "1\n", "", "", "2", ""}) == std::vector<Line>{{"1", 1, 0, true}, {"2", 4, 0, true}});
}

TEST_CASE("without sources it ends at once") {
  Framer framer({}, kRead, kMaxLine);
  Block block;
  Cut cut;
  CHECK(framer.read(block, cut) == Framer::Got::end);
  CHECK(framer.read(block, cut) == Framer::Got::end);
}

TEST_CASE("a line that is longer than a read is put together") {
  const std::string text(500, 'x');
  CHECK(lines_of({"1\n" + text + "\n2\n"}) ==
        std::vector<Line>{{"1", 0, 0, true}, {text, 0, 2, false}, {"2", 0, 503, false}});
}

TEST_CASE("more is likely where a read was full, and always in a file, which never waits") {
  const std::string_view text = "1234567\n1234567\n1\n";
  scratch::Pipe pipe;
  flux::io::write_all(pipe.writer.get(), text);
  pipe.close_writer();
  std::vector<flux::io::Source> pipes(1);
  pipes[0].fd = pipe.reader.get();
  const auto of_pipe = read_all(Framer(std::move(pipes), kRead, kMaxLine));
  REQUIRE(of_pipe.cuts.size() == 2);
  CHECK(of_pipe.cuts[0].more_is_likely);
  CHECK(!of_pipe.cuts[1].more_is_likely);
  const auto of_file = read_all(Framer(sources({text}), kRead, kMaxLine));
  REQUIRE(of_file.cuts.size() == 2);
  CHECK(of_file.cuts[0].more_is_likely);
  CHECK(of_file.cuts[1].more_is_likely);
}

TEST_CASE("a file of which all was read is not read again") {
  auto files = sources({"1\n2"});
  const int file = files[0].fd;
  Framer framer(std::move(files), kRead, kMaxLine);
  Block block;
  Cut cut;
  REQUIRE(framer.read(block, cut) == Framer::Got::lines);
  CHECK(cut.text == "1\n");
  flux::io::write_all(file, "3\n");  // too late
  REQUIRE(framer.read(block, cut) == Framer::Got::lines);
  CHECK(cut.text == "2\n");
  CHECK(framer.read(block, cut) == Framer::Got::end);
}

TEST_CASE("a file that grows between two reads is read to where it ends now") {
  auto files = sources({"12345678901234\n1\n"});
  const int file = files[0].fd;
  Framer framer(std::move(files), kRead, kMaxLine);
  Block block;
  Cut cut;
  REQUIRE(framer.read(block, cut) == Framer::Got::lines);
  ::lseek(file, 0, SEEK_END);
  flux::io::write_all(file, "2\n");
  ::lseek(file, kRead, SEEK_SET);
  REQUIRE(framer.read(block, cut) == Framer::Got::lines);
  CHECK(cut.text == "1\n2\n");
  CHECK(framer.read(block, cut) == Framer::Got::end);
}

TEST_CASE("a file that was shortened ends where it ends now") {
  auto files = sources({"12345678901234\n1\n2\n"});
  const int file = files[0].fd;
  Framer framer(std::move(files), kRead, kMaxLine);
  Block block;
  Cut cut;
  REQUIRE(framer.read(block, cut) == Framer::Got::lines);
  REQUIRE(::ftruncate(file, kRead) == 0);
  REQUIRE(framer.read(block, cut) == Framer::Got::lines);
  CHECK(cut.text == "1\n");
  CHECK(framer.read(block, cut) == Framer::Got::end);
}

TEST_CASE("a file that does not tell its size is read to its end") {
  const auto limits = [] {
    std::vector<flux::io::Source> sources(1);
    sources[0].owned = flux::io::Fd(::open("/proc/self/limits", O_RDONLY | O_CLOEXEC));
    sources[0].fd = sources[0].owned.get();
    ::fstat(sources[0].fd, &sources[0].status);
    return sources;
  };
  REQUIRE(limits()[0].status.st_size == 0);
  std::ifstream file("/proc/self/limits");
  std::vector<std::string> expected;
  for (std::string line; std::getline(file, line);) expected.push_back(line);
  std::vector<std::string> read;
  for (const Line& line : read_all(Framer(limits(), 100, kMaxLine)).lines) read.push_back(line.text);
  CHECK(read == expected);
}

TEST_CASE("a source that has nothing just now gives a part, and goes on later") {
  scratch::Pipe pipe(O_CLOEXEC | O_NONBLOCK);
  std::vector<flux::io::Source> pipes(1);
  pipes[0].fd = pipe.reader.get();
  Framer framer(std::move(pipes), kRead, kMaxLine);
  Block block;
  Cut cut;
  CHECK(framer.read(block, cut) == Framer::Got::part);
  flux::io::write_all(pipe.writer.get(), "12");
  CHECK(framer.read(block, cut) == Framer::Got::part);
  CHECK(framer.read(block, cut) == Framer::Got::part);
  flux::io::write_all(pipe.writer.get(), "3\n45");
  REQUIRE(framer.read(block, cut) == Framer::Got::lines);
  CHECK(cut.text == "123\n");
  CHECK(framer.read(block, cut) == Framer::Got::part);
  pipe.close_writer();
  REQUIRE(framer.read(block, cut) == Framer::Got::lines);
  CHECK(cut.text == "45\n");
  CHECK(cut.offset == 4);
  CHECK(cut.bytes == 2);
  CHECK(framer.read(block, cut) == Framer::Got::end);
}

TEST_CASE("around the lines there is room that may be read") {
  Framer framer(sources({"1\n2", std::string(700, 'x')}), kRead, kMaxLine);
  Block block;
  Cut cut;
  for (auto got = framer.read(block, cut); got != Framer::Got::end; got = framer.read(block, cut)) {
    if (got != Framer::Got::lines) continue;
    unsigned sum = 0;  // the address sanitizer looks
    for (const char* at = cut.text.data() - Block::kFront; at < cut.text.data(); ++at)
      sum += static_cast<unsigned char>(*at) & 0U;
    const char* const end = cut.text.data() + cut.text.size();
    for (const char* at = end; at < end + Block::kBack; ++at) sum += static_cast<unsigned char>(*at) & 0U;
    CHECK(sum == 0);
  }
}

TEST_CASE("a source that cannot be read ends the run") {
  std::vector<flux::io::Source> broken(1);
  broken[0].name = "tape\033";
  std::string message;
  flux::Exit status{};
  scratch::Pipe pipe;
  broken[0].fd = pipe.writer.get();  // no end to read from
  Framer framer(std::move(broken), kRead, kMaxLine);
  Block block;
  Cut cut;
  try {
    framer.read(block, cut);
  } catch (const flux::Error& error) {
    message = flux::describe(error);
    status = error.status;
  }
  CHECK(message == "flux: cannot read 'tape\\x1b': Bad file descriptor\n");
  CHECK(status == flux::Exit::failed);
}
