// The members that somebody wants of every object: a tree of names, laid out for
// looking up one key after the other.
//
// Immutable once built; safe to read from any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/type.hpp"

namespace flux::json {

class Wanted {
 public:
  // Every distinct path, and every way to one, has a place where a reader notes
  // what it found. Places are numbered so that what lies below a name comes right
  // behind it: forgetting a name and all below it is clearing a range.
  struct Name {
    std::string text;
    std::string quoted;        // as a key without escapes
    std::string quoted_end;    // text and the closing quote
    std::uint64_t head;        // the first eight bytes of quoted_end
    std::uint64_t head_mask;   // of them, those that it has
    std::uint64_t tail;        // the last eight bytes of quoted
    std::uint64_t tail_mask;   // of them, those that it has
    std::uint32_t place;       // its own
    std::uint32_t places_end;  // one past the last that lies below it
    std::int32_t level_below;  // kNoLevel: nothing is wanted inside its value
  };

  // The names wanted of one object.
  struct Level {
    std::vector<Name> names;

    // The name that a key without escapes spells, or null. `key`: behind its opening
    // quote; `room`: bytes up to the end of its closing quote, or more.
    // REQUIRES: eight bytes readable at `key`.
    const Name* find_raw(const char* key, std::size_t room) const;

    // The name that the key in front of `end`, its closing quote included, spells without
    // escapes, or null. `begin`: of the line, a brace.
    const Name* find_before(const char* begin, const char* end) const;

    // The same for the text of a key.
    const Name* find(std::string_view text) const;

   private:
    friend class Wanted;
    const Name* find_before_short(std::string_view line) const;

    std::array<bool, 256> may_begin_{};  // by the byte behind the opening quote
  };

  static constexpr std::int32_t kNoLevel = -1;

  Wanted() : Wanted(std::span<const Path>()) {}

  // Slot i is for paths[i]. The same path twice, and one inside the other, are fine.
  // REQUIRES: no path is empty.
  explicit Wanted(std::span<const Path> paths);

  // Whether the bytes "name" are a string wherever they stand in JSON, unless a backslash
  // stands before them, and a key can spell it with escapes of the kind \u alone. So no
  // name holds a character that has a short escape, is empty, or begins with what may follow a string.
  bool has_plain_names() const { return has_plain_names_; }

  std::size_t slots() const { return place_of_slot_.size(); }
  std::size_t places() const { return places_; }
  std::uint32_t place_of(std::size_t slot) const { return place_of_slot_[slot]; }

  // Shows every name of every level.
  template <class Show>
  void for_each_name(Show show) const {
    for (const Level& level : levels_)
      for (const Name& name : level.names) show(name);
  }

  const Level& top() const { return levels_[0]; }
  const Level& level(std::int32_t index) const { return levels_[static_cast<std::size_t>(index)]; }

 private:
  void add(const Path& path);
  static std::size_t add_name(Level& level, const std::string& text);
  std::uint32_t number_places(Level& numbered, std::uint32_t next);
  std::uint32_t place_at(const Path& path) const;

  std::vector<Level> levels_;  // [0]: of the event itself
  std::vector<std::uint32_t> place_of_slot_;
  std::uint32_t places_ = 0;
  bool has_plain_names_ = true;
};

inline const Wanted::Name* Wanted::Level::find_raw(const char* key, std::size_t room) const {
  if (!may_begin_[static_cast<unsigned char>(*key)]) return nullptr;  // most keys
  std::uint64_t head;
  std::memcpy(&head, key, sizeof head);
  for (const Name& name : names) {
    if ((head & name.head_mask) != name.head) continue;
    // With its closing quote in the comparison, nobody needs to know how long the key is.
    const std::string& wanted = name.quoted_end;
    if (wanted.size() <= sizeof head) return &name;
    if (wanted.size() <= room && std::memcmp(key, wanted.data(), wanted.size()) == 0) return &name;
  }
  return nullptr;
}

inline const Wanted::Name* Wanted::Level::find_before(const char* begin, const char* end) const {
  const auto room = static_cast<std::size_t>(end - begin);
  std::uint64_t tail;
  if (room < sizeof tail) return find_before_short({begin, room});
  std::memcpy(&tail, end - sizeof tail, sizeof tail);
  for (const Name& name : names) {
    if ((tail & name.tail_mask) != name.tail) continue;
    const std::size_t size = name.quoted.size();
    if (size >= room) continue;
    if (size > sizeof tail && std::memcmp(end - size, name.quoted.data(), size) != 0) continue;
    // Else it is the end of a longer key: "the \"level".
    if (*(end - size - 1) != '\\') return &name;
  }
  return nullptr;
}

}  // namespace flux::json
