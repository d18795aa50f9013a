#include "runtime/text.hpp"

#include <algorithm>

#include "io/block.hpp"
#include "json/integer.hpp"
#include "json/number.hpp"
#include "json/string.hpp"

namespace flux::runtime {

namespace {

const char* end_of(const Bytes& out) { return out.view().data() + out.size(); }

void put_string(std::string_view text, Bytes& out) {
  out.commit(json::put_string(out.room(json::escaped_size_bound(text.size())), text));
}

// The hot loops of the sink: one per kind of bare value. `mark` sees where each row ends.
template <class Put, class Mark>
void put_each(std::uint32_t rows, std::size_t room, Bytes& out, Put put, Mark mark) {
  char* to = out.room(rows * (room + 1));
  for (std::uint32_t row = 0; row < rows; ++row) {
    to = put(to, row);
    *to++ = '\n';
    mark(row, to);
  }
  out.commit(to);
}

template <class Mark>
void put_column(const Column& column, std::uint32_t rows, bool raw_strings, Bytes& out, Mark mark) {
  switch (column.kind) {
    case Kind::int64: {
      const auto* values = column.as<std::int64_t>();
      return put_each(
          rows, json::kIntRoom, out,
          [&](char* to, std::uint32_t row) { return json::put_int(to, values[row]); }, mark);
    }
    case Kind::float64: {
      const auto* values = column.as<double>();
      return put_each(
          rows, json::kFloatRoom, out,
          [&](char* to, std::uint32_t row) { return json::put_float(to, values[row]); }, mark);
    }
    case Kind::boolean:
    case Kind::string:
    case Kind::json:
      break;
  }
  for (std::uint32_t row = 0; row < rows; ++row) {
    if (column.kind == Kind::string && raw_strings) {
      out.append(view(column.as<flux_str>()[row]));
    } else {
      put_cell(column, row, out);
    }
    out.append('\n');
    mark(row, end_of(out));
  }
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
  put_marked(batch, out, [](std::uint32_t, const char*) {});
}

void Encoder::put_lines(const Batch& batch, Bytes& out, std::vector<std::uint32_t>& ends) const {
  const std::size_t before = ends.size();
  ends.resize(before + batch.rows);
  put_marked(batch, out, [&, to = ends.data() + before](std::uint32_t row, const char* end) {
    to[row] = static_cast<std::uint32_t>(end - out.view().data());
  });
}

template <class Mark>
void Encoder::put_marked(const Batch& batch, Bytes& out, Mark mark) const {
  if (!batch.is_text() && keys_.empty())
    return put_column(batch.columns[0], batch.rows, raw_strings_, out, mark);
  for (std::uint32_t row = 0; row < batch.rows; ++row) {
    if (batch.is_text()) {
      put_text(batch.text(row), out);
    } else {
      put_row(batch, row, out);
    }
    out.append('\n');
    mark(row, end_of(out));
  }
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
  text.columns = {};
  text.base = to;
  auto documents = arena.array<json::Documents>(1);
  documents[0] = reader.read({to, lines.size()}, arena);
  text.documents = documents.data();
  text.doc = counting(rows.rows, arena);
  return text;
}

}  // namespace flux::runtime
