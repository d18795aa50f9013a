// Values that look like numbers or words of JSON, taken for what they look like.
//
// Thread safety: pure functions.
#pragma once

#include <string_view>

// Whether `text` is a JSON number as it stands, or true, or false. 007 and 1. are
// none: an identifier keeps its zeros.
bool is_json_word(std::string_view text);
