// What everybody who reads the tree of a config file asks: is this value of the
// right kind, does this object hold only keys that mean something, what does this
// string say with its variables filled in. Every Error names file, line and column.
//
// Thread safety: none needed; it lives while one file is read. Refers to the file
// and the environment, which outlive it.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "spec/ast.hpp"
#include "spec/environment.hpp"
#include "spec/json_tree.hpp"
#include "spec/text_file.hpp"

namespace flux::spec {

class ConfigReader {
 public:
  ConfigReader(const TextFile& file, const Environment& environment)
      : file_(file), environment_(environment) {}

  Error error(Span span, const std::string& message, std::string hint) const;

  // `node` has that kind, or: "'plugins' must be a list of strings, found a number".
  void require(const JsonNode& node, JsonNode::Kind kind, std::string_view whose,
               std::string_view wanted) const;

  // `object` is an object without other keys than these.
  void require_keys(const JsonNode& object, std::string_view whose,
                    std::initializer_list<const char*> known) const;

  // REQUIRES: node is a string.
  std::string string(const JsonNode& node) const;

  // The string as a pipeline spec. Its errors show the place in the spec, too.
  Pipeline spec(const JsonNode& node) const;

  // The members of a "config" object.
  std::vector<Setting> settings(const JsonNode& object) const;

  // The value as JSON text in one line: strings filled in, numbers as written.
  std::string json(const JsonNode& node) const;

 private:
  const TextFile& file_;
  const Environment& environment_;
};

}  // namespace flux::spec
