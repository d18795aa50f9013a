// Lines as a Reader wants them, with readable bytes around that are not zero.
#pragma once

#include <string>
#include <string_view>
#include <vector>

class Chunk {
 public:
  explicit Chunk(std::string_view lines, char around = '"') : size_(lines.size()) {
    bytes_ = std::string(kBefore, around);
    bytes_ += lines;
    bytes_ += std::string(kBehind, around);
  }

  std::string_view text() const { return std::string_view(bytes_).substr(kBefore, size_); }

 private:
  static constexpr std::size_t kBefore = 16;
  static constexpr std::size_t kBehind = 64;
  std::string bytes_;
  std::size_t size_;
};

inline std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}
