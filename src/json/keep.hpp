// An object with only some of its members: the opposite of removing them. What stays
// keeps its bytes and its place.
//
// Immutable once built; safe to use from any thread.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/arena.hpp"
#include "core/type.hpp"
#include "json/wanted.hpp"

namespace flux::json {

class Kept {
 public:
  // REQUIRES: no path is empty.
  explicit Kept(std::span<const Path> paths);

  bool is_everything() const { return wanted_.slots() == 0; }

  // All members that a path names, duplicates included, as if all others had been
  // removed one by one; but an object on the way to a member stays only if one is in it.
  // The result is in the arena. REQUIRES: `object` is valid and starts with '{'; eight
  // bytes readable behind it.
  std::string_view apply(std::string_view object, Arena& arena) const;

 private:
  Wanted wanted_;
  std::vector<bool> is_whole_;  // by place: the member itself is named, and not only what is in it
};

}  // namespace flux::json
