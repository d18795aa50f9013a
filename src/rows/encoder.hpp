// Values back into JSON text: for the sink, for dead letters, and for agents that
// want to see as text what another gave as columns.
//
// Thread safety: functions without state; the Encoder is immutable once made.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"
#include "core/type.hpp"
#include "json/documents.hpp"
#include "rows/batch.hpp"

namespace flux::runtime {

// Appends the cell as JSON. REQUIRES, here and below: it has a value.
void put_cell(const Column& column, std::uint32_t row, Bytes& out);
// Its JSON text: that of a json column as it stands there, others made in the arena.
std::string_view cell_text(const Column& column, std::uint32_t row, Arena& arena);
// Bytes that its JSON text takes at most.
std::size_t cell_size_bound(const Column& column, std::uint32_t row);

// Writes rows of one type, one value per line.
class Encoder {
 public:
  // `raw_strings`: strings are written as they are, without quotes (-r).
  explicit Encoder(const Type& type, bool raw_strings = false);

  void put_lines(const Batch& batch, Bytes& out) const;
  // The same; says for each row where in `out` it ends, its newline included.
  void put_lines(const Batch& batch, Bytes& out, std::vector<std::uint32_t>& ends) const;
  // One row, without a newline.
  void put_row(const Batch& batch, std::uint32_t row, Bytes& out) const;

 private:
  void put_line(const Batch& batch, std::uint32_t row, Bytes& out) const;
  void put_text(std::string_view text, Bytes& out) const;

  std::vector<std::string> keys_;  // of a record: "\"name\":"; empty: a bare value
  bool raw_strings_;
};

// The rows of a batch of columns of type `type` as text, with the members that
// `reader` looks for. All in the arena.
Batch as_text(const Batch& columns, const Type& type, json::Reader& reader, Arena& arena);

// Texts of JSON values, one per row and valid, as documents of a batch whose rows
// are otherwise those of `rows`. REQUIRES: no text holds a newline.
Batch documents_of(const Batch& rows, std::string_view lines, json::Reader& reader, Arena& arena);

}  // namespace flux::runtime
