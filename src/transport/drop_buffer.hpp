// The buffer behind a flux with a drop policy: at most `capacity` events on their way to
// a consumer with threads of its own. What does not fit is dropped, event by event,
// and counted. The producer never waits for the consumer's work: only, for as long as a
// wake-up takes, for one that is idle, since that one keeps up.
//
// Values are copied in and out, so that no event pins the block that it came in.
// Thread safety: any thread may call any member; one at a time takes.
// Invariant: pushed == taken + dropped + held, at every moment.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rows/origins.hpp"
#include "settings/config.hpp"

namespace flux::runtime {

class DropBuffer {
 public:
  struct Books {
    std::uint64_t pushed = 0;
    std::uint64_t taken = 0;
    std::uint64_t dropped = 0;
    std::uint64_t held = 0;
    std::uint64_t left = 0;  // taken by nobody: the consumer had stopped
  };

  // Lines of values: line i ends at byte ends[i], its newline included. Or integers, which
  // nobody has printed and nobody will read.
  struct Lines {
    std::string_view bytes;
    std::span<const std::uint32_t> ends;
    const Origins& origins;  // one per value, or none
    std::span<const std::int64_t> ints = {};

    std::size_t size() const { return ends.size() + ints.size(); }
  };

  // What the consumer takes at once: lines, or integers.
  struct Run {
    std::string bytes;
    std::vector<std::uint32_t> ends;
    std::vector<std::int64_t> ints;
    Origins origins;
    std::size_t first = 0;  // values before it are gone

    // Of lines alone, like text().
    std::size_t begin() const { return first == 0 ? 0 : ends[first - 1]; }
    std::size_t size() const { return ends.size() + ints.size() - first; }
    // Whether no more of these are to be added.
    bool is_full_for(const Lines& lines) const;
    std::string_view text() const { return std::string_view(bytes).substr(begin()); }

    // Empty, with warm memory.
    void clear();
  };

  // Told how many events went in a row, when the consumer takes something again, or at
  // the end; by the thread that takes.
  using Burst = std::function<void(std::uint64_t dropped)>;

  // REQUIRES: `policy` is not block; capacity is above 0.
  DropBuffer(std::uint64_t capacity, settings::DropPolicy policy, Burst burst = {})
      : capacity_(capacity), policy_(policy), burst_(std::move(burst)) {}

  void push(const Lines& lines);

  // Takes the oldest run; false if there is none just now. What `run` was is over.
  bool try_take(Run& run);
  // Waits for one; false at the end: closed, and nothing held.
  bool take(Run& run);

  // Nothing is pushed any more; what is held can still be taken.
  void close();
  // Nothing is taken any more: what is held, and what is pushed from now on, is left.
  void abandon();

  Books books() const;
  bool is_abandoned() const;
  std::uint64_t capacity() const { return capacity_; }

 private:
  void push_piece(const Lines& lines, std::size_t from, std::size_t to, std::unique_lock<std::mutex>& lock);
  void drop_oldest(std::uint64_t count);
  void keep(const Lines& lines, std::size_t from, std::size_t to);
  bool take_locked(Run& run);
  void recycle(Run& run);
  void tell_burst(std::unique_lock<std::mutex>& lock);

  const std::uint64_t capacity_;
  const settings::DropPolicy policy_;
  const Burst burst_;
  mutable std::mutex mutex_;
  std::condition_variable some_;
  std::condition_variable taken_;
  // Protected by mutex_:
  std::deque<Run> runs_;
  std::vector<Run> spares_;  // empty ones
  Books books_;
  std::uint64_t told_ = 0;  // of those that were dropped
  bool is_idle_ = true;     // the consumer waits, or is waking up, or has not begun
  bool is_closed_ = false;
  bool is_abandoned_ = false;
};

}  // namespace flux::runtime
