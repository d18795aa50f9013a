// The elements of one array, one after the other, in text that is known to be valid.
//
// Thread safety: none; reads only.
#pragma once

#include <cstddef>
#include <string_view>

#include "json/skip.hpp"

namespace flux::json {

class Elements {
 public:
  // REQUIRES: `array` is valid JSON and begins with '['.
  explicit Elements(std::string_view array) : text_(array) {}

  // Moves on to the next element; false when there is none left.
  bool next() {
    std::size_t at = skip_white_space(text_, end_);
    if (text_[at] == ']') return false;
    if (text_[at] == ',') at = skip_white_space(text_, at + 1);
    begin_ = at;
    end_ = skip_value(text_, at);
    return true;
  }

  // The element at hand.
  std::string_view value() const { return text_.substr(begin_, end_ - begin_); }

 private:
  std::string_view text_;
  std::size_t begin_ = 0;
  std::size_t end_ = 1;
};

}  // namespace flux::json
