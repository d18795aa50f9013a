// One text for equal JSON values, so that values can be compared and hashed as bytes.
// Every agent that tells events apart by a value uses it, so they all agree:
//
//   std::string_view key = flux::key_of(value, scratch);
//
// White space, escapes and the order of an object's members do not matter. Kinds do: "1"
// is not 1. Numbers are compared as they are written: 1 is not 1.0.
// Of an object's members with the same name only the last one counts.
//
// Pure functions, safe from any thread. REQUIRES everywhere: the text is valid JSON.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json_reader.hpp"
#include "json_writer.hpp"
#include "value.hpp"

namespace flux {

// Appends the canonical text of a value to `to`.
void append_key(Json value, std::string& to);

namespace detail {

inline void append_string(std::string_view text, std::string& to) {
  if (text.find('\\') == std::string_view::npos) {
    to += text;
    return;
  }
  JsonWriter writer;
  writer.value(text_of(Json{text}));
  to += writer.text();
}

inline void append_object(Json object, std::string& to) {
  std::vector<std::pair<std::string, std::string_view>> members;
  each_member(object, [&members](Json name, Json value) {
    std::string canonical;
    append_string(name.text, canonical);
    members.emplace_back(std::move(canonical), value.text);
  });
  std::stable_sort(members.begin(), members.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  char separator = '{';
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (i + 1 < members.size() && members[i].first == members[i + 1].first) continue;
    to.append(1, separator).append(members[i].first).append(1, ':');
    append_key(Json{members[i].second}, to);
    separator = ',';
  }
  to += members.empty() ? "{}" : "}";
}

}  // namespace detail

// Whether the value is its own canonical text, as one short look tells: never of an object
// or an array.
inline bool is_key(Json value) {
  const char first = value.text.front();
  if (first == '"') return value.text.find('\\') == std::string_view::npos;
  if (first == '{' || first == '[') return false;
  return true;
}

inline void append_key(Json value, std::string& to) {
  const char first = value.text.front();
  if (first == '"') return detail::append_string(value.text, to);
  if (first == '{') return detail::append_object(value, to);
  if (first != '[') {
    to += value.text;
    return;
  }
  char separator = '[';
  each_element(value, [&](Json element) {
    to += separator;
    append_key(element, to);
    separator = ',';
  });
  to += separator == '[' ? "[]" : "]";
}

// The canonical text of a value: in `scratch`, unless the value is written like that.
inline std::string_view key_of(Json value, std::string& scratch) {
  if (is_key(value)) return value.text;
  scratch.clear();
  append_key(value, scratch);
  return scratch;
}

// Calls each(value) for values with commas between them: what is within an array.
template <class F>
void each_listed(std::string_view list, F each) {
  while (!list.empty()) {
    std::size_t end = 0;
    std::size_t depth = 0;
    for (; end < list.size() && (depth != 0 || list[end] != ','); ++end) {
      const char c = list[end];
      if (c == '"') {
        end = list.find_first_of("\"\\", end + 1);
        while (list[end] == '\\') end = list.find_first_of("\"\\", end + 2);
      }
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
    }
    each(Json{list.substr(0, end)});
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

}  // namespace flux
