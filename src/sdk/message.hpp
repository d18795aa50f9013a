// What was found in an event, for a message about it:
//
//   throw flux::Refused("member '" + flux::to_string(path) + "': wants a time, found " + flux::shown(value));
//
// A pure function, safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "value.hpp"

namespace flux {

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
