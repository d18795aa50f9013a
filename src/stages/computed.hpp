// Expressions among the arguments of an agent, worked out over a batch: one more input
// column for each.
//
// Thread safety: immutable once made; any thread may call any member.
#pragma once

#include <span>
#include <vector>

#include "core/arena.hpp"
#include "expr/expression.hpp"
#include "plan/plan.hpp"
#include "rows/batch.hpp"
#include "rows/misfit.hpp"

namespace flux::runtime {

class ComputedColumns {
 public:
  // REQUIRES: `stage` outlives this.
  explicit ComputedColumns(const plan::Stage& stage) : stage_(stage) {}

  // Fills one column per expression, in the arena, and notes in the batch the members that
  // were looked at. Rows for which one fails, or comes to
  // what the agent does not want, are appended to `misfits`, in order for each of them.
  void bind(Batch& batch, Arena& arena, std::span<flux_column> columns, std::vector<Misfit>& misfits) const;

 private:
  Column copy(const plan::LookedAt& what, const Batch& batch, Arena& arena) const;
  std::span<const expr::Cell> look_at(const plan::LookedAt& what, Batch& batch, Arena& arena) const;

  const plan::Stage& stage_;
};

}  // namespace flux::runtime
