// One value while an expression is worked out: 16 bytes, tagged, so that a column of
// them can hold what JSON holds, and what CEL adds to that.
//
// A view: text belongs to the batch or to an arena. Thread safety: as for any value.
#pragma once

#include <concepts>
#include <cstdint>
#include <string_view>

namespace flux::expr {

struct Fault;

// As wide as the size beside it: bytes that mean nothing would cost a jump-free loop its speed.
enum class Tag : std::uint32_t {
  null,  // also of a member that is missing
  boolean,
  int64,
  float64,    // always finite
  string,     // UTF-8, escapes undone
  json,       // an object or an array, as its JSON text
  timestamp,  // int64: nanoseconds since 1970-01-01T00:00:00Z
  duration,   // int64: nanoseconds
  fault       // the expression fails on this event, unless nobody asks for this part of it
};

struct Cell {
  Tag tag = Tag::null;
  std::uint32_t size = 0;  // of a string or json: bytes
  union {
    bool boolean;
    std::int64_t int64 = 0;
    double float64;
    const char* text;
    const Fault* fault;  // in the arena
  };

  std::string_view view() const { return {text, size}; }
};

static_assert(sizeof(Cell) == 16);

// Of nothing else that turns into a bool, as a pointer would.
inline Cell cell_of(std::same_as<bool> auto value) {
  Cell cell;
  cell.tag = Tag::boolean;
  cell.boolean = value;
  return cell;
}

inline Cell cell_of(std::int64_t value, Tag tag = Tag::int64) {
  Cell cell;
  cell.tag = tag;
  cell.int64 = value;
  return cell;
}

// REQUIRES: finite.
inline Cell cell_of(double value) {
  Cell cell;
  cell.tag = Tag::float64;
  cell.float64 = value;
  return cell;
}

// REQUIRES: less than 4 GiB.
inline Cell cell_of(std::string_view text, Tag tag = Tag::string) {
  Cell cell;
  cell.tag = tag;
  cell.size = static_cast<std::uint32_t>(text.size());
  cell.text = text.data();
  return cell;
}

}  // namespace flux::expr
