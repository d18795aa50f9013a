// Agents that parse a member and keep the event: what the text says becomes the
// member's value, or that of another one, as an object.
#pragma once

#include <concepts>
#include <flux/agent.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "on_text.hpp"

// Writes what a text says as JSON, or says why it cannot.
template <class T>
concept Source = requires(T& source, std::string_view text, flux::JsonWriter& to) {
  { source.write(text, to) } -> std::same_as<std::optional<std::string>>;
};

// The object is put together in memory of the instance: one per worker, not one for all.
template <Source S>
class Expand : public flux::Extend {
 public:
  Expand(flux::Member path, std::optional<flux::Member> into, S source)
      : path_(std::move(path)), into_(into ? *std::move(into) : path_), source_(std::move(source)) {}

  void describe(flux::Ports& ports) const {
    ports.takes(path_);
    ports.sets(into_);
  }
  void invoke(std::string_view text, flux::Edits& edits) const {
    object_.clear();
    if (const auto why = source_.write(without_newline(text), object_)) return edits.refuse(*why);
    edits.set(0, flux::Json{object_.text()});
  }

 private:
  flux::Member path_;
  flux::Member into_;
  mutable S source_;
  mutable flux::JsonWriter object_;
};

inline constexpr const char* kExpandPathSummary = "The member to read";
inline constexpr const char* kIntoSummary = "The member to set; if not given, the one that was read";
