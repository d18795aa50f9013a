#include "spec/json_text.hpp"

#include <nlohmann/json.hpp>

#include "spec/wide_json.hpp"

namespace flux::spec {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

namespace {

// The size of the character at the front, 0 if it is broken: Unicode 15, table 3-7.
std::size_t character_size(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const auto within = [&](std::size_t i, unsigned low, unsigned high) {
    return byte(i) >= low && byte(i) <= high;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (within(0, 0xC2, 0xDF)) return within(1, 0x80, 0xBF) ? 2 : 0;
  if (within(0, 0xE0, 0xEF)) {
    const bool second = within(1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF);
    return second && within(2, 0x80, 0xBF) ? 3 : 0;
  }
  if (within(0, 0xF0, 0xF4)) {
    const bool second = within(1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF);
    return second && within(2, 0x80, 0xBF) && within(3, 0x80, 0xBF) ? 4 : 0;
  }
  return 0;
}

// The same string in double quotes.
std::string with_double_quotes(std::string_view single_quoted) {
  std::string text = "\"";
  const std::string_view inside = single_quoted.substr(1, single_quoted.size() - 2);
  for (std::size_t i = 0; i < inside.size(); ++i) {
    const bool escape = inside[i] == '\\';
    if (escape && inside[i + 1] == '\'') continue;  // JSON has no \', and needs none
    if (escape) text += inside[i++];
    if (!escape && inside[i] == '"') text += '\\';
    text += inside[i];
  }
  return text + '"';
}

}  // namespace

std::size_t valid_utf8_size(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t size = character_size(text.substr(at));
    if (size == 0) break;
    at += size;
  }
  return at;
}

bool is_json(std::string_view text) {
  // nlohmann skips a byte order mark, and takes a NUL for the end.
  if (text.starts_with("\xEF\xBB\xBF") || text.find('\0') != text.npos) return false;
  return WideJson::accept(text);
}

std::optional<std::size_t> quoted_size(std::string_view text) {
  if (text.empty() || (text[0] != '"' && text[0] != '\'')) return {};
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == text[0]) return i + 1;
    if (text[i] == '\\') ++i;
  }
  return {};
}

std::optional<std::string> unquote(std::string_view text) {
  if (quoted_size(text) != text.size()) return {};
  const auto string = nlohmann::json::parse(text[0] == '"' ? std::string(text) : with_double_quotes(text),
                                            nullptr, /*allow_exceptions=*/false);
  if (!string.is_string()) return {};
  return string.get<std::string>();
}

std::string quote(std::string_view content) { return nlohmann::json(content).dump(); }

}  // namespace flux::spec
