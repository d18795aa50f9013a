// The socket of a live pipeline: a file that only its owner may talk to.
//
// Thread safety: accept() and stop() by different threads; the rest by one.
#pragma once

#include <sys/types.h>

#include <string>

#include "io/fd.hpp"

namespace flux::control {

class Listener {
 public:
  // Makes the socket, mode 0600. A stale one, which nobody listens at, is replaced.
  // Throws Error: the directory is not safe, or something else is there.
  explicit Listener(const std::string& path);
  Listener(Listener&& other) noexcept = default;
  ~Listener();  // takes the file away

  // Waits for somebody of our own user, or root; others are shown the door. Without a
  // descriptor after stop().
  io::Fd accept() const;
  void stop() const { stop_.wake(); }

  const std::string& path() const { return path_; }

 private:
  std::string path_;
  io::Fd fd_;
  io::WakeUp stop_;
  dev_t device_ = 0;
  ino_t inode_ = 0;
};

// Throws Error (exit status 5) where no pipeline listens.
io::Fd connect_to(const std::string& path);

}  // namespace flux::control
