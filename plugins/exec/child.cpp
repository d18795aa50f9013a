#include "child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>

extern "C" {
#include <sys/pidfd.h>  // of glibc 2.36 does not say so itself
}

namespace {

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

struct Pipe {
  Fd reads;
  Fd writes;
};

Pipe make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) fail("cannot make a pipe");
  return {Fd(ends[0]), Fd(ends[1])};
}

void never_block(const Fd& fd) {
  if (::fcntl(fd.get(), F_SETFL, O_NONBLOCK) != 0) fail("cannot make a pipe that does not block");
}

// In the forked process, which has one thread and locks that nobody will release:
// system calls, nothing else.
[[noreturn]] void become(const char* command, int input, int output, pid_t parent) {
  constexpr int kCannot = 127;  // as a shell has it
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(kCannot);  // it was quicker
  for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  if (::dup2(input, STDIN_FILENO) < 0 || ::dup2(output, STDOUT_FILENO) < 0) ::_exit(kCannot);
  ::close_range(STDERR_FILENO + 1, ~0U, 0);  // other plugins may have opened without O_CLOEXEC
  ::execl("/bin/sh", "sh", "-c", command, static_cast<char*>(nullptr));
  ::_exit(kCannot);
}

Child::End end_of(int status) {
  if (WIFEXITED(status)) {
    const int code = WEXITSTATUS(status);
    return {code == 0, "it exited with status " + std::to_string(code)};
  }
  const char* const name = ::sigabbrev_np(WTERMSIG(status));
  return {false, "it was killed by signal " + std::to_string(WTERMSIG(status)) +
                     (name == nullptr ? "" : std::string(" (SIG") + name + ")")};
}

}  // namespace

Child::Child(const std::string& command) {
  Pipe to = make_pipe();
  Pipe from = make_pipe();
  never_block(to.writes);
  never_block(from.reads);
  const pid_t parent = ::getpid();
  pid_ = ::fork();
  if (pid_ < 0) fail("cannot fork");
  if (pid_ == 0) become(command.c_str(), to.reads.get(), from.writes.get(), parent);
  ::setpgid(pid_, pid_);  // whoever comes first: the group must be there before it is killed
  input_ = std::move(to.writes);
  output_ = std::move(from.reads);
  exit_ = Fd(::pidfd_open(pid_, 0));
  if (exit_) return;
  const int error = errno;
  end({});
  errno = error;
  fail("cannot watch the process");
}

Child::~Child() {
  if (pid_ > 0) end({});
}

Child::End Child::end(std::chrono::milliseconds grace) {
  input_.close();
  output_.close();
  pollfd exit{exit_.get(), POLLIN, 0};
  if (grace.count() > 0) ::poll(&exit, 1, static_cast<int>(grace.count()));
  // Until it is reaped its number is its own, and so is the group's.
  ::kill(-pid_, SIGKILL);
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return end_of(status);
}
