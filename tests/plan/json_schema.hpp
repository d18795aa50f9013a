// As much of JSON Schema as the schema of the config file is written in. A keyword
// that is not known here is an exception: it would be silently without effect.
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <stdexcept>
#include <string>

namespace json_schema {

using Json = nlohmann::json;

inline bool is_of_type(const Json& value, const std::string& type) {
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  return value.type_name() == type;  // "object", "array", "string", "boolean"
}

class Schema {
 public:
  explicit Schema(Json root) : root_(std::move(root)) {}

  bool accepts(const Json& value) const { return accepts(root_, value); }
  const Json& root() const { return root_; }

 private:
  bool accepts(const Json& schema, const Json& value) const {
    return std::ranges::all_of(
        schema.items(), [&](const auto& rule) { return holds(schema, rule.key(), rule.value(), value); });
  }

  bool holds(const Json& schema, const std::string& keyword, const Json& rule, const Json& value) const {
    const auto every = [](const Json& list, auto holds) { return std::ranges::all_of(list, holds); };
    if (keyword == "type") return is_of_type(value, rule);
    if (keyword == "enum") return std::ranges::find(rule, value) != rule.end();
    if (keyword == "minLength") return !value.is_string() || value.get<std::string>().size() >= rule;
    if (keyword == "pattern")
      return !value.is_string() || std::regex_search(value.get<std::string>(), std::regex(std::string(rule)));
    if (keyword == "minimum") return !value.is_number() || value >= rule;
    if (keyword == "maximum") return !value.is_number() || value <= rule;
    if (keyword == "minItems") return !value.is_array() || value.size() >= rule;
    if (keyword == "items")
      return !value.is_array() || every(value, [&](const Json& item) { return accepts(rule, item); });
    if (keyword == "required")
      return !value.is_object() || every(rule, [&](const Json& key) { return value.contains(key); });
    if (keyword == "properties") {
      if (!value.is_object()) return true;
      return std::ranges::all_of(value.items(), [&](const auto& member) {
        return !rule.contains(member.key()) || accepts(rule.at(member.key()), member.value());
      });
    }
    if (keyword == "additionalProperties") {
      if (!value.is_object()) return true;
      return std::ranges::all_of(
          value.items(), [&](const auto& member) { return schema.at("properties").contains(member.key()); });
    }
    if (keyword == "anyOf")
      return std::ranges::any_of(rule, [&](const Json& one) { return accepts(one, value); });
    if (keyword == "$ref")
      return accepts(root_.at(Json::json_pointer(rule.get<std::string>().substr(1))), value);
    const char* const kSilent[] = {"$schema", "$defs", "title", "description"};
    if (std::ranges::find(kSilent, keyword) == std::end(kSilent))
      throw std::invalid_argument("the schema uses '" + keyword + "'");
    return true;
  }

  Json root_;
};

}  // namespace json_schema
