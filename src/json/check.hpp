// The plain strict checker of JSON text (RFC 8259): slow, and right. It says where
// and why a text is not JSON; the fast reader in documents.hpp only says whether.
//
// Pure functions, safe from any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace flux::json {

// The first thing that is wrong with a text.
struct Flaw {
  std::size_t offset;  // in bytes
  std::string reason;  // "expected ',' or '}', found 'x'"
  bool operator==(const Flaw&) const = default;
};

// Nothing if `text` is exactly one JSON value with nothing but JSON white space
// around it: valid UTF-8, surrogates in pairs, nested at most kMaxDepth deep.
std::optional<Flaw> find_flaw(std::string_view text);

inline bool is_value(std::string_view text) { return !find_flaw(text); }

}  // namespace flux::json
