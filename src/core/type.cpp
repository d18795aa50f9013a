#include "core/type.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace flux {

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::int64:
      return "int";
    case Kind::float64:
      return "float";
    case Kind::boolean:
      return "bool";
    case Kind::string:
      return "string";
    case Kind::json:
      return "json";
  }
  return "?";
}

namespace {

bool is_bare_word(std::string_view word) {
  auto letter = [](unsigned char c) { return std::isalpha(c) != 0 || c == '_'; };
  return !word.empty() && letter(static_cast<unsigned char>(word[0])) &&
         std::all_of(word.begin(), word.end(),
                     [&](unsigned char c) { return letter(c) || std::isdigit(c) != 0 || c == '-'; });
}

// As a JSON string. Control characters, those of Unicode's second set among them
// (U+0080..U+009F, in UTF-8 behind 0xC2), would drive a terminal: they are escaped.
std::string quoted(std::string_view name) {
  std::string text = "\"";
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto byte = static_cast<unsigned char>(name[i]);
    const auto next = static_cast<unsigned char>(i + 1 < name.size() ? name[i + 1] : 0);
    if (byte == 0xC2 && next >= 0x80 && next < 0xA0) {
      text += fmt::format("\\u{:04x}", next);
      ++i;
    } else if (byte < 0x20 || byte == 0x7F) {
      text += fmt::format("\\u{:04x}", byte);
    } else {
      if (byte == '"' || byte == '\\') text += '\\';
      text += name[i];
    }
  }
  return text + '"';
}

}  // namespace

std::string to_string(const Path& path) {
  std::string text;
  for (const std::string& name : path) {
    if (!text.empty()) text += '.';
    text += is_bare_word(name) ? name : quoted(name);
  }
  return text;
}

std::string to_string(const Type& type) {
  if (type.is_nothing()) return "nothing";
  if (type.is_bare()) return std::string(name_of(type.fields[0].kind)) + (type.fields[0].optional ? "?" : "");
  std::string text = type.name.empty() ? "{" : type.name + " {";
  for (const Field& field : type.fields) {
    if (&field != &type.fields[0]) text += ", ";
    text += to_string(field.path);
    if (field.optional) text += '?';
    text += ": ";
    text += name_of(field.kind);
  }
  return text + "}";
}

}  // namespace flux
