// Changes to members of one object whose places are known: one copy of the text, with
// splices. What edit.hpp does for any object is done here for the usual one, many times
// faster; where a patch does not know how, it says so, and edit() does it.
//
// Thread safety: none; keeps its scratch memory from one object to the next.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "json/walk.hpp"

namespace flux::json {

class Patch {
 public:
  // The object is [begin, end) of `base`, where the offsets of its members count from.
  // REQUIRES: a valid object, in which no name that is changed stands twice.
  void start(const char* base, std::uint32_t begin, std::uint32_t end);

  // REQUIRES, of all: the member is there, and no two changes are made to one member, or
  // to one member and another inside it.
  void set(const Member& member, std::string_view value);
  void remove(const Member& member);
  void rename(const Member& member, std::string_view quoted_name);
  // A new member behind all others.
  void append(std::string_view quoted_name, std::string_view value);

  // No more changes come. False: they are not of the kinds that are known here, such as
  // removing the only member.
  bool settle();

  // The rest REQUIRES: settle() was true.
  std::size_t size() const;
  char* write(char* out) const;  // returns the byte behind it

  // Where a member stands that was not removed, if the object is written at offset `to`.
  Member moved(const Member& member, std::uint32_t to) const;
  // The same of the index-th that was appended.
  Member appended(std::size_t index, std::uint32_t to) const;

 private:
  struct Splice {
    std::uint32_t begin, end;  // of the old text
    std::string_view text;     // in its place
  };
  struct Appended {
    std::string_view quoted_name;
    std::string_view value;
    // With a comma before it and a colon within.
    std::size_t size() const { return quoted_name.size() + value.size() + 2; }
  };

  std::uint32_t moved(std::uint32_t offset) const;

  const char* base_ = nullptr;
  std::uint32_t begin_ = 0;
  std::uint32_t end_ = 0;
  std::uint32_t last_value_end_ = 0;  // where members are appended
  bool is_known_ = true;
  std::vector<Splice> splices_;  // once settled: in order, none overlaps another
  std::vector<Appended> appended_;
};

}  // namespace flux::json
