// The members of one object, one after the other, in text that is known to be valid.
//
// Thread safety: none; reads only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace flux::json {

class Members {
 public:
  // `open`: offset in `text` of the object's opening brace. REQUIRES: valid JSON.
  Members(std::string_view text, std::size_t open) : text_(text), value_end_(open + 1) {}

  // Moves on to the next member; false when there is none left.
  bool next();

  // Of the member at hand, offsets in the text: its key with the quotes, its value.
  std::size_t key_begin() const { return key_begin_; }
  std::size_t key_end() const { return key_end_; }
  std::size_t value_begin() const { return value_begin_; }
  // Before the first next(): the byte behind the opening brace.
  std::size_t value_end() const { return value_end_; }

  // Whether its key, escapes undone, reads `name`.
  bool is_called(std::string_view name) const;

  bool is_object() const { return text_[value_begin_] == '{'; }

 private:
  std::string_view text_;
  std::size_t key_begin_ = 0, key_end_ = 0, value_begin_ = 0;
  std::size_t value_end_;
};

}  // namespace flux::json
