// The values of one part of an expression for the rows of a batch.
//
// A view; thread safety as for any value.
#pragma once

#include <cstddef>

#include "expr/cell.hpp"

namespace flux::expr {

struct Values {
  const Cell* cells;
  Cell* scratch;       // the same cells, if they may be written over; else null
  std::size_t stride;  // 0: one cell is the value of all rows

  bool is_constant() const { return stride == 0; }
  const Cell& operator[](std::size_t row) const { return cells[row * stride]; }
};

}  // namespace flux::expr
