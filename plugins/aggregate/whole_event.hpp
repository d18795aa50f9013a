// Members of an event by agents that take it whole, because they give it back later.
#pragma once

#include <flux/json_reader.hpp>
#include <flux/value.hpp>
#include <optional>
#include <string>
#include <string_view>

// As flux finds what describe() names: nothing where it is missing or null, and what
// is no object fails.
inline std::optional<flux::Json> member_of(flux::Json event, const flux::Member& path) {
  if (!flux::is_object(event)) {
    constexpr std::size_t kEnough = 80;  // bytes: to recognise it by
    const bool is_short = event.text.size() <= kEnough && !flux::is_array(event);
    throw flux::Refused("wants an object, found " + (is_short                ? std::string(event.text)
                                                     : flux::is_array(event) ? "an array"
                                                                             : "a long scalar"));
  }
  const std::optional<flux::Json> found = flux::find(event, path);
  return found && found->text != "null" ? found : std::nullopt;
}
