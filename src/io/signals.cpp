#include "io/signals.hpp"

#include <sys/signalfd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "core/error.hpp"

namespace flux::io {

namespace {

bool is_ignored(int signal) {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

Signals::Signals() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  sigset_t mask;
  sigemptyset(&mask);
  for (int signal : {SIGINT, SIGTERM})
    if (!is_ignored(signal)) sigaddset(&mask, signal);
  ::pthread_sigmask(SIG_BLOCK, &mask, nullptr);
  fd_ = Fd(::signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!fd_) throw Error("cannot create a signalfd: " + reason_of(errno), {}, {}, Exit::failed);
}

int Signals::wait(const WakeUp& done) const {
  for (;;) {
    pollfd fds[] = {{fd_.get(), POLLIN, 0}, {done.fd(), POLLIN, 0}};
    if (::poll(fds, 2, -1) < 0) continue;
    signalfd_siginfo signal{};
    if (fds[0].revents != 0 && ::read(fd_.get(), &signal, sizeof signal) == sizeof signal)
      return static_cast<int>(signal.ssi_signo);
    if (fds[1].revents != 0) return 0;
  }
}

void Signals::die_of(int signal) {
  std::signal(signal, SIG_DFL);
  sigset_t mask;
  sigemptyset(&mask);
  sigaddset(&mask, signal);
  std::raise(signal);
  ::pthread_sigmask(SIG_UNBLOCK, &mask, nullptr);
  std::_Exit(128 + signal);  // not reached
}

}  // namespace flux::io
