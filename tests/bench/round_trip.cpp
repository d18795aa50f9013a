// How long one line takes through a running filter: round_trip COUNT COMMAND [ARG...]
// starts the command, sends it one line at a time, waits for each answer, and prints
// the median and the 99th percentile in microseconds.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("usage: round_trip COUNT COMMAND [ARG...]\n", stderr);
    return 2;
  }
  int to[2];
  int from[2];
  if (::pipe2(to, O_CLOEXEC) != 0 || ::pipe2(from, O_CLOEXEC) != 0) return 1;
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(to[0], 0);
    ::dup2(from[1], 1);
    ::execvp(argv[2], argv + 2);
    std::_Exit(127);
  }
  ::close(to[0]);
  ::close(from[1]);
  std::vector<double> times;
  const long count = std::strtol(argv[1], nullptr, 10);
  for (long i = 0; i < count; ++i) {
    const auto start = std::chrono::steady_clock::now();
    char answer[64];
    if (::write(to[1], "12345\n", 6) != 6) return 1;
    if (::read(from[0], answer, sizeof answer) <= 0) return 1;
    times.push_back(
        std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count());
  }
  ::close(to[1]);
  ::waitpid(child, nullptr, 0);
  if (times.empty()) return 1;
  std::sort(times.begin(), times.end());
  std::printf("%.1f %.1f\n", times[times.size() / 2], times[times.size() * 99 / 100]);
  return 0;
}
