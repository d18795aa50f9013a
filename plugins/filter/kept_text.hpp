// Text that an agent keeps of one event after the other.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace filter {

// Puts `text` in the place of what was kept. Its memory is used again, but what a long
// text has needed is given back, so that thousands of kept texts do not all grow to the
// size of the longest.
inline void keep_text(std::string& kept, std::string_view text) {
  constexpr std::size_t kSmall = 1 << 10;
  if (kept.capacity() > kSmall && kept.capacity() / 4 > text.size()) {
    std::string(text).swap(kept);  // an assignment would keep the memory
  } else {
    kept.assign(text);
  }
}

}  // namespace filter
