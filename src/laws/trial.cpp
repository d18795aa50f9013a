#include "laws/trial.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <iostream>
#include <utility>

#include "core/error.hpp"
#include "io/fd.hpp"
#include "laws/driven.hpp"

namespace flux::laws {

namespace {

// A trial of a thousand events takes milliseconds. What takes longer than this waits for
// something that does not come, or is made to wait.
constexpr std::chrono::seconds kPatience{10};

// An agent may multiply without end; what it does is seen earlier.
constexpr std::size_t kMostEntries = 200'000;
constexpr std::size_t kMostBytes = 64 << 20;

// What a child tells is records: "KIND LABEL EVENT SIZE\n", and SIZE bytes of text. Kinds
// besides those of entries:
constexpr char kAccusation = '!';  // the text is LAW '\n' OFFENCE; the last record
constexpr char kTooMuch = '+';     // the last record
constexpr char kDone = '.';        // the last record

// ---- in the child

class Reporter : public Witness {
 public:
  explicit Reporter(int fd) : fd_(fd) {}

  void tell(const Entry& entry) override {
    put(static_cast<char>(entry.what), entry.label, entry.event, entry.text);
    bytes_ += entry.text.size();
    if (++entries_ > kMostEntries || bytes_ > kMostBytes) end(kTooMuch, {});
  }

  void accuse(std::string_view law, std::string_view offence) override {
    end(kAccusation, fmt::format("{}\n{}", law, offence));
  }

  [[noreturn]] void end(char kind, std::string_view text) {
    put(kind, 0, 0, text);
    flush();
    std::cout.flush();
    std::fflush(stdout);
    ::_exit(0);
  }

 private:
  void put(char kind, std::uint32_t label, std::uint32_t event, std::string_view text) {
    fmt::format_to(std::back_inserter(buffer_), "{} {} {} {}\n", kind, label, event, text.size());
    buffer_ += text;
    if (buffer_.size() > (64 << 10)) flush();
  }

  void flush() {
    io::write_all(fd_, buffer_);
    buffer_.clear();
  }

  const int fd_;
  std::string buffer_;
  std::size_t entries_ = 0;
  std::size_t bytes_ = 0;
};

[[noreturn]] void be_tried(const Subject& subject, std::span<const std::string> events, const Script& script,
                           int out, int standard_output) {
  ::setpgid(0, 0);                     // whatever the agent starts ends with it
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // as it does with flux
  ::signal(SIGPIPE, SIG_IGN);          // as in a run
  // A crash is told as a broken claim, not by words of its own.
  for (const int crash : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) ::signal(crash, SIG_DFL);
  ::dup2(standard_output, STDOUT_FILENO);
  Reporter reporter(out);
  try {
    Driven driven(subject, events, reporter);
    for (const Step& step : script) driven.take(step);
  } catch (const Error& error) {
    reporter.accuse("boundary", error.message);
  } catch (const std::exception& error) {
    reporter.accuse("boundary", fmt::format("it threw an exception: {}", error.what()));
  }
  reporter.end(kDone, {});
}

// ---- in flux itself

// Reads records as they come.
class Listener {
 public:
  explicit Listener(Observation& observation) : observation_(observation) {}

  void hear(std::string_view bytes) {
    buffer_ += bytes;
    std::size_t at = 0;
    while (!is_over_) {
      const std::size_t newline = buffer_.find('\n', at);
      if (newline == std::string::npos) break;
      std::uint32_t label = 0;
      std::uint32_t event = 0;
      std::size_t size = 0;
      const char* p = buffer_.data() + at + 2;
      const char* const end = buffer_.data() + newline;
      p = std::from_chars(p, end, label).ptr + 1;
      p = std::from_chars(p, end, event).ptr + 1;
      std::from_chars(p, end, size);
      if (buffer_.size() - newline - 1 < size) break;
      note(buffer_[at], label, event, buffer_.substr(newline + 1, size));
      at = newline + 1 + size;
    }
    buffer_.erase(0, at);
  }

  bool is_over() const { return is_over_; }

 private:
  void note(char kind, std::uint32_t label, std::uint32_t event, std::string text) {
    is_over_ = kind == kAccusation || kind == kTooMuch || kind == kDone;
    if (kind == kAccusation) {
      const std::size_t newline = text.find('\n');
      observation_.law = text.substr(0, newline);
      observation_.offence = text.substr(newline + 1);
    } else if (kind == kTooMuch) {
      observation_.is_too_much = true;
    } else if (kind != kDone) {
      observation_.entries.push_back({static_cast<Entry::What>(kind), label, event, std::move(text)});
    }
  }

  Observation& observation_;
  std::string buffer_;
  bool is_over_ = false;
};

// False: it took too long.
bool listen(int from, Listener& listener) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  char bytes[64 << 10];
  while (!listener.is_over()) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) return false;
    pollfd ready{from, POLLIN, 0};
    if (::poll(&ready, 1, static_cast<int>(left.count())) <= 0) continue;
    const ssize_t size = ::read(from, bytes, sizeof bytes);
    if (size == 0) break;
    if (size > 0) listener.hear({bytes, static_cast<std::size_t>(size)});
  }
  return true;
}

// How the child came to an end that it did not tell of.
std::string end_of(int status) {
  if (WIFSIGNALED(status))
    return fmt::format("it crashed: {} ({})",
                       ::sigabbrev_np(WTERMSIG(status)) == nullptr
                           ? fmt::format("signal {}", WTERMSIG(status))
                           : fmt::format("SIG{}", ::sigabbrev_np(WTERMSIG(status))),
                       ::strsignal(WTERMSIG(status)));
  return fmt::format("it ended the process, with status {}", WEXITSTATUS(status));
}

void look_at_output(int fd, Observation& observation) {
  char bytes[100];
  const ssize_t size = ::pread(fd, bytes, sizeof bytes, 0);
  if (size <= 0) return;
  observation.law = "stdout";
  observation.offence = fmt::format("it wrote to stdout, where only results belong: {}",
                                    printable({bytes, static_cast<std::size_t>(size)}));
}

int checked(int result, const char* what) {
  if (result >= 0) return result;
  throw Error(fmt::format("cannot {}: {}", what, io::reason_of(errno)), {}, {}, Exit::failed);
}

}  // namespace

Observation try_out(const Subject& subject, std::span<const std::string> events, const Script& script) {
  int ends[2];
  checked(::pipe2(ends, O_CLOEXEC), "make a pipe");
  const io::Fd from(ends[0]);
  io::Fd to(ends[1]);
  const io::Fd standard_output(checked(::memfd_create("stdout", MFD_CLOEXEC), "make a file in memory"));
  std::fflush(nullptr);
  const pid_t child = checked(::fork(), "fork");
  if (child == 0) be_tried(subject, events, script, to.get(), standard_output.get());
  ::setpgid(child, child);  // here as well: whichever comes first
  to = io::Fd();

  Observation observation;
  Listener listener(observation);
  const bool is_in_time = listen(from.get(), listener);
  if (!is_in_time) ::kill(-child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  if (!is_in_time && subject.stage().is(FLUX_BLOCKING)) {
    observation.is_too_much = true;  // it may wait, and says so
  } else if (!is_in_time) {
    observation.law = "returns";
    observation.offence = fmt::format("it did not come back within {} s", kPatience.count());
  } else if (!listener.is_over()) {
    observation.law = "returns";
    observation.offence = end_of(status);
  }
  if (observation.offence.empty()) look_at_output(standard_output.get(), observation);
  return observation;
}

}  // namespace flux::laws
