// Descriptors for tests: files that live in memory only, and pipes.
#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>

#include "io/fd.hpp"

namespace scratch {

// A file without a name that holds `content` and is read from its beginning.
inline flux::io::Fd file(std::string_view content) {
  flux::io::Fd fd(::memfd_create("test", MFD_CLOEXEC));
  flux::io::write_all(fd.get(), content);
  ::lseek(fd.get(), 0, SEEK_SET);
  return fd;
}

// All that a file holds, wherever it is read from just now.
inline std::string content_of(int fd) {
  std::string content;
  char bytes[4096];
  off_t at = 0;
  for (ssize_t got; (got = ::pread(fd, bytes, sizeof bytes, at)) > 0; at += got)
    content.append(bytes, static_cast<std::size_t>(got));
  return content;
}

struct Pipe {
  explicit Pipe(int flags = O_CLOEXEC) {
    int fds[2];
    if (::pipe2(fds, flags) != 0) std::abort();
    reader = flux::io::Fd(fds[0]);
    writer = flux::io::Fd(fds[1]);
  }
  void close_writer() { flux::io::Fd(std::move(writer)); }
  void close_reader() { flux::io::Fd(std::move(reader)); }

  flux::io::Fd reader;
  flux::io::Fd writer;
};

}  // namespace scratch
