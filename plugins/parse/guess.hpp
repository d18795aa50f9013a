// Values that look like numbers or words of JSON, taken for what they look like.
//
// Thread safety: pure functions.
#pragma once

#include <flux/json_writer.hpp>
#include <string_view>

// Whether `text` is a JSON number as it stands, or true, or false. 007 and 1. are
// none: an identifier keeps its zeros.
bool is_json_word(std::string_view text);

// Writes `text` as a string, or if `typed` as what it looks like.
inline void put_scalar(std::string_view text, bool typed, flux::JsonWriter& to) {
  if (typed && is_json_word(text)) {
    to.value(flux::Json{text});
  } else {
    to.value(text);
  }
}
