// The landmarks of lines that are taken to be well-formed: where brackets, colons and
// newlines stand outside strings. Less than simdjson's stage 1 finds, and in less time:
// no UTF-8 is checked, and of a member only its colon is noted.
//
// Whatever the text holds, what is read here stays within it.
// Thread safety: none; each Reader has its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace flux::json {

class Landmarks {
 public:
  // False if a newline stands inside a string: then some line is not JSON, and the rest
  // means nothing. REQUIRES: `text` ends in a newline; 64 bytes readable behind it.
  bool build(const char* text, std::size_t size);

  // The offset of every { } [ ] : and '\n' outside strings, ascending. The last one is
  // the newline at the end of the text. Valid until the next build(), like all below.
  const std::uint32_t* marks() const { return marks_.get(); }
  std::size_t lines() const { return lines_; }

  // The offset of the u of every \u, ascending, and one behind them all that is beyond any text.
  const std::uint32_t* unicode_escapes() const { return unicode_escapes_.data(); }

  // The offset behind the closing quote of the string that opens at `quote`.
  std::uint32_t string_end(std::uint32_t quote) const;
  // The offset of the opening quote of the string that `quote` closes.
  std::uint32_t string_begin(std::uint32_t quote) const;

 private:
  void fit(std::size_t size);
  void note_escapes(std::uint32_t offset, std::uint64_t which);

  std::unique_ptr<std::uint32_t[]> marks_;
  std::unique_ptr<std::uint64_t[]> in_string_;  // bit by byte: from an opening quote up to the closing one
  std::size_t capacity_ = 0;                    // in bytes of text
  std::size_t lines_ = 0;
  std::vector<std::uint32_t> unicode_escapes_;
};

}  // namespace flux::json
