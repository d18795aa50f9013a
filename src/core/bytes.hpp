// A growing run of values that are never zeroed: bytes that output is encoded into,
// lines of a block. A vector would write every value twice.
//
// Thread safety: none.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <type_traits>

namespace flux {

template <class T>
class Buffer {
  static_assert(std::is_trivially_copyable_v<T>, "a Buffer moves its values as bytes");

 public:
  // Where the next `count` values may be written; commit() says how many were.
  T* room(std::size_t count) {
    if (capacity_ - size_ < count) grow(count);
    return data_.get() + size_;
  }
  void commit(const T* end) { size_ = static_cast<std::size_t>(end - data_.get()); }

  void append(const T& value) {
    *room(1) = value;
    ++size_;
  }
  void append(std::basic_string_view<T> values) requires std::is_same_v<T, char> {
    T* to = room(values.size());
    if (!values.empty()) std::memcpy(to, values.data(), values.size());
    size_ += values.size();
  }

  // Empties it; memory for more than `keep` values is given back.
  void clear(std::size_t keep) {
    size_ = 0;
    if (capacity_ <= keep) return;
    data_.reset();
    capacity_ = 0;
  }

  const T* data() const { return data_.get(); }
  std::string_view view() const requires std::is_same_v<T, char> { return {data_.get(), size_}; }
  const T& operator[](std::size_t index) const { return data_[index]; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

 private:
  void grow(std::size_t count) {
    const std::size_t capacity = std::max({capacity_ * 2, size_ + count, std::size_t{4096}});
    auto bigger = std::make_unique_for_overwrite<T[]>(capacity);
    if (size_ != 0) std::memcpy(bigger.get(), data_.get(), size_ * sizeof(T));
    data_ = std::move(bigger);
    capacity_ = capacity;
  }

  std::unique_ptr<T[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

using Bytes = Buffer<char>;

}  // namespace flux
