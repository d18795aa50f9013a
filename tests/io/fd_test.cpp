// Descriptors: owned once, written to completely, woken from afar.
#include "io/fd.hpp"

#include <doctest/doctest.h>
#include <poll.h>

#include <cerrno>
#include <csignal>
#include <thread>

#include "io/scratch.hpp"
#include "io/standard.hpp"

using flux::io::Fd;
using flux::io::WakeUp;
using flux::io::write_all;

namespace {

bool is_open(int fd) { return ::fcntl(fd, F_GETFD) >= 0; }

bool is_ready(int fd) {
  pollfd polled{fd, POLLIN, 0};
  return ::poll(&polled, 1, 0) == 1;
}

}  // namespace

TEST_CASE("a descriptor is closed with its owner, and only with the last one") {
  int number = -1;
  {
    Fd owner = scratch::file("");
    number = owner.get();
    {
      const Fd next(std::move(owner));
      CHECK(next.get() == number);
      CHECK(!owner);  // NOLINT(bugprone-use-after-move): what is left is the point
      CHECK(is_open(number));
    }
    CHECK(!is_open(number));
  }
}

TEST_CASE("no descriptor is nothing to close") {
  const Fd none;
  CHECK(none.get() == -1);
  CHECK(!none);
}

TEST_CASE("all bytes reach a slow reader through a pipe that does not block") {
  scratch::Pipe pipe(O_CLOEXEC | O_NONBLOCK);
  std::string bytes;
  for (int i = 0; i < 100'000; ++i) bytes += std::to_string(i);  // many times what a pipe holds
  std::string got;
  std::thread reader([&] {
    char piece[1000];
    for (;;) {
      pollfd polled{pipe.reader.get(), POLLIN, 0};
      ::poll(&polled, 1, -1);
      const ssize_t size = ::read(pipe.reader.get(), piece, sizeof piece);
      if (size == 0) return;
      if (size > 0) got.append(piece, static_cast<std::size_t>(size));
    }
  });
  CHECK(write_all(pipe.writer.get(), bytes) == 0);
  pipe.close_writer();
  reader.join();
  CHECK(got == bytes);
}

TEST_CASE("a write that cannot be done says why") {
  std::signal(SIGPIPE, SIG_IGN);
  scratch::Pipe pipe;
  pipe.close_reader();
  CHECK(write_all(pipe.writer.get(), "1\n") == EPIPE);
  CHECK(write_all(-1, "1\n") == EBADF);
  const Fd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  CHECK(write_all(full.get(), "1\n") == ENOSPC);
}

TEST_CASE("nothing to write is no error") { CHECK(write_all(-1, "") == 0); }

TEST_CASE("the reason of an error is the system's own") {
  CHECK(flux::io::reason_of(ENOENT) == "No such file or directory");
  CHECK(flux::io::reason_of(ENOSPC) == "No space left on device");
}

TEST_CASE("a wake-up is seen until it is cleared, however often it was given") {
  const WakeUp wake_up;
  CHECK(!is_ready(wake_up.fd()));
  wake_up.wake();
  wake_up.wake();
  CHECK(is_ready(wake_up.fd()));
  wake_up.clear();
  CHECK(!is_ready(wake_up.fd()));
  wake_up.clear();
  CHECK(!is_ready(wake_up.fd()));
}

TEST_CASE("a pipe is enlarged, and whatever is no pipe is left alone") {
  const scratch::Pipe pipe;
  const int before = ::fcntl(pipe.writer.get(), F_GETPIPE_SZ);
  flux::io::enlarge_pipe(pipe.writer.get());
  CHECK(::fcntl(pipe.reader.get(), F_GETPIPE_SZ) >= before);
  const Fd file = scratch::file("1\n");
  flux::io::enlarge_pipe(file.get());
  flux::io::enlarge_pipe(-1);
  CHECK(scratch::content_of(file.get()) == "1\n");
}
