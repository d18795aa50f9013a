// One run inside a program: a socket that events come through, one that results go
// through, and a live pipeline in between.
//
// Threads: one that reads the source, one that waits for the end; both are joined here.
// Thread safety: read() by one thread; live() and stop_reading() by any.
#pragma once

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "embed/engine.hpp"
#include "plan/plan.hpp"
#include "plugin/instance.hpp"
#include "runtime/live.hpp"

namespace flux::embed {

class Run {
 public:
  Run(const plan::Plan& plan, const plugin::Host& host, bool is_dormant) {
    int in[2];
    int out[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in) != 0)
      throw FluxError("cannot make a socket: " + io::reason_of(errno));
    source_ = io::Fd(in[1]);
    std::vector<io::Source> sources;
    sources.push_back({"source", io::Fd(in[0]), in[0], {}});
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, out) != 0)
      throw FluxError("cannot make a socket: " + io::reason_of(errno));
    results_ = io::Fd(out[0]);
    runtime::Options options;
    options.workers = std::max(1U, std::thread::hardware_concurrency());
    options.takes_perturbations = true;
    options.finishes = !is_dormant;
    for (const plan::Flux& flux : plan.fluxes) taps_.push_back(std::make_unique<runtime::Tap>(flux.gives));
    options.taps = &taps_;
    options.pheromones = &pheromones_.emplace(plan, io::Fd());
    output_.emplace(io::Sink{"results", io::Fd(out[1]), {}}, false);
    failures_.emplace(plan, options.max_line, io::Fd(), "");
    sections_.emplace(plan, host, io::Framer(std::move(sources), runtime::read_size(plan), options.max_line),
                      *output_, *failures_, options);
    sections_->start();
    live_.emplace(plan, *sections_, *output_, options, runtime::Live::Clock::now());
    ending_ = std::thread([this, out = out[1]] {
      pollfd done{sections_->done().fd(), POLLIN, 0};
      while (::poll(&done, 1, -1) < 0) {
      }
      sections_->join();
      live_->close();
      ::shutdown(out, SHUT_WR);
    });
  }

  ~Run() {
    hang_up();
    live_->stop();
    ::shutdown(results_.get(), SHUT_RDWR);
    if (feeding_.joinable()) feeding_.join();
    stop_reading();
  }

  void feed(Engine::Next next) {
    feeding_ = std::thread([this, next = std::move(next)] {
      for (std::string line; next(line); line.clear()) {
        line += '\n';
        if (!send(line)) break;
      }
      hang_up();
    });
  }

  bool read(std::string& line) {
    std::size_t end = 0;
    while ((end = text_.find('\n', at_)) == std::string::npos) {
      text_.erase(0, std::exchange(at_, 0));
      char bytes[16 << 10];
      const ssize_t got = ::read(results_.get(), bytes, sizeof bytes);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return false;
      text_.append(bytes, static_cast<std::size_t>(got));
    }
    line.assign(text_, at_, end - at_);
    at_ = end + 1;
    return true;
  }

  runtime::Live& live() { return *live_; }

  // Ends it, whatever was not read yet, and waits until all is through.
  void stop_reading() {
    live_->stop();
    ::shutdown(results_.get(), SHUT_RD);
    const std::lock_guard lock(ending_mutex_);
    if (ending_.joinable()) ending_.join();
  }

 private:
  bool send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(source_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  void hang_up() const { ::shutdown(source_.get(), SHUT_WR); }

  io::Fd source_;
  io::Fd results_;
  std::vector<std::unique_ptr<runtime::Tap>> taps_;
  std::optional<runtime::Pheromones> pheromones_;
  std::optional<runtime::Output> output_;
  std::optional<runtime::Failures> failures_;
  std::optional<runtime::Sections> sections_;
  std::optional<runtime::Live> live_;
  std::thread feeding_;
  std::mutex ending_mutex_;  // who joins it
  std::thread ending_;
  std::string text_;  // that was read
  std::size_t at_ = 0;
};

}  // namespace flux::embed
