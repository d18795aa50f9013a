// However the bytes are cut on their way, by writers or by the size of a read, the
// same lines come out.
#include <doctest/doctest.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <random>

#include "io/framer.hpp"
#include "io/reading.hpp"
#include "json/seed.hpp"

using flux::io::Fd;
using flux::io::Framer;
using reading::Line;
using reading::Reading;

namespace {

constexpr std::size_t kMaxLine = 60;

// The longest line that is whole in every case: a byte order mark and a '\r' count as
// bytes of their line.
constexpr std::size_t kLongest = kMaxLine - 4;

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  std::size_t below(std::size_t limit) { return engine_() % limit; }

  // Lines of which some are empty, some end in \r\n, and some are far too long.
  std::string source() {
    std::string text = below(4) == 0 ? "\xEF\xBB\xBF" : "";
    for (std::size_t left = below(12); left > 0; --left) {
      const std::size_t kind = below(8);
      const std::size_t size = kind == 0 ? kMaxLine + 100 + below(300) : kind == 1 ? kLongest : below(30);
      for (std::size_t i = 0; i < size; ++i) text += static_cast<char>('a' + below(26));
      if (below(4) == 0) text += '\r';
      if (left > 1 || below(2) == 0) text += '\n';
    }
    return text;
  }

 private:
  std::mt19937_64 engine_;
};

// A pipe or a socket, written to piece by piece while it is read.
class Trickle {
 public:
  Trickle(std::string content, Random& random) : content_(std::move(content)), random_(random) {
    int fds[2];
    const bool is_pipe = random.below(2) == 0;
    if ((is_pipe ? ::pipe2(fds, O_CLOEXEC | O_NONBLOCK)
                 : ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, fds)) != 0)
      std::abort();
    reader_ = Fd(fds[0]);
    writer_ = Fd(fds[1]);
  }

  int fd() const { return reader_.get(); }

  void write_some() {
    if (random_.below(3) == 0) return;
    const std::size_t size = std::min(content_.size() - written_, random_.below(120));
    flux::io::write_all(writer_.get(), std::string_view(content_).substr(written_, size));
    written_ += size;
    if (written_ == content_.size()) Fd(std::move(writer_));
  }

 private:
  std::string content_;
  Random& random_;
  std::size_t written_ = 0;
  Fd reader_;
  Fd writer_;
};

// The lines of the sources, found in the simplest way there is.
std::vector<Line> plain_lines(const std::vector<std::string>& contents) {
  std::vector<Line> lines;
  for (std::size_t source = 0; source < contents.size(); ++source) {
    const std::string& text = contents[source];
    const std::size_t mark = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      const std::size_t from = begin == 0 ? mark : begin;
      lines.push_back({text.substr(from, end - from), source, from, begin == 0});
      begin = end + 1;
    }
  }
  return lines;
}

// A long line is handed out whole or as its beginning, which depends on the cuts.
bool is_same(const Line& got, const Line& want) {
  if (got == want) return true;
  const bool is_beginning = got.text.size() > kMaxLine - 3 && want.text.starts_with(got.text);
  return want.text.size() > kMaxLine && is_beginning && got.source == want.source &&
         got.offset == want.offset && got.is_first == want.is_first;
}

}  // namespace

TEST_CASE("the lines are the same, whatever the cuts and the size of a read") {
  const std::uint64_t seed = property_seed();
  CAPTURE(seed);
  Random random(seed);
  for (int round = 0; round < 1'000; ++round) {
    std::vector<std::string> contents(1 + random.below(4));
    for (std::string& content : contents) content = random.source();
    std::vector<std::unique_ptr<Trickle>> trickles;
    std::vector<flux::io::Source> sources;
    for (const std::string& content : contents) {
      trickles.push_back(std::make_unique<Trickle>(content, random));
      sources.emplace_back().fd = trickles.back()->fd();
    }
    Framer framer(std::move(sources), 1 + random.below(100), kMaxLine);
    const Reading got = reading::read_all(framer, [&] {
      for (const auto& trickle : trickles) trickle->write_some();
    });

    const std::vector<Line> want = plain_lines(contents);
    CAPTURE(round);
    REQUIRE(got.lines.size() == want.size());
    for (std::size_t i = 0; i < want.size(); ++i) {
      CAPTURE(got.lines[i]);
      CAPTURE(want[i]);
      REQUIRE(is_same(got.lines[i], want[i]));
    }
  }
}
