// A file descriptor that is closed with its owner, and what every user of
// descriptors needs to get right once: EINTR, EAGAIN, short writes.
//
// Thread safety: none, but wake() of WakeUp may be called from any thread.
#pragma once

#include <poll.h>
#include <unistd.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace flux::io {

class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  ~Fd() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

// Writes all bytes, however often that takes. 0, or the errno of what went wrong.
// A descriptor that somebody else made non-blocking is waited for: flux never
// changes the flags of inherited descriptors, the shell shares them.
int write_all(int fd, std::string_view bytes);

// "No such file or directory": thread safe.
std::string reason_of(int error);

// Wakes whoever polls its descriptor.
class WakeUp {
 public:
  WakeUp();
  int fd() const { return fd_.get(); }
  void wake() const;   // async-signal-safe
  void clear() const;  // forgets all wake() so far

 private:
  Fd fd_;
};

}  // namespace flux::io
