// Questions about pieces of JSON text: is it a value, where does a string end, what
// does it say. JSON here is RFC 8259 and valid UTF-8, nothing more.
//
// Thread safety: functions without state.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace flux::spec {

// Space, tab, newline, carriage return.
bool is_space(char c);

// The bytes in front of the first that is not UTF-8; all of them if it is.
std::size_t valid_utf8_size(std::string_view text);

// One JSON value and nothing else. Numbers may be larger than a double: 1e400.
bool is_json(std::string_view text);

// The size of the quoted string at the front of `text`, quotes included: "…" or
// '…', in which a backslash guards the character behind it. Nothing if it is not
// closed. Does not look at the escapes.
std::optional<std::size_t> quoted_size(std::string_view text);

// What one quoted string says: a JSON string, or the same in single quotes (where \'
// is one more escape). Nothing if it is not one, or has a wrong escape.
std::optional<std::string> unquote(std::string_view text);

// The JSON string that says `content`. REQUIRES: content is valid UTF-8.
std::string quote(std::string_view content);

}  // namespace flux::spec
