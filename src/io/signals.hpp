// SIGINT and SIGTERM as something one thread waits for, not as handlers.
//
// Thread safety: construct before any thread starts (they inherit the mask); wait()
// belongs to the main thread.
#pragma once

#include "io/fd.hpp"

namespace flux::io {

class Signals {
 public:
  // Blocks the two signals (those that were not ignored already, as under nohup)
  // and ignores SIGPIPE and SIGXFSZ: EPIPE and EFBIG are errors like any other.
  Signals();

  // Waits for a signal, or for `done` to be woken: the signal's number, or 0.
  int wait(const WakeUp& done) const;

  // Ends the process the way the signal would have: so that a shell loop stops and
  // a service manager counts it as clean.
  [[noreturn]] static void die_of(int signal);

 private:
  Fd fd_;
};

}  // namespace flux::io
