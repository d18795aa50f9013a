#include "stages/tap.hpp"

#include <algorithm>
#include <utility>

namespace flux::runtime {

Watcher::Seen Watcher::look(std::chrono::milliseconds longest) {
  std::unique_lock lock(mutex_);
  some_.wait_for(lock, longest, [&] { return !seen_.events.empty() || seen_.missed != 0; });
  bytes_ = 0;
  return std::exchange(seen_, {});
}

void Watcher::show(const Batch& rows, const Encoder& encoder) {
  const std::lock_guard lock(mutex_);
  const bool is_first = seen_.events.empty() && seen_.missed == 0;  // else who looks is awake, or will be
  for (std::uint32_t row = 0; row < rows.rows; ++row) {
    if (seen_.events.size() == kMostEvents || bytes_ >= kMostBytes) {
      seen_.missed += rows.rows - row;
      break;
    }
    event_.clear(kMostBytes);
    encoder.put_row(rows, row, event_);
    bytes_ += event_.size();
    seen_.events.emplace_back(event_.view());
  }
  if (is_first) some_.notify_one();
}

std::shared_ptr<Watcher> Tap::watch() {
  auto watcher = std::make_shared<Watcher>();
  const std::lock_guard lock(mutex_);
  watchers_.push_back(watcher);
  is_watched_.store(true, std::memory_order_relaxed);
  return watcher;
}

void Tap::show_all(const Batch& rows) {
  const std::lock_guard lock(mutex_);
  std::erase_if(watchers_, [](const auto& watcher) { return watcher.expired(); });
  is_watched_.store(!watchers_.empty(), std::memory_order_relaxed);
  for (const auto& each : watchers_)
    if (const auto watcher = each.lock()) watcher->show(rows, encoder_);
}

}  // namespace flux::runtime
