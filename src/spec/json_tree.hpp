// A JSON file as a tree in which every value and every key knows its place, so that
// whoever reads the tree can show what is wrong in it. nlohmann's own tree has no
// places, and rounds numbers; this one keeps their digits.
//
// Plain values; thread safety as for any value. Invariants: no object has a key
// twice, and no more than kMaxNesting values contain each other, so that functions
// on the tree may call themselves.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "spec/text_file.hpp"

namespace flux::spec {

inline constexpr std::size_t kMaxNesting = 512;

struct JsonNode {
  enum class Kind { null, boolean, number, string, list, object };

  Kind kind = Kind::null;
  Span span;
  std::string text;             // as written; of a string its content; of a list or object empty
  std::string key;              // of a member of an object
  Span key_span;                // with its quotes
  std::vector<JsonNode> items;  // of a list its values, of an object its members in order

  // The member of that name, or nullptr.
  const JsonNode* member(std::string_view name) const;
};

// "a number", "a list": what people call it.
std::string_view name_of(JsonNode::Kind kind);

// Throws Error with file, line and column if the text is not one JSON value.
JsonNode read_json(const TextFile& file);

}  // namespace flux::spec
