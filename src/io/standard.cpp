#include "io/standard.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

#include "core/error.hpp"

namespace flux::io {

namespace {

bool is_open(int fd) { return ::fcntl(fd, F_GETFD) >= 0; }

// REQUIRES: all lower descriptors are open, so that open() gives this number.
void occupy(int fd) {
  if (!is_open(fd) && ::open("/dev/null", O_RDWR) != fd)
    throw Error("cannot open /dev/null in place of a closed standard stream", {}, {}, Exit::failed);
}

}  // namespace

StandardStreams secure_standard_streams() {
  StandardStreams streams;
  streams.has_input = is_open(STDIN_FILENO);
  streams.has_output = is_open(STDOUT_FILENO);
  for (int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) occupy(fd);
  streams.output = Fd(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3));
  if (!streams.output || ::dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
    throw Error("cannot keep stdout apart: " + reason_of(errno), {}, {}, Exit::failed);
  return streams;
}

void enlarge_pipe(int fd) {
  constexpr int kPipeBytes = 1 << 20;
  struct stat status {};
  if (::fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode)) ::fcntl(fd, F_SETPIPE_SZ, kPipeBytes);
}

}  // namespace flux::io
