// Memory for one ticket's batches: a stack of bytes. Taking is a pointer bump;
// mark() and release() give back everything taken in between, so that the chunks
// of a block use the same, still warm, bytes one after the other.
//
// Nothing in it is ever destroyed: only trivially destructible types go in.
// Thread safety: none; an arena belongs to the worker that holds its ticket.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace flux {

class Arena {
 public:
  // What has been taken so far. Valid until a release() to an earlier mark.
  struct Mark {
    std::size_t block = 0;
    std::size_t used = 0;
  };

  // `size` bytes, aligned for any column (16), not initialised.
  std::byte* take(std::size_t size) {
    size = (size + 15) & ~std::size_t{15};
    if (blocks_.empty() || size > blocks_[at_.block].size - at_.used) next_block(size);
    std::byte* bytes = blocks_[at_.block].bytes.get() + at_.used;
    at_.used += size;
    return bytes;
  }

  // Room for `count` values, not initialised.
  template <class T>
  std::span<T> array(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T>, "an arena destroys nothing");
    static_assert(alignof(T) <= 16, "an arena aligns to 16 bytes");
    return {reinterpret_cast<T*>(take(count * sizeof(T))), count};
  }

  std::string_view copy(std::string_view text) {
    char* bytes = reinterpret_cast<char*>(take(text.size()));
    if (!text.empty()) std::memcpy(bytes, text.data(), text.size());
    return {bytes, text.size()};
  }

  Mark mark() const { return at_; }
  void release(Mark mark) { at_ = mark; }

  // Bytes taken, about: what lies unused at the end of a block counts as taken.
  std::size_t used() const {
    std::size_t sum = at_.used;
    for (std::size_t i = 0; i < at_.block; ++i) sum += blocks_[i].size;
    return sum;
  }

  // Forgets everything; keeps at most `keep` bytes of memory for the next use.
  void reset(std::size_t keep) {
    at_ = {};
    std::size_t held = 0;
    std::size_t count = 0;
    while (count < blocks_.size() && held + blocks_[count].size <= keep) held += blocks_[count++].size;
    blocks_.resize(count);
  }

 private:
  struct Block {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size;
  };

  // Moves on to a block with `size` bytes of room: the next one there is, if it
  // is large enough, or a new one in its place.
  void next_block(std::size_t size) {
    std::size_t next = blocks_.empty() ? 0 : at_.block + 1;
    if (next >= blocks_.size() || blocks_[next].size < size) {
      const std::size_t room = size > kBlock ? size : kBlock;
      blocks_.insert(blocks_.begin() + static_cast<std::ptrdiff_t>(next),
                     Block{std::make_unique_for_overwrite<std::byte[]>(room), room});
    }
    at_ = {next, 0};
  }

  static constexpr std::size_t kBlock = 256 << 10;

  std::vector<Block> blocks_;
  Mark at_;
};

}  // namespace flux
