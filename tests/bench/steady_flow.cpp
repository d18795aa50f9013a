// How long a line takes through a filter through which lines flow at a steady rate:
// steady_flow COUNT PER_SECOND COMMAND [ARG...] starts the command, sends it the time in
// nanoseconds, a line each, and prints the median and the 99th percentile of when they
// come out, in microseconds. The command may add a little to the numbers.
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

namespace {

std::int64_t now() {
  return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void send(int pipe, long count, long per_second) {
  ::prctl(PR_SET_TIMERSLACK, 1);  // else the kernel wakes it up to 50 us late
  auto due = std::chrono::steady_clock::now();
  for (long i = 0; i < count; ++i) {
    due += std::chrono::nanoseconds(1'000'000'000 / per_second);
    std::this_thread::sleep_until(due);
    char line[32];
    char* const end = std::to_chars(line, line + sizeof line, now()).ptr;
    *end = '\n';
    if (::write(pipe, line, static_cast<std::size_t>(end + 1 - line)) < 0) std::_Exit(1);
  }
  ::close(pipe);
}

std::vector<double> receive(int pipe) {
  std::vector<double> times;
  char bytes[4096];
  std::size_t filled = 0;
  for (ssize_t size; (size = ::read(pipe, bytes + filled, sizeof bytes - filled)) > 0;) {
    const std::int64_t arrived = now();
    filled += static_cast<std::size_t>(size);
    const char* line = bytes;
    const char* const end = bytes + filled;
    while (const void* newline = std::memchr(line, '\n', static_cast<std::size_t>(end - line))) {
      std::int64_t sent = 0;
      std::from_chars(line, end, sent);
      times.push_back(static_cast<double>(arrived - sent) / 1e3);
      line = static_cast<const char*>(newline) + 1;
    }
    filled = static_cast<std::size_t>(end - line);
    std::memmove(bytes, line, filled);
  }
  return times;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fputs("usage: steady_flow COUNT PER_SECOND COMMAND [ARG...]\n", stderr);
    return 2;
  }
  const long count = std::strtol(argv[1], nullptr, 10);
  const long per_second = std::strtol(argv[2], nullptr, 10);
  int to[2];
  int from[2];
  if (count < 1 || per_second < 1 || ::pipe2(to, O_CLOEXEC) != 0 || ::pipe2(from, O_CLOEXEC) != 0) return 1;
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(to[0], 0);
    ::dup2(from[1], 1);
    ::execvp(argv[3], argv + 3);
    std::_Exit(127);
  }
  ::close(to[0]);
  ::close(from[1]);
  std::jthread sender(send, to[1], count, per_second);
  std::vector<double> times = receive(from[0]);
  ::waitpid(child, nullptr, 0);
  if (times.size() != static_cast<std::size_t>(count)) return 1;
  std::sort(times.begin(), times.end());
  std::printf("%.1f %.1f\n", times[times.size() / 2], times[times.size() * 99 / 100]);
  return 0;
}
