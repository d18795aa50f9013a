// What an extend agent changed, made into text: the events' own bytes with some members
// set, removed or renamed. Members that somebody further down looks for are not looked
// for again: their places are carried along through the change.
//
// Thread safety: none; one per worker and stage.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "json/documents.hpp"
#include "json/edit.hpp"
#include "json/keep.hpp"
#include "json/patch.hpp"
#include "plan/plan.hpp"
#include "rows/batch.hpp"

namespace flux::runtime {

class Extension {
 public:
  // REQUIRES: `plan` and `stage` outlive this; the text that comes was read for
  // plan.reads[stage.read_in], which holds all that stage's result is read for.
  Extension(const plan::Plan& plan, const plan::Stage& stage);

  // The rows `which` of `in`, changed as row r of `columns` says for in's row `begin` + r.
  // REQUIRES: ascending; in.is_text(); values of set members are valid JSON.
  Batch apply(const Batch& in, std::uint32_t begin, std::span<const std::uint32_t> which,
              std::span<const flux_out_column> columns, Arena& arena);

  // The rows of the last apply() that are not in its result, ascending: they are not JSON,
  // which nobody had looked at before, and only all of it would have told how to change them.
  const std::vector<std::uint32_t>& unfit() const { return unfit_; }

 private:
  // A change that the stage may make.
  struct Change {
    const Field* field;
    std::size_t slot;         // of the member, in the text that comes
    std::size_t new_slot;     // of a rename: of its new name
    std::string quoted_name;  // of the member
    std::string new_name;     // of a rename, quoted
    std::size_t most_added;   // bytes besides the value
  };
  // Where a wanted member of the result comes from.
  struct Source {
    std::size_t slot;             // in the text that comes
    std::ptrdiff_t change = -1;   // the change that may set or remove it
    std::ptrdiff_t renamed = -1;  // the change that may give it its name
  };

  Batch rewrite(const Batch& in, std::uint32_t begin, std::span<const std::uint32_t> which,
                std::span<const flux_out_column> columns, Arena& arena);
  void gather(std::span<const flux_out_column> columns, std::uint32_t row, Arena& arena);
  bool patch(const Batch& in, std::uint32_t row);
  void note_members(const Batch& in, std::uint32_t row, std::uint32_t to, std::span<json::Member> members);
  void read_again(std::string_view text, std::uint32_t to, json::Documents& documents, std::size_t row,
                  Arena& arena);

  const plan::Stage& stage_;
  std::vector<Change> changes_;
  std::vector<Source> sources_;  // by slot of the result
  const json::Kept kept_;
  const bool can_patch_;  // usual rows; else all are written anew, and read again
  json::Reader reader_;
  json::Patch patch_;
  std::vector<std::uint32_t> unfit_;

  // Of the row at hand.
  std::vector<std::uint8_t> what_;        // by change: FLUX_ABSENT..
  std::vector<std::string_view> values_;  // by change: of those that set
  std::vector<std::ptrdiff_t> appended_;  // by change: as which member, or -1
  std::vector<json::Edit> edits_;
};

}  // namespace flux::runtime
