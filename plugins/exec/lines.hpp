// What comes out of a pipe, as lines.
//
// Thread safety: none.
#pragma once

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

class Lines {
 public:
  enum class Read { some, nothing, end };

  // Reads once what is there. At the end a last line needs no newline.
  Read read(int fd) {
    const ssize_t size = ::read(fd, chunk_.data(), chunk_.size());
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return Read::nothing;
    if (size <= 0) {
      if (!is_empty() && bytes_.back() != '\n') bytes_ += '\n';
      return Read::end;
    }
    bytes_.append(chunk_.data(), static_cast<std::size_t>(size));
    return Read::some;
  }

  // The first line without its newline, if it has come in whole. Valid until the next
  // read() or pop().
  std::optional<std::string_view> front() {
    const std::size_t newline = bytes_.find('\n', searched_);
    searched_ = newline == std::string::npos ? bytes_.size() : newline;
    if (newline == std::string::npos) return std::nullopt;
    return std::string_view(bytes_).substr(begin_, newline - begin_);
  }

  // REQUIRES: front() has just given a line.
  void pop() {
    begin_ = ++searched_;
    if (begin_ == bytes_.size()) {
      clear();
    } else if (begin_ > bytes_.size() / 2) {
      bytes_.erase(0, begin_);
      begin_ = searched_ = 0;
    }
  }

  void clear() {
    bytes_.clear();
    if (bytes_.capacity() > kMostKept) bytes_.shrink_to_fit();
    begin_ = searched_ = 0;
  }

  bool is_empty() const { return begin_ == bytes_.size(); }
  std::size_t size() const { return bytes_.size() - begin_; }  // in bytes

 private:
  static constexpr std::size_t kMostKept = 1 << 20;  // for the next lines, which are shorter

  std::array<char, 64 << 10> chunk_;  // a pipe's worth
  std::string bytes_;
  std::size_t begin_ = 0;     // of the first line
  std::size_t searched_ = 0;  // there is no newline in [begin_, searched_)
};
