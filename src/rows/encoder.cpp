#include "rows/encoder.hpp"

#include <algorithm>

#include "io/block.hpp"
#include "json/integer_lines.hpp"
#include "json/number.hpp"
#include "json/string.hpp"

namespace flux::runtime {

namespace {

void put_string(std::string_view text, Bytes& out) {
  out.commit(json::put_string(out.room(json::escaped_size_bound(text.size())), text));
}

// The hot loops of the sink. False if these are no numbers.
bool put_numbers(const Column& column, std::uint32_t rows, Bytes& out) {
  if (column.kind == Kind::int64) {
    char* const to = out.room(rows * json::kIntLineRoom);
    out.commit(json::put_int_lines(to, column.as<std::int64_t>(), rows));
    return true;
  }
  if (column.kind != Kind::float64) return false;
  char* to = out.room(rows * (json::kFloatRoom + 1));
  for (std::uint32_t row = 0; row < rows; ++row) {
    to = json::put_float(to, column.as<double>()[row]);
    *to++ = '\n';
  }
  out.commit(to);
  return true;
}

}  // namespace

void put_cell(const Column& column, std::uint32_t row, Bytes& out) {
  switch (column.kind) {
    case Kind::int64:
      out.commit(json::put_int(out.room(json::kIntRoom), column.as<std::int64_t>()[row]));
      return;
    case Kind::float64:
      out.commit(json::put_float(out.room(json::kFloatRoom), column.as<double>()[row]));
      return;
    case Kind::boolean:
      out.append(column.as<std::uint8_t>()[row] != 0 ? "true" : "false");
      return;
    case Kind::string:
      put_string(view(column.as<flux_str>()[row]), out);
      return;
    case Kind::json:
      out.append(view(column.as<flux_str>()[row]));
      return;
  }
}

std::string_view cell_text(const Column& column, std::uint32_t row, Arena& arena) {
  if (column.kind == Kind::json) return view(column.as<flux_str>()[row]);
  Bytes text;
  put_cell(column, row, text);
  return arena.copy(text.view());
}

std::size_t cell_size_bound(const Column& column, std::uint32_t row) {
  switch (column.kind) {
    case Kind::int64:
      return json::kIntRoom;
    case Kind::float64:
      return json::kFloatRoom;
    case Kind::boolean:
      return std::string_view("false").size();
    case Kind::string:
      return json::escaped_size_bound(column.as<flux_str>()[row].size);
    case Kind::json:
      return column.as<flux_str>()[row].size;
  }
  return 0;
}

Encoder::Encoder(const Type& type, bool raw_strings) : raw_strings_(raw_strings) {
  if (!type.is_record()) return;
  for (const Field& field : type.fields) {
    Bytes key;
    put_string(field.path.back(), key);
    keys_.push_back(std::string(key.view()) + ":");
  }
}

void Encoder::put_lines(const Batch& batch, Bytes& out) const {
  if (!batch.is_text() && keys_.empty() && put_numbers(batch.columns[0], batch.rows, out)) return;
  for (std::uint32_t row = 0; row < batch.rows; ++row) put_line(batch, row, out);
}

void Encoder::put_lines(const Batch& batch, Bytes& out, std::vector<std::uint32_t>& ends) const {
  for (std::uint32_t row = 0; row < batch.rows; ++row) {
    put_line(batch, row, out);
    ends.push_back(static_cast<std::uint32_t>(out.size()));
  }
}

void Encoder::put_line(const Batch& batch, std::uint32_t row, Bytes& out) const {
  const bool is_raw_column = raw_strings_ && !batch.is_text() && keys_.empty();
  if (batch.is_text()) {
    put_text(batch.text(row), out);
  } else if (is_raw_column && batch.columns[0].kind == Kind::string) {
    out.append(view(batch.columns[0].as<flux_str>()[row]));
  } else {
    put_row(batch, row, out);
  }
  out.append('\n');
}

void Encoder::put_row(const Batch& batch, std::uint32_t row, Bytes& out) const {
  if (batch.is_text()) return out.append(batch.text(row));
  if (keys_.empty()) return put_cell(batch.columns[0], row, out);
  char separator = '{';
  for (std::size_t c = 0; c < keys_.size(); ++c) {
    const Column& column = batch.columns[c];
    if (column.present != nullptr && column.present[row] == FLUX_ABSENT) continue;
    out.append(separator);
    separator = ',';
    out.append(keys_[c]);
    put_cell(column, row, out);
  }
  out.append(separator == '{' ? "{}" : "}");
}

void Encoder::put_text(std::string_view text, Bytes& out) const {
  if (!raw_strings_ || text.front() != '"') return out.append(text);
  char* to = out.room(text.size());
  out.commit(to + json::unescape(text.substr(1, text.size() - 2), to));
}

Batch as_text(const Batch& columns, const Type& type, json::Reader& reader, Arena& arena) {
  Bytes lines;
  Encoder(type).put_lines(columns, lines);
  return documents_of(columns, lines.view(), reader, arena);
}

Batch documents_of(const Batch& rows, std::string_view lines, json::Reader& reader, Arena& arena) {
  using io::Block;
  auto* to = reinterpret_cast<char*>(arena.take(Block::kFront + lines.size() + Block::kBack)) + Block::kFront;
  if (!lines.empty()) std::memcpy(to, lines.data(), lines.size());
  Batch text = rows;
  auto documents = arena.array<json::Documents>(1);
  documents[0] = reader.read({to, lines.size()}, arena);
  text.become_text(to, documents[0], counting(rows.rows, arena));
  return text;
}

}  // namespace flux::runtime
