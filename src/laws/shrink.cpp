#include "laws/shrink.hpp"

#include <algorithm>
#include <chrono>

#include "laws/events.hpp"

namespace flux::laws {

namespace {

constexpr std::chrono::seconds kLongest{10};  // of a person who waits for the answer
constexpr std::size_t kFew = 20;              // of more events the values are left as they are

}  // namespace

Events shrink(Events events, const std::function<bool(const Events&)>& shows) {
  const auto deadline = std::chrono::steady_clock::now() + kLongest;
  const auto is_late = [&] { return std::chrono::steady_clock::now() > deadline; };
  // Fewer: runs of events are taken away, long ones first.
  for (std::size_t run = std::max<std::size_t>(events.size() / 2, 1); run > 0; run /= 2) {
    bool is_smaller = true;
    while (is_smaller) {
      is_smaller = false;
      for (std::size_t begin = 0; begin < events.size() && !is_late();) {
        Events fewer(events.begin(), events.begin() + static_cast<std::ptrdiff_t>(begin));
        const std::size_t end = std::min(begin + run, events.size());
        fewer.insert(fewer.end(), events.begin() + static_cast<std::ptrdiff_t>(end), events.end());
        if (shows(fewer)) {
          events = std::move(fewer);
          is_smaller = true;
        } else {
          begin = end;
        }
      }
    }
  }
  // Simpler: one value after the other.
  for (std::size_t i = 0; i < events.size() && events.size() <= kFew; ++i) {
    bool is_simpler = true;
    while (is_simpler && !is_late()) {
      is_simpler = false;
      for (std::string& candidate : simpler(events[i])) {
        Events changed = events;
        changed[i] = std::move(candidate);
        if (is_late() || !shows(changed)) continue;
        events = std::move(changed);
        is_simpler = true;
        break;
      }
    }
  }
  return events;
}

}  // namespace flux::laws
