// Rows back into lines.
#include <doctest/doctest.h>

#include <array>
#include <limits>
#include <string>

#include "json/chunk.hpp"
#include "plan/hand_made.hpp"
#include "rows/encoder.hpp"

using flux::Bytes;
using flux::Column;
using flux::Kind;
using flux::Type;
using flux::runtime::Batch;
using flux::runtime::Encoder;

namespace {

constexpr bool kRaw = true;

std::string lines(const Type& type, std::span<const Column> columns, std::uint32_t rows, bool raw = false) {
  Batch batch;
  batch.rows = rows;
  batch.columns = columns;
  Bytes out;
  Encoder(type, raw).put_lines(batch, out);
  return std::string(out.view());
}

template <class T, std::size_t Rows>
std::string lines(Kind kind, std::array<T, Rows> values, bool raw = false) {
  const Column column{kind, values.data(), nullptr};
  return lines(Type::bare(kind), {&column, 1}, Rows, raw);
}

// The lines of a block of text, as the sink writes them.
std::string lines_of_text(std::string_view text, bool raw = false) {
  const Chunk chunk(text);
  flux::Arena arena;
  flux::json::Reader reader{flux::json::Wanted()};
  const flux::json::Documents documents = reader.read(chunk.text(), arena);
  Batch batch;
  batch.rows = static_cast<std::uint32_t>(documents.count);
  batch.base = chunk.text().data();
  batch.documents = &documents;
  batch.doc = flux::runtime::counting(batch.rows, arena);
  Bytes out;
  Encoder(Type::bare(Kind::json), raw).put_lines(batch, out);
  return std::string(out.view());
}

}  // namespace

TEST_CASE("ints are digits") {
  constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  CHECK(lines(Kind::int64, std::array<std::int64_t, 4>{0, -7, kLeast, kMost}) ==
        "0\n-7\n-9223372036854775808\n9223372036854775807\n");
}

TEST_CASE("floats are the shortest digits that read back the same, and stay floats") {
  CHECK(lines(Kind::float64, std::array{2.0, 0.1, -1.5, 1.0 / 3}) == "2.0\n0.1\n-1.5\n0.3333333333333333\n");
}

TEST_CASE("bools are words") {
  CHECK(lines(Kind::boolean, std::array<std::uint8_t, 2>{1, 0}) == "true\nfalse\n");
}

TEST_CASE("strings are quoted, or written as they are") {
  const std::array values{flux::str("plain"), flux::str(""), flux::str("q\"\n\\é")};
  CHECK(lines(Kind::string, values) == "\"plain\"\n\"\"\n\"q\\\"\\n\\\\é\"\n");
  CHECK(lines(Kind::string, values, kRaw) == "plain\n\nq\"\n\\é\n");
}

TEST_CASE("json in a column is its own text") {
  CHECK(lines(Kind::json, std::array{flux::str("[1,2]"), flux::str("\"a\"")}) == "[1,2]\n\"a\"\n");
}

TEST_CASE("no rows are no lines") { CHECK(lines(Kind::int64, std::array<std::int64_t, 0>{}).empty()); }

TEST_CASE("a record is an object with its members in order, and without those that are absent") {
  std::array<std::int64_t, 3> ints{1, 2, 3};
  std::array<flux_str, 3> texts{flux::str("a"), flux::str("b"), flux::str("c")};
  std::array<std::uint8_t, 3> some{FLUX_PRESENT, FLUX_ABSENT, FLUX_ABSENT};
  std::array<std::uint8_t, 3> others{FLUX_PRESENT, FLUX_PRESENT, FLUX_ABSENT};
  const std::array columns{Column{Kind::int64, ints.data(), some.data()},
                           Column{Kind::string, texts.data(), others.data()}};
  const Type type = hand_made::record(
      {hand_made::optional({"n"}, Kind::int64), hand_made::optional({"odd \"key\""}, Kind::string)});
  CHECK(lines(type, columns, 3) ==
        "{\"n\":1,\"odd \\\"key\\\"\":\"a\"}\n"
        "{\"odd \\\"key\\\"\":\"b\"}\n"
        "{}\n");
}

TEST_CASE("strings within a record are quoted, also among raw strings") {
  std::array<flux_str, 1> texts{flux::str("a")};
  const Column column{Kind::string, texts.data(), nullptr};
  CHECK(lines(hand_made::record({{{"s"}, Kind::string}}), {&column, 1}, 1, kRaw) == "{\"s\":\"a\"}\n");
}

TEST_CASE("text keeps its bytes, but for white space around it") {
  CHECK(lines_of_text(" {\"a\" : 1.10}\t\n1e400\r\n") == "{\"a\" : 1.10}\n1e400\n");
}

TEST_CASE("of raw strings in text the escapes are undone") {
  CHECK(lines_of_text("\"a\\n\\u00e9\"\n{\"s\":\"x\"}\n\"\"\n", kRaw) == "a\né\n{\"s\":\"x\"}\n\n");
}
