// Checkpoints: save(Writer&) puts an agent's state, restore(Reader&) gets it back
// in the same order. Numbers are in the machine's own byte order: a snapshot is
// read by the same plugin on the same kind of machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "flux_plugin.h"

namespace flux {

namespace detail {

// What can be put byte by byte.
template <class T>
concept Flat =
    std::is_trivially_copyable_v<T> && !std::is_pointer_v<T> && !std::is_same_v<T, std::string_view>;

}  // namespace detail

class Writer {
 public:
  explicit Writer(flux_writer& to) : to_(to) {}

  template <detail::Flat T>
  void put(const T& value) {
    bytes(&value, sizeof value);
  }
  void put(const std::string& text) {
    put(static_cast<std::uint64_t>(text.size()));
    bytes(text.data(), text.size());
  }
  template <class T>
  void put(const std::vector<T>& values) {
    put(static_cast<std::uint64_t>(values.size()));
    for (const T& value : values) put(value);
  }

 private:
  void bytes(const void* from, std::size_t size) {
    if (size != 0 && to_.write(&to_, from, size) != 0) throw std::runtime_error("the snapshot was not taken");
  }

  flux_writer& to_;
};

class Reader {
 public:
  explicit Reader(std::string_view from) : rest_(from) {}

  template <detail::Flat T>
  void get(T& value) {
    std::memcpy(&value, bytes(sizeof value).data(), sizeof value);
  }
  void get(std::string& text) { text = bytes(count(1)); }
  template <class T>
  void get(std::vector<T>& values) {
    // Nothing takes less than a byte, so a damaged count cannot ask for much.
    values.resize(count(1));
    for (T& value : values) get(value);
  }

  bool is_at_end() const { return rest_.empty(); }

 private:
  std::size_t count(std::size_t size_of_each) {
    std::uint64_t count = 0;
    get(count);
    if (count > rest_.size() / size_of_each) throw std::runtime_error("the snapshot is too short");
    return count;
  }
  std::string_view bytes(std::size_t size) {
    if (size > rest_.size()) throw std::runtime_error("the snapshot is too short");
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_;
};

}  // namespace flux
