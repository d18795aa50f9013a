// The landmarks of lines that are taken to be well-formed: where they end, and where a
// wanted key may stand. No strings are told from what is outside them: where the bytes
// "name" stand in JSON, and no backslash before them, they are a string of their own, for
// neither can a bare quote stand inside a string nor a name follow one that is closed.
//
// Whatever the text holds, what is read here stays within it.
// Thread safety: none; each Reader has its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "json/landmark_masks.hpp"
#include "json/wanted.hpp"

namespace flux::json {

class Landmarks {
 public:
  explicit Landmarks(const Wanted& wanted);

  // REQUIRES: `text` ends in a newline; 64 bytes readable behind it, and three in front.
  void build(const char* text, std::size_t size);

  // The offset of every landmark (see find_landmarks), ascending. The last one is the
  // newline at the end of the text. Valid until the next build().
  const std::uint32_t* marks() const { return marks_.get(); }
  std::size_t lines() const { return lines_; }

 private:
  void fit(std::size_t size);

  KeyLooks keys_;
  std::unique_ptr<std::uint32_t[]> marks_;
  std::size_t capacity_ = 0;  // in bytes of text
  std::size_t lines_ = 0;
};

}  // namespace flux::json
