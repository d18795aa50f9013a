// What stands in messages about an event: which member, and what was found there.
//
//   throw flux::Refused("member '" + flux::to_string(path) + "': wants a time, found " + flux::shown(value));
//
// Pure functions, safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "value.hpp"

namespace flux {

// As a spec would write it: user.name, or user."odd key".
inline std::string to_string(const Member& member) {
  const auto is_word = [](std::string_view name) {
    for (std::size_t i = 0; i < name.size(); ++i) {
      const char c = name[i];
      const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      const bool may_follow = (c >= '0' && c <= '9') || c == '-';
      if (!is_letter && (i == 0 || !may_follow)) return false;
    }
    return !name.empty();
  };
  std::string text;
  for (const std::string& name : member.names) {
    if (&name != &member.names.front()) text += '.';
    text += is_word(name) ? name : '"' + name + '"';
  }
  return text;
}

// A value, cut short where it is long; of objects and arrays only that they are one.
inline std::string shown(Json value) {
  constexpr std::size_t kMost = 80;
  if (value.text.starts_with('{')) return "an object";
  if (value.text.starts_with('[')) return "an array";
  if (value.text.size() <= kMost) return std::string(value.text);
  std::size_t end = kMost;
  while ((static_cast<unsigned char>(value.text[end]) & 0xC0) == 0x80) --end;  // not within a character
  return std::string(value.text.substr(0, end)) + "...";
}

}  // namespace flux
