// From the rows of a batch to the input columns of one agent: values taken out of
// the text, or columns handed on, widened or turned into JSON.
//
// Thread safety: none; one per worker and stage.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "json/documents.hpp"
#include "plan/plan.hpp"
#include "rows/batch.hpp"
#include "rows/misfit.hpp"
#include "stages/computed.hpp"

namespace flux::runtime {

class Input {
 public:
  // REQUIRES: `stage` and `plan` outlive this.
  Input(const plan::Plan& plan, const plan::Stage& stage);

  // Columns that do not hold what the agent wants become text, and are read.
  Batch prepare(const Batch& batch, Arena& arena);

  // One column per field that is wanted and per expression, in the arena; what expressions
  // looked at is noted in the batch, for agents further down. Rows that do not fit are
  // appended to `misfits`, once each and in order; their cells hold nothing useful.
  std::span<const flux_column> bind(Batch& batch, Arena& arena, std::vector<Misfit>& misfits) const;

 private:
  Column from_text(const Batch& batch, std::size_t field, Arena& arena, std::vector<Misfit>& misfits) const;
  Column from_columns(const Batch& batch, std::size_t field, Arena& arena,
                      std::vector<Misfit>& misfits) const;
  void require_objects(const Batch& batch, std::vector<Misfit>& misfits) const;

  const plan::Stage& stage_;
  json::Reader reader_;
  const ComputedColumns computed_;
  std::vector<std::ptrdiff_t> sources_;  // of columns: given field for each wanted one, -1: none
};

}  // namespace flux::runtime
