// One spelling for equal JSON values: compact, strings with the shortest escapes.
// Numbers stay as they are written, members stay in their order.
//
// Pure functions, safe from any thread.
#pragma once

#include <flux/json_reader.hpp>
#include <flux/json_writer.hpp>
#include <flux/value.hpp>
#include <string>
#include <string_view>

// Puts the canonical text of a value behind `to`. REQUIRES: valid JSON.
inline void append_canonical(std::string_view json, std::string& to) {
  std::string text;
  flux::JsonWriter writer;
  while (!json.empty()) {
    const char c = json.front();
    if (c != '"') {
      if (c != ' ' && c != '\t' && c != '\r' && c != '\n') to += c;
      json.remove_prefix(1);
      continue;
    }
    std::size_t end = json.find_first_of("\"\\", 1);
    const bool has_escapes = json[end] == '\\';
    while (json[end] == '\\') end = json.find_first_of("\"\\", end + 2);
    const std::string_view string = json.substr(0, end + 1);
    if (has_escapes) {
      text.clear();
      flux::append_text(flux::Json{string}, text);
      writer.clear();
      writer.value(text);
      to += writer.text();
    } else {
      to += string;
    }
    json.remove_prefix(string.size());
  }
}
