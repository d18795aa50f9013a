// When results are written, and what is noted of it.
#include "transport/output.hpp"

#include <doctest/doctest.h>

#include <cerrno>

#include "io/scratch.hpp"

using flux::io::Fd;
using flux::runtime::Output;

namespace {

constexpr std::size_t kEnough = 64 << 10;

std::string written_to(const Output& output) { return scratch::content_of(output.fd()); }

}  // namespace

TEST_CASE("a result is written at once while nothing more is likely") {
  Output output({"results", scratch::file("")});
  output.append("1\n", 1);
  CHECK(written_to(output) == "1\n");
  CHECK(output.written() == 1);
  CHECK(output.bytes() == 2);
}

TEST_CASE("while more is likely results are held back for a larger write") {
  Output output({"results", scratch::file("")});
  output.expect_more(true);
  output.append("1\n", 1);
  output.append("2\n3\n", 2);
  CHECK(written_to(output).empty());
  CHECK(output.written() == 0);
  output.expect_more(false);
  CHECK(written_to(output) == "1\n2\n3\n");
  CHECK(output.written() == 3);
  CHECK(output.bytes() == 6);
}

TEST_CASE("what is enough for a large write is not held back any longer") {
  Output output({"results", scratch::file("")});
  output.expect_more(true);
  const std::string half(kEnough / 2, 'a');
  output.append(half, 1);
  CHECK(written_to(output).empty());
  output.append(half, 1);
  CHECK(written_to(output) == half + half);
}

TEST_CASE("what is large by itself is written without being held back, behind what is") {
  Output output({"results", scratch::file("")});
  output.expect_more(true);
  const std::string large(kEnough, 'a');
  output.append(large, 1);
  CHECK(written_to(output) == large);
  output.append("b", 1);
  output.append(large, 1);
  CHECK(written_to(output) == large + "b" + large);
}

TEST_CASE("flush writes what is held back, and more is held back afterwards") {
  Output output({"results", scratch::file("")});
  output.expect_more(true);
  output.append("1\n", 1);
  output.flush();
  CHECK(written_to(output) == "1\n");
  output.append("2\n", 1);
  output.flush();
  output.flush();
  CHECK(written_to(output) == "1\n2\n");
}

TEST_CASE("what the sink did not take is not counted, and nothing more is tried") {
  Output output({"full", Fd(::open("/dev/full", O_WRONLY | O_CLOEXEC))});
  output.append("1\n", 1);
  CHECK(output.error() == ENOSPC);
  output.append("2\n", 1);
  output.flush();
  CHECK(output.written() == 0);
  CHECK(output.bytes() == 0);
  CHECK(output.error() == ENOSPC);
}

TEST_CASE("the first error is the one that is kept") {
  Output output({"results", scratch::file("")});
  output.note_error(EPIPE);
  output.note_error(ENOSPC);
  CHECK(output.error() == EPIPE);
  output.append("1\n", 1);
  CHECK(written_to(output).empty());
}

TEST_CASE("rows without bytes are no rows that were written") {
  Output output({"results", scratch::file("")});
  output.append("", 0);
  output.flush();
  CHECK(written_to(output).empty());
  CHECK(output.name() == "results");
}
