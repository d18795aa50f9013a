// What the parsing agents share: they read the event itself, a string, or one member.
#pragma once

#include <flux/agent.hpp>
#include <optional>
#include <string_view>
#include <utility>

class OnText {
 public:
  explicit OnText(std::optional<flux::Member> path) : path_(std::move(path)) {}
  void describe(flux::Ports& ports) const {
    if (path_) ports.takes(*path_);
  }

 private:
  std::optional<flux::Member> path_;
};

// The log of a container keeps the newline of each line, which is no part of it.
inline std::string_view without_newline(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

inline constexpr const char* kPathSummary = "The member to read; if not given, the event itself is the text";
inline constexpr const char* kTypedSummary =
    "Whether values that are written like a JSON number, true or false are given as such";
