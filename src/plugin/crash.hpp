// What a crash inside a plugin leaves behind: before the process dies of the signal,
// stderr says whose function it was in, and what that was working on.
//
// Every call into a plugin is a Crossing, so that a thread knows whose code it runs;
// that costs two stores to a thread-local pointer. Whatever tells of a crash runs in
// a signal handler: it takes no lock and no memory, and what it reads was made before.
//
// Thread safety: a Crossing, a CrashStack and LastWords belong to one thread.
// report_crashes() is called once, before there is a second one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "plugin/descriptor.hpp"

namespace flux::plugin {

// Text to stderr by write(2) alone.
class LastWords {
 public:
  LastWords() = default;
  ~LastWords() { flush(); }
  LastWords(const LastWords&) = delete;
  LastWords& operator=(const LastWords&) = delete;

  LastWords& put(std::string_view text);
  LastWords& put(std::uint64_t number, unsigned base = 10);
  // As printable() of core/error has it: no byte of an event may drive the terminal.
  LastWords& put_printable(std::string_view text, std::size_t limit);
  void flush();

 private:
  char buffer_[2048];
  std::size_t size_ = 0;
};

// The events that a call is about. Both are called inside a signal handler.
class Work {
 public:
  virtual std::string_view flux() const noexcept = 0;  // its id
  virtual void tell(LastWords& words) const noexcept = 0;

 protected:
  ~Work() = default;
};

// From here until the end of the scope this thread is in the plugin's hands.
class Crossing {
 public:
  enum class Doing : std::uint8_t { loading, calling, reading };

  // `function`: static, "process". `work`: may be null. REQUIRES: all outlive this.
  Crossing(const Agent& agent, const char* function, const Work* work = nullptr)
      : Crossing(Doing::calling, &agent, function, work) {}
  // flux reads what the agent gave, and believes where it says that its text is.
  static Crossing reading(const Agent& agent, const Work& work) {
    return Crossing(Doing::reading, &agent, "", &work);
  }
  // The code of a plugin that runs while it is loaded. `file`: printable.
  explicit Crossing(const std::string& file) : Crossing(Doing::loading, nullptr, file.c_str(), nullptr) {}
  ~Crossing() { innermost_ = outer_; }
  Crossing(const Crossing&) = delete;
  Crossing& operator=(const Crossing&) = delete;

  static const Crossing* innermost() { return innermost_; }
  // Who crashed, up to "crashed in process()".
  void tell(LastWords& words) const;
  const Work* work() const { return work_; }

 private:
  Crossing(Doing doing, const Agent* agent, const char* function, const Work* work)
      : doing_(doing), agent_(agent), function_(function), work_(work), outer_(innermost_) {
    innermost_ = this;
  }

  static inline constinit thread_local const Crossing* innermost_ = nullptr;

  const Doing doing_;
  const Agent* const agent_;
  const char* const function_;  // or the file that is loaded
  const Work* const work_;
  const Crossing* const outer_;
};

// A stack for the handler of this thread, for the commonest crash of a plugin is a stack
// that is full. One per thread that calls plugins; nothing if no crash is reported.
class CrashStack {
 public:
  CrashStack();
  ~CrashStack();
  CrashStack(const CrashStack&) = delete;
  CrashStack& operator=(const CrashStack&) = delete;

 private:
  std::unique_ptr<std::byte[]> stack_;
};

// From now on SIGSEGV, SIGBUS, SIGFPE, SIGILL and SIGABRT are told of before the process
// dies of them, except those that somebody else takes care of already: a sanitizer.
// For programs alone: a library has no business with the signals of its process.
void report_crashes();

// "agent 'shout' of plugin 'mine' (flux 'shout', /path/mine.so)": who is to blame.
std::string blame(const Agent& agent, std::string_view flux);

}  // namespace flux::plugin
