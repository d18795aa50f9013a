// Agents that let events pass as they are: all, some, late, or several times.
#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <flux/agent.hpp>
#include <mutex>
#include <stdexcept>
#include <string>
#include <tuple>

namespace {

// How many, as a parameter says it.
std::int64_t checked_count(std::int64_t n) {
  if (n < 0) throw std::invalid_argument("n must be at least 0, found " + std::to_string(n));
  return n;
}

struct Id : flux::Select {
  static constexpr auto examples =
      std::array{flux::example("id", "1.10\n{\"a\": 1}\n", "1.10\n{\"a\": 1}\n")};
  bool invoke() const { return true; }
};
FLUX_AGENT(Id, "id", "Lets every event pass as it is", FLUX_IDENTITY | FLUX_PURE | FLUX_CONCURRENT);

class Head : public flux::Select {
 public:
  struct Config {
    std::int64_t n = 0;
  };
  static constexpr auto params =
      std::tuple{flux::param("n", &Config::n, "How many events pass before the stream ends").required()};
  static constexpr auto examples = std::array{flux::example("head(2)", "1\n2\n3\n", "1\n2\n")};

  explicit Head(Config config) : left_(checked_count(config.n)) {}

  bool invoke() {
    --left_;
    return true;
  }
  // At once: the n-th event ends the stream, not the one behind it.
  bool is_done() const { return left_ == 0; }
  void save(flux::Writer& to) const { to.put(left_); }
  void restore(flux::Reader& from) { from.get(left_); }

 private:
  std::int64_t left_;
};
FLUX_AGENT(Head, "head", "Lets the first n events pass and ends the stream");

class Skip : public flux::Select {
 public:
  struct Config {
    std::int64_t n = 0;
  };
  static constexpr auto params = std::tuple{
      flux::param("n", &Config::n, "How many events are left out before the others pass").required()};
  static constexpr auto examples = std::array{flux::example("skip(2)", "1\n2\n3\n", "3\n")};

  explicit Skip(Config config) : left_(checked_count(config.n)) {}

  bool invoke() {
    if (left_ == 0) return true;
    --left_;
    return false;
  }
  void save(flux::Writer& to) const { to.put(left_); }
  void restore(flux::Reader& from) { from.get(left_); }

 private:
  std::int64_t left_;
};
FLUX_AGENT(Skip, "skip", "Leaves out the first n events");

class Repeat {
 public:
  struct Config {
    std::int64_t n = 0;
  };
  static constexpr auto params =
      std::tuple{flux::param("n", &Config::n, "How many times each event is given").required()};
  static constexpr auto examples =
      std::array{flux::example("repeat(2)", "1\n\"a\"\n", "1\n1\n\"a\"\n\"a\"\n"),
                 flux::example("repeat(0)", "1\n", "")};

  explicit Repeat(Config config) : count_(static_cast<std::size_t>(checked_count(config.n))) {}

  auto invoke(flux::Json event) const {
    return flux::Series(count_, [event](std::size_t) { return event; });
  }

 private:
  std::size_t count_;
};
FLUX_AGENT(Repeat, "repeat", "Gives each event n times", FLUX_PURE | FLUX_CONCURRENT);

class Delay : public flux::Select {
 public:
  struct Config {
    std::int64_t ms = 0;
  };
  static constexpr auto params =
      std::tuple{flux::param("ms", &Config::ms, "How many milliseconds each event waits").required()};
  static constexpr auto examples = std::array{flux::example("delay(1)", "1\n2\n", "1\n2\n")};

  explicit Delay(Config config) : wait_(config.ms) {
    if (config.ms >= 0 && config.ms <= kDay) return;
    throw std::invalid_argument("ms must be between 0 and " + std::to_string(kDay) + " (a day), found " +
                                std::to_string(config.ms));
  }

  bool invoke() const {
    std::unique_lock lock(mutex_);
    interrupted_.wait_for(lock, wait_, [this] { return is_interrupted_; });
    return true;
  }
  // From here on nothing waits: the run is coming to its end.
  void interrupt() {
    {
      const std::lock_guard lock(mutex_);
      is_interrupted_ = true;
    }
    interrupted_.notify_all();
  }

 private:
  static constexpr std::int64_t kDay = 86'400'000;

  std::chrono::milliseconds wait_;
  mutable std::mutex mutex_;  // for is_interrupted_
  mutable std::condition_variable interrupted_;
  bool is_interrupted_ = false;
};
FLUX_AGENT(Delay, "delay", "Holds each event back for some milliseconds", FLUX_CONCURRENT | FLUX_BLOCKING);

}  // namespace
