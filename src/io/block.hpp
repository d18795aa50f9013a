// The memory that lines are read into. What was carried over from the read before
// stands right in front of a page-aligned address, so that every read() lands
// aligned: the kernel copies up to four times slower to an odd address on some
// machines. Never zeroed.
//
// Around the text there is always room that may be read but means nothing: 16
// bytes before it, 64 after.
// Thread safety: none.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>

namespace flux::io {

class Block {
 public:
  static constexpr std::size_t kFront = 16;
  static constexpr std::size_t kBack = 64;
  static constexpr std::size_t kPage = 4096;

  // Room for `carried` bytes that end at the returned, page-aligned address and
  // `size` bytes from it on. Forgets what was there.
  char* prepare(std::size_t carried, std::size_t size) {
    const std::size_t front = (carried + kFront + kPage - 1) / kPage * kPage;
    const std::size_t need = front + (size + 1 + kBack + kPage - 1) / kPage * kPage;  // 1: a last newline
    // A block that grew for a long line shrinks again.
    if (need > capacity_ || need * 4 < capacity_) {
      memory_.reset(static_cast<char*>(std::aligned_alloc(kPage, need)));
      if (!memory_) throw std::bad_alloc();
      capacity_ = need;
    }
    return memory_.get() + front;
  }

 private:
  struct Free {
    void operator()(char* memory) const { std::free(memory); }
  };
  std::unique_ptr<char, Free> memory_;
  std::size_t capacity_ = 0;
};

}  // namespace flux::io
