// Why a value could not be worked out, in as few bytes as that takes: most faults
// stand in branches that nobody looks at. explain.cpp has the words.
//
// Plain values, in an arena.
#pragma once

#include <cstdint>

#include "core/arena.hpp"
#include "expr/cell.hpp"

namespace flux::expr {

struct Step;

enum class Reason : std::uint8_t {
  int_too_large,     // a number in the event, a: its JSON text
  float_too_large,   // the same
  wrong_kind,        // a: operand number `operand`, which is null or of no use there
  mismatch,          // a and b do not go together
  division_by_zero,  // of a
  overflow,          // of an operation on a, or on a and b
  inexact,           // a: an int that no float equals
  unreadable,        // a: a string that does not spell what a conversion makes
  no_element,        // a: a list, b: an index that it does not have
  no_position,       // a: a string, b: a position that it does not have
  too_long,          // the result would be
  no_zone,           // a: a string that names no time zone
};

struct Fault {
  const Step* step;  // null: of the event's own number
  Reason reason;
  std::uint32_t operand;
  Cell a, b;
};

inline Cell make_fault(Arena& arena, const Fault& fault) {
  Fault* const kept = arena.array<Fault>(1).data();
  *kept = fault;
  Cell cell;
  cell.tag = Tag::fault;
  cell.fault = kept;
  return cell;
}

}  // namespace flux::expr
