// What a value may be, as a set: the static types of expressions, and what functions
// ask of their arguments.
//
// Pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/type.hpp"
#include "expr/cell.hpp"
#include "expr/expression.hpp"

namespace flux::expr {

// Bit n is the cells of Tag n, but that objects have one of their own.
using Kinds = std::uint16_t;

constexpr Kinds kinds_of(Tag tag) { return static_cast<Kinds>(1u << static_cast<unsigned>(tag)); }

inline constexpr Kinds kNull = kinds_of(Tag::null);
inline constexpr Kinds kBoolean = kinds_of(Tag::boolean);
inline constexpr Kinds kInt = kinds_of(Tag::int64);
inline constexpr Kinds kFloat = kinds_of(Tag::float64);
inline constexpr Kinds kString = kinds_of(Tag::string);
inline constexpr Kinds kList = kinds_of(Tag::json);
inline constexpr Kinds kTimestamp = kinds_of(Tag::timestamp);
inline constexpr Kinds kDuration = kinds_of(Tag::duration);
inline constexpr Kinds kObject = kinds_of(Tag::fault) << 1;
inline constexpr Kinds kNumber = kInt | kFloat;
// What a member of an event may be.
inline constexpr Kinds kEvent = kNull | kBoolean | kNumber | kString | kList | kObject;

// Of a cell that is no fault.
inline Kinds kinds_of(const Cell& cell) {
  return cell.tag == Tag::json && cell.text[0] == '{' ? kObject : kinds_of(cell.tag);
}

Kinds kinds_of(const Field& field);

Known known_of(Kinds kinds);

// "int", "number", "null": for messages about one value of these kinds.
std::string_view name_of(Kinds kinds);

// "number, string or timestamp": each of them. "any JSON value" is all that events hold.
std::string list_of(Kinds kinds);

// Whether some value of the one can equal, or be ordered with, some value of the other:
// an int can equal a float.
constexpr bool overlap(Kinds a, Kinds b) {
  const auto widened = [](Kinds kinds) { return kinds & kNumber ? kinds | kNumber : kinds; };
  return (widened(a) & widened(b)) != 0;
}

}  // namespace flux::expr
