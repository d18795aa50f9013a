#include "engine.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <future>
#include <thread>

#include "core/error.hpp"
#include "io/signals.hpp"
#include "plan/resolve.hpp"
#include "runtime/run.hpp"
#include "spec/parser.hpp"

namespace laws {

namespace {

using namespace flux;

// Failed events are told on stderr, thousands of times here. glibc lets the stream
// be replaced and leaves descriptor 2 to those who report a data race or a leak.
void silence_failures() {
  static std::FILE* const nowhere = std::fopen("/dev/null", "w");
  stderr = nowhere;
}

plugin::Registry& registry() {
  static plugin::Registry all = [] {
    plugin::Registry registry;
    registry.load(std::filesystem::path(STD_PLUGIN));
    registry.load(std::filesystem::path(AGGREGATE_PLUGIN));
    registry.load(std::filesystem::path(FILTER_PLUGIN));
    registry.load(std::filesystem::path(SHAPE_PLUGIN));
    registry.load(std::filesystem::path(LAWS_PLUGIN));
    return registry;
  }();
  return all;
}

plugin::Host host() {
  return {"laws", [](flux_level, std::string_view) {}};
}

plan::Plan plan_of(const std::string& spec, bool fuse, bool is_live = false) {
  plan::Options options;
  options.takes_perturbations = is_live;
  options.fuse = fuse;
  return plan::make_plan(spec::parse(spec), registry(), host(), options);
}

io::Fd memory_file() { return io::Fd(::memfd_create("laws", MFD_CLOEXEC)); }

std::string content_of(int fd) {
  std::string text(static_cast<std::size_t>(::lseek(fd, 0, SEEK_END)), '\0');
  REQUIRE(::pread(fd, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()));
  return text;
}

// Ends early where the engine wants no more.
void feed(const io::Fd& to, const std::vector<std::string_view>& parts) {
  for (const std::string_view part : parts)
    if (::send(to.get(), part.data(), part.size(), MSG_NOSIGNAL) < 0) return;
}

}  // namespace

bool is_pipeline(const std::string& spec) {
  try {
    plan_of(spec, true);
    return true;
  } catch (const Error&) {
    return false;
  }
}

Found run(const std::string& spec, const Way& way, const std::vector<std::string_view>& parts) {
  static const io::Signals signals;
  silence_failures();
  const plan::Plan plan = plan_of(spec, way.fuse, way.attend != nullptr);
  int ends_of_socket[2];
  REQUIRE(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends_of_socket) == 0);
  const io::Fd out = way.keeps_output ? memory_file() : io::Fd(::open("/dev/null", O_WRONLY | O_CLOEXEC));
  const io::Fd letters = memory_file();
  runtime::Ends ends;
  ends.sources.push_back({"in", io::Fd(ends_of_socket[0]), ends_of_socket[0], {}});
  ends.sink = {"out", io::Fd(::dup(out.get()))};
  ends.dead_letters = {"letters", io::Fd(::dup(letters.get()))};
  runtime::Options options;
  options.workers = way.workers;
  options.max_line = way.max_line;
  options.trusts_input = way.trusts;
  options.failures.is_fatal = way.is_fatal;
  options.takes_perturbations = way.attend != nullptr;
  std::promise<void> attended;
  if (way.attend) {
    ends.attend = [&](runtime::Live& live) {
      auto attendant = way.attend(live);
      attended.set_value();
      return attendant;
    };
  }
  const std::jthread feeder([&parts, &way, &attended, to = io::Fd(ends_of_socket[1])]() mutable {
    if (way.is_idle_first) attended.get_future().wait();
    feed(std::exchange(to, {}), parts);
  });
  Found found;
  found.summary = runtime::run(plan, host(), signals, std::move(ends), options, [](const auto&) {}).summary;
  if (way.keeps_output) found.out = content_of(out.get());
  found.letters = content_of(letters.get());
  return found;
}

Found run(const std::string& spec, const Way& way, std::string_view stream) {
  constexpr std::size_t kPart = 64 << 10;
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at < stream.size(); at += kPart) parts.push_back(stream.substr(at, kPart));
  return run(spec, way, parts);
}

void require_balance(const runtime::Summary& summary) {
  const runtime::FluxSummary* before = nullptr;
  for (const runtime::FluxSummary& flux : summary.fluxes) {
    CAPTURE(flux.id);
    REQUIRE(flux.books.balance());
    REQUIRE(flux.books.upstream == (before == nullptr ? summary.read : before->books.delivered));
    before = &flux;
  }
  REQUIRE(summary.written == before->books.delivered);
}

}  // namespace laws
