#include "spec/config_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "spec/json_text.hpp"
#include "spec/parser.hpp"
#include "spec/path.hpp"

namespace flux::spec {

Error ConfigReader::error(Span span, const std::string& message, std::string hint) const {
  return file_.error(span, message, std::move(hint));
}

void ConfigReader::require(const JsonNode& node, JsonNode::Kind kind, std::string_view whose,
                           std::string_view wanted) const {
  if (node.kind == kind) return;
  throw error(node.span, fmt::format("'{}' must be {}, found {}", whose, wanted, name_of(node.kind)),
              fmt::format("write {}", wanted));
}

void ConfigReader::require_keys(const JsonNode& object, std::string_view whose,
                                std::initializer_list<const char*> known) const {
  require(object, JsonNode::Kind::object, whose, "an object");
  const std::vector<std::string> names(known.begin(), known.end());
  for (const JsonNode& member : object.items) {
    if (std::find(names.begin(), names.end(), member.key) != names.end()) continue;
    const auto meant = nearest(member.key, names);
    throw error(member.key_span, fmt::format("unknown key '{}'", printable(member.key)),
                meant ? fmt::format("did you mean '{}'?", *meant)
                      : fmt::format("known here: {}", fmt::join(names, ", ")));
  }
}

std::string ConfigReader::string(const JsonNode& node) const {
  try {
    return fill_in(node.text, environment_);
  } catch (const Error& unset) {
    throw error(node.span, unset.message, unset.hint);
  }
}

Pipeline ConfigReader::spec(const JsonNode& node) const {
  const std::string text = string(node);
  try {
    return parse(text);
  } catch (const Error& wrong) {
    throw Error(fmt::format("{}: {}", file_.place(node.span.begin), wrong.message), wrong.hint, wrong.at);
  }
}

std::vector<Setting> ConfigReader::settings(const JsonNode& object) const {
  using Kind = JsonNode::Kind;
  require(object, Kind::object, "config", "an object");
  std::vector<Setting> settings;
  for (const JsonNode& member : object.items) {
    if (member.key.empty() || bare_size(member.key) != member.key.size())
      throw error(member.key_span, fmt::format("'{}' is no name of a setting", printable(member.key)),
                  "a name is made of letters, digits and '_'");
    const bool is_string = member.kind == Kind::string;
    if (!is_string && member.kind != Kind::number && member.kind != Kind::boolean)
      throw error(member.span,
                  fmt::format("'{}' must be a single value, found {}", member.key, name_of(member.kind)),
                  "write a number, a string, true or false, or leave the key out");
    settings.push_back({member.key, member.key_span, is_string ? string(member) : member.text, member.span});
  }
  return settings;
}

std::string ConfigReader::json(const JsonNode& node) const {
  if (node.kind == JsonNode::Kind::string) return quote(string(node));
  const bool is_object = node.kind == JsonNode::Kind::object;
  if (!is_object && node.kind != JsonNode::Kind::list) return node.text;
  std::string text;
  for (const JsonNode& item : node.items) {
    if (!text.empty()) text += ", ";
    if (is_object) text += quote(item.key) + ": ";
    text += json(item);
  }
  return is_object ? "{" + text + "}" : "[" + text + "]";
}

}  // namespace flux::spec
