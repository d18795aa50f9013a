// What is said of a crash, by a child that dies of it.
#include "plugin/crash.hpp"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>
#include <random>

#include "core/error.hpp"
#include "plugin/sample.hpp"

using flux::plugin::Agent;
using flux::plugin::Crossing;
using flux::plugin::LastWords;
using flux::plugin::Work;

namespace {

// How a child ended that did this, and what it wrote to stderr.
struct Death {
  int signal = 0;
  std::string words;
};

Death death_of(const std::function<void()>& child) {
  int pipe[2];
  REQUIRE(::pipe(pipe) == 0);
  const pid_t pid = ::fork();
  if (pid == 0) {
    const rlimit no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
    ::dup2(pipe[1], STDERR_FILENO);
    // doctest has handlers of its own, which are not to be asked here.
    for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) std::signal(signal, SIG_DFL);
    child();
    ::_exit(0);
  }
  ::close(pipe[1]);
  Death death;
  char bytes[4096];
  for (ssize_t size; (size = ::read(pipe[0], bytes, sizeof bytes)) > 0;)
    death.words.append(bytes, static_cast<std::size_t>(size));
  ::close(pipe[0]);
  int status = 0;
  ::waitpid(pid, &status, 0);
  if (WIFSIGNALED(status)) death.signal = WTERMSIG(status);
  return death;
}

struct OneEvent final : Work {
  std::string_view flux() const noexcept override { return "f\x1b"; }
  void tell(LastWords& words) const noexcept override { words.put("  it was working on one event\n"); }
};

Agent agent() {
  Agent made;
  made.name = "shout";
  made.plugin = "mine";
  made.file = "/path/mine.so";
  return made;
}

}  // namespace

TEST_CASE("a crash outside of all agents is said to be flux's own") {
  const Death death = death_of([] {
    flux::plugin::report_crashes();
    std::raise(SIGABRT);
  });
  CHECK(death.signal == SIGABRT);
  CHECK(death.words ==
        "flux: crashed in its own code, outside of all agents: abort (SIGABRT)\n"
        "please report it, with the pipeline and what it read; or is it a thread of a plugin?\n");
}

TEST_CASE("a crash in a call names the innermost agent, its flux and what it was working on") {
  const Death death = death_of([] {
    flux::plugin::report_crashes();
    const Agent shout = agent();
    const OneEvent event;
    const Crossing outer(shout, "process", &event);
    { const Crossing inner(shout, "create"); }
    std::raise(SIGABRT);
  });
  CHECK(death.signal == SIGABRT);
  CHECK(death.words ==
        "flux: agent 'shout' of plugin 'mine' (flux 'f\\x1b', /path/mine.so) crashed in process(): "
        "abort (SIGABRT)\n"
        "  it was working on one event\n"
        "results that were not written yet are lost; to find the fault of the plugin, run it under a "
        "debugger\n");
}

TEST_CASE("a signal that somebody takes care of already is left to him") {
  const Death death = death_of([] {
    std::signal(SIGABRT, [](int) { ::_exit(::write(STDERR_FILENO, "mine\n", 5) == 5 ? 0 : 1); });
    flux::plugin::report_crashes();
    std::raise(SIGABRT);
  });
  CHECK(death.signal == 0);
  CHECK(death.words == "mine\n");
}

TEST_CASE("nobody who does not ask for it gets a handler") {
  const Death death = death_of([] {
    const flux::plugin::CrashStack stack;
    const Agent shout = agent();
    const Crossing crossing(shout, "process");
    std::raise(SIGABRT);
  });
  CHECK(death.signal == SIGABRT);
  CHECK(death.words.empty());
}

TEST_CASE("last words show text as printable() does, whatever the bytes") {
  const unsigned seed = std::random_device()();
  CAPTURE(seed);
  std::mt19937 random(seed);
  // Pieces of UTF-8, whole, cut and wrong, and what drives terminals.
  const std::string_view pieces[] = {"a",
                                     "\x1b",
                                     "\xc3\xa9",
                                     "\xc3",
                                     "\xc2\x9b",
                                     "\xe2\x80\xae",
                                     "\xe2\x82\xac",
                                     "\x7f",
                                     "\xf0\x9f\x8c\x8a",
                                     "\xed\xa0\x80",
                                     "\n",
                                     "\xff",
                                     "\x05"};
  for (int round = 0; round < 50; ++round) {
    std::string text;
    for (auto size = random() % 60; size > 0; --size) text += pieces[random() % std::size(pieces)];
    const std::size_t limit = random() % 80;
    const Death death = death_of([&] { LastWords().put_printable(text, limit); });
    REQUIRE(death.words == flux::printable(text, limit));
  }
}

TEST_CASE("last words are as long as they are") {
  const std::string text(10000, 'x');
  CHECK(death_of([&] { LastWords().put(text).put(0).put(18446744073709551615U).put(255, 16); }).words ==
        text + "018446744073709551615ff");
}
