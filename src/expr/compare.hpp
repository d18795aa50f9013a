// Equality and order of values. Ints and floats are compared as the numbers that they
// are, without rounding either; strings by code point; objects whatever the order of
// their keys.
//
// Pure functions; an Arena belongs to its caller.
#pragma once

#include <cstdint>
#include <cstring>

#include "core/arena.hpp"
#include "expr/cell.hpp"

namespace flux::expr {

// Less than, equal to or greater than 0, as `a` is to `b`. REQUIRES: b is finite.
int compare(std::int64_t a, double b);

// A bool; or a fault: of `a`, of `b`, or of a number in one of them that nothing holds.
// Values of different kinds are different.
Cell equal_nested(const Cell& a, const Cell& b, Arena& arena);

// A call is dear beside the rest: most texts of one size differ in their first byte.
inline bool is_text(const Cell& cell, const char* text, std::uint32_t size) {
  return cell.tag == Tag::string && cell.size == size &&
         (size == 0 || (*cell.text == *text && std::memcmp(cell.text, text, size) == 0));
}

inline Cell equal(const Cell& a, const Cell& b, Arena& arena) {
  if (a.tag == Tag::string && b.tag == Tag::string) return cell_of(is_text(a, b.text, b.size));
  if (a.tag == Tag::int64 && b.tag == Tag::int64) return cell_of(a.int64 == b.int64);
  return equal_nested(a, b, arena);
}

// A bool: whether `item` is an element of the list; or a fault, as above.
// REQUIRES: `list` is the JSON text of one.
Cell is_element(const Cell& item, std::string_view list, Arena& arena);

enum class Order : std::uint8_t { less, equal, greater, none };

// None: one is null, or they are not of one kind that has an order.
// REQUIRES: neither is a fault.
Order order_of(const Cell& a, const Cell& b);

}  // namespace flux::expr
