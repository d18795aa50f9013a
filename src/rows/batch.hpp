// Rows on their way between two agents: either JSON text with the spans of the
// members that somebody wants, or typed columns; and for every row the source line
// that it descends from.
//
// A view: all memory belongs to the ticket's arena or block. Arrays are never
// changed once a batch points at them, so copies of a batch may share them.
// Thread safety: as for any value; the rows belong to the ticket.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/arena.hpp"
#include "core/column.hpp"
#include "expr/cell.hpp"
#include "json/documents.hpp"

namespace flux::runtime {

// The line of a row that no line stands behind: one that finish() gave.
inline constexpr std::uint32_t kNoLine = 0xFFFFFFFF;

struct Batch {
  std::uint32_t rows = 0;
  std::span<const std::uint32_t> line;   // index into Ticket::lines, or kNoLine; ascending
  std::span<const std::uint32_t> event;  // the row of its flux's input that each row
                                         // descends from, ascending; empty: itself
  // As text. `doc` says which document each row is.
  const char* base = nullptr;
  const json::Documents* documents = nullptr;
  std::span<const std::uint32_t> doc;
  bool is_all = false;  // row r is document r, and there are no others
  // Members that expressions looked at further up, as cells[slot][document]: their values
  // are the same for as long as the documents are. Nothing: nobody did yet, or of these
  // documents only what this batch and its descendants are made of.
  std::span<const std::span<const expr::Cell>> cells;
  // As columns.
  std::span<const Column> columns;

  bool is_text() const { return documents != nullptr; }
  std::uint32_t event_of(std::uint32_t row) const { return event.empty() ? row : event[row]; }
  // REQUIRES: is_text().
  std::string_view text(std::uint32_t row) const {
    const std::uint32_t d = doc[row];
    return {base + documents->begin[d], documents->end[d] - documents->begin[d]};
  }
  // The value of a member that was looked for; empty where it is missing.
  // REQUIRES: is_text().
  std::string_view member(std::uint32_t row, std::size_t slot) const {
    const json::Member& found = documents->member(doc[row], slot);
    return {base + found.value, found.end - found.value};
  }

  // From now on the rows are text: these documents, and nothing is known of them yet.
  void become_text(const char* chunk, const json::Documents& read, std::span<const std::uint32_t> which);

  // The same with only these rows, in this order. REQUIRES: `which` lives as long as the arena's.
  Batch pick(std::span<const std::uint32_t> which, Arena& arena) const;
  // The same with only the first `count` rows.
  Batch first(std::uint32_t count) const;
};

// The cells of a column at these rows.
Column pick(const Column& column, std::span<const std::uint32_t> which, Arena& arena);

// 0, 1, 2 … count - 1. The second one asks whether they are.
std::span<const std::uint32_t> counting(std::uint32_t count, Arena& arena);
bool is_counting(std::span<const std::uint32_t> numbers);

}  // namespace flux::runtime
