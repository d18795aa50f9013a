#include "transport/drop_buffer.hpp"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

namespace flux::runtime {

namespace {

// A run per event would cost an allocation each.
constexpr std::size_t kRunBytes = 32 << 10;

// Runs that wait to be filled again: else one thread would free what another allocates.
constexpr std::size_t kSpares = 16;
// Bytes of one; what an unusual value made large is given back.
constexpr std::size_t kSpareBytes = 256 << 10;

// Longer than an idle consumer can take to wake up, unless the machine is in trouble.
constexpr std::chrono::milliseconds kWakeUp{50};

// How often the consumer looks again before it sleeps: about as long as a wake-up takes.
constexpr int kLooks = 100;

}  // namespace

void DropBuffer::Run::clear() {
  bytes.clear();
  ends.clear();
  ints.clear();
  origins.clear();
  first = 0;
}

bool DropBuffer::Run::is_full_for(const Lines& lines) const {
  const bool is_same_kind = ints.empty() == lines.ints.empty();
  return !is_same_kind || bytes.size() + ints.size() * sizeof(std::int64_t) >= kRunBytes;
}

void DropBuffer::recycle(Run& run) {
  if (spares_.size() == kSpares || run.bytes.capacity() > kSpareBytes) return;
  run.clear();
  spares_.push_back(std::move(run));
}

void DropBuffer::push(const Lines& lines) {
  // So that no batch overflows the buffer of an idle consumer by itself.
  const std::size_t piece = std::max<std::size_t>(capacity_ / 2, 1);
  std::unique_lock lock(mutex_);
  for (std::size_t from = 0; from < lines.size(); from += piece)
    push_piece(lines, from, std::min(from + piece, lines.size()), lock);
  const bool is_filling = books_.held > capacity_ / 2;
  lock.unlock();
  // Not waiting: only that a consumer that is ready to run, and has no core, gets ours.
  if (is_filling) std::this_thread::yield();
}

void DropBuffer::push_piece(const Lines& lines, std::size_t from, std::size_t to,
                            std::unique_lock<std::mutex>& lock) {
  const auto is_full = [&] { return books_.held + (to - from) > capacity_; };
  if (is_full() && is_idle_) taken_.wait_for(lock, kWakeUp, [&] { return !is_full() || !is_idle_; });
  books_.pushed += to - from;
  if (is_abandoned_) {
    books_.left += to - from;
    return;
  }
  const std::uint64_t all = books_.held + (to - from);
  const std::uint64_t excess = all > capacity_ ? all - capacity_ : 0;
  if (policy_ == settings::DropPolicy::drop_oldest) {
    drop_oldest(excess);
  } else {
    to -= excess;
    books_.dropped += excess;
  }
  const bool was_empty = books_.held == 0;
  keep(lines, from, to);
  if (was_empty) some_.notify_one();
}

// REQUIRES: a piece is no larger than the buffer, so that only held ones go.
void DropBuffer::drop_oldest(std::uint64_t count) {
  books_.dropped += count;
  books_.held -= count;
  while (count > 0) {
    Run& oldest = runs_.front();
    const std::size_t gone = std::min<std::uint64_t>(count, oldest.size());
    oldest.first += gone;
    count -= gone;
    if (oldest.size() != 0) continue;
    recycle(oldest);
    runs_.pop_front();
  }
}

void DropBuffer::keep(const Lines& lines, std::size_t from, std::size_t to) {
  if (from == to) return;
  if (runs_.empty() || runs_.back().is_full_for(lines)) {
    if (spares_.empty()) spares_.emplace_back().bytes.reserve(lines.bytes.empty() ? 0 : 2 * kRunBytes);
    runs_.push_back(std::move(spares_.back()));
    spares_.pop_back();
  }
  Run& run = runs_.back();
  if (!lines.ints.empty()) {
    const auto ints = lines.ints.subspan(from, to - from);
    run.ints.insert(run.ints.end(), ints.begin(), ints.end());
  } else {
    const std::size_t begin = from == 0 ? 0 : lines.ends[from - 1];
    const std::size_t base = run.bytes.size();
    run.bytes.append(lines.bytes.substr(begin, lines.ends[to - 1] - begin));
    for (std::size_t i = from; i < to; ++i)
      run.ends.push_back(static_cast<std::uint32_t>(base + lines.ends[i] - begin));
  }
  if (!lines.origins.empty()) run.origins.append(lines.origins, from, to);
  books_.held += to - from;
}

bool DropBuffer::take_locked(Run& run) {
  if (books_.held == 0 || is_abandoned_) return false;
  recycle(run);
  run = std::move(runs_.front());
  runs_.pop_front();
  books_.held -= run.size();
  books_.taken += run.size();
  is_idle_ = false;
  taken_.notify_all();
  return true;
}

bool DropBuffer::try_take(Run& run) {
  std::unique_lock lock(mutex_);
  const bool has_taken = take_locked(run);
  tell_burst(lock);
  return has_taken;
}

void DropBuffer::tell_burst(std::unique_lock<std::mutex>& lock) {
  const std::uint64_t dropped = books_.dropped - std::exchange(told_, books_.dropped);
  lock.unlock();  // it runs foreign code
  if (dropped != 0 && burst_) burst_(dropped);
}

bool DropBuffer::take(Run& run) {
  std::unique_lock lock(mutex_);
  is_idle_ = true;
  const auto is_over = [&] { return books_.held != 0 || is_closed_ || is_abandoned_; };
  for (int look = 0; look < kLooks && !is_over(); ++look) {
    lock.unlock();
    std::this_thread::yield();
    lock.lock();
  }
  some_.wait(lock, is_over);
  const bool has_taken = take_locked(run);
  tell_burst(lock);
  return has_taken;
}

void DropBuffer::close() {
  const std::lock_guard lock(mutex_);
  is_closed_ = true;
  some_.notify_all();
}

void DropBuffer::abandon() {
  const std::lock_guard lock(mutex_);
  is_abandoned_ = true;
  books_.left += books_.held;
  books_.held = 0;
  runs_.clear();
  some_.notify_all();
}

DropBuffer::Books DropBuffer::books() const {
  const std::lock_guard lock(mutex_);
  return books_;
}

bool DropBuffer::is_abandoned() const {
  const std::lock_guard lock(mutex_);
  return is_abandoned_;
}

}  // namespace flux::runtime
