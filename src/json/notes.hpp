// What a walk over one line found of the wanted members, by place.
//
// Thread safety: none; each walk has its own.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "json/wanted.hpp"

namespace flux::json {

// One member of an object. Offsets into the chunk. Missing: value and end are 0.
struct Member {
  std::uint32_t key = 0;    // opening quote of the key
  std::uint32_t value = 0;  // first byte of the value
  std::uint32_t end = 0;    // one past the last byte of the value
  bool operator==(const Member&) const = default;
};

class Notes {
 public:
  explicit Notes(const Wanted& wanted) : members_(wanted.places()) {}

  void clear() {
    std::fill(members_.begin(), members_.end(), Member{});
    has_duplicates_ = false;
  }

  // The last member of a name counts: all that was noted under an earlier one goes.
  void forget(const Wanted::Name& name) {
    Member* const first = members_.data() + name.place;
    if (first->value == 0) return;
    has_duplicates_ = true;
    std::fill(first, members_.data() + name.places_end, Member{});
  }

  void set(std::uint32_t place, const Member& member) { members_[place] = member; }

  bool is_empty() const { return members_.empty(); }
  const Member& operator[](std::uint32_t place) const { return members_[place]; }
  // Whether a wanted name stood twice in the same object.
  bool has_duplicates() const { return has_duplicates_; }

 private:
  std::vector<Member> members_;
  bool has_duplicates_ = false;
};

}  // namespace flux::json
