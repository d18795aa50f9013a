// What a flux gives, for people who look on. A watcher who is slow, or who looks at more
// than anybody can read, misses events and is told how many; the stream never waits.
//
// Thread safety: any thread may call any member.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "rows/encoder.hpp"

namespace flux::runtime {

class Watcher {
 public:
  // More than this between two looks is missed.
  static constexpr std::uint64_t kMostEvents = 1000;
  static constexpr std::size_t kMostBytes = 1 << 20;

  struct Seen {
    std::vector<std::string> events;  // JSON
    std::uint64_t missed = 0;         // before the next ones
  };

  // Waits until there is something, or for so long.
  Seen look(std::chrono::milliseconds longest);

 private:
  friend class Tap;
  void show(const Batch& rows, const Encoder& encoder);

  std::mutex mutex_;
  std::condition_variable some_;
  // Protected by mutex_:
  Seen seen_;
  std::size_t bytes_ = 0;
  Bytes event_;  // scratch
};

class Tap {
 public:
  explicit Tap(const Type& type) : encoder_(type) {}

  // As long as somebody else holds it.
  std::shared_ptr<Watcher> watch();

  void show(const Batch& rows) {
    if (is_watched_.load(std::memory_order_relaxed)) show_all(rows);
  }

 private:
  void show_all(const Batch& rows);

  const Encoder encoder_;
  std::atomic<bool> is_watched_{false};  // relaxed: a batch more or less does not matter
  std::mutex mutex_;
  std::vector<std::weak_ptr<Watcher>> watchers_;  // protected by mutex_; weak: who looks away is gone
};

}  // namespace flux::runtime
