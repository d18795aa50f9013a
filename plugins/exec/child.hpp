// A command at work: sh -c COMMAND, the pipes to and from it, and all that it starts.
//
// It leads a process group of its own: so that Ctrl-C at the terminal reaches flux
// alone, which first drains; and so that its whole pipeline ends with it. It has
// default signals, flux's stderr and none of flux's other descriptors. It is killed
// when the thread that started it ends, however that comes about: see launcher.hpp.
//
// Thread safety: none; belongs to one conversation.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>

#include "fd.hpp"

class Child {
 public:
  // Throws std::system_error.
  explicit Child(const std::string& command);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Neither ever blocks. -1: closed.
  int input() const { return input_.get(); }
  int output() const { return output_.get(); }
  // Readable once the command has ended, whoever else may still hold its output.
  int exit() const { return exit_.get(); }

  void close_input() { input_.close(); }

  struct End {
    bool is_success;
    std::string words;  // "it exited with status 3"
  };
  // Waits so long for it to end by itself, then kills it; what is left of its group
  // in any case. The last call.
  End end(std::chrono::milliseconds grace);

 private:
  pid_t pid_ = -1;  // and the number of the group; -1: it has been reaped
  Fd input_;
  Fd output_;
  Fd exit_;
};
