// Lines to the first batch: which are events, and why the others are none.
#include "transport/decoder.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

#include "rows/hand_made_ticket.hpp"
#include "transport/bad_line.hpp"

using flux::view;
using flux::plan::Wire;
using flux::runtime::Batch;
using flux::runtime::Decoder;
using flux::runtime::Failure;
using flux::runtime::FailureKind;
using flux::runtime::Ticket;
using hand_made::OneFlux;

namespace {

constexpr std::size_t kMaxLine = 20;

std::string cell(const Batch& batch, std::uint32_t row) {
  if (batch.is_text()) return std::string(batch.text(row));
  const flux::Column& column = batch.columns[0];
  if (column.kind == flux::Kind::int64) return std::to_string(column.as<std::int64_t>()[row]);
  return std::string(view(column.as<flux_str>()[row]));
}

std::string tell(const Failure& failure, const Ticket& ticket, const flux::plan::Plan& plan) {
  const auto why = flux::runtime::explain(failure.line, ticket, plan, kMaxLine);
  std::string place = std::to_string(ticket.lines[failure.line].number);
  if (why.column) place += fmt::format(":{}", *why.column);
  return fmt::format("{} {} {}: {}\n", place, failure.kind == FailureKind::decode ? "decode" : "type",
                     failure.agent, why.message);
}

struct Decoded {
  std::string rows;      // "0 1\n": physical line and value
  std::string failures;  // "1:3 decode double: not JSON: …\n"
  std::uint32_t physical_lines = 0;
};

Decoded decode(Wire wire, std::string_view lines, bool is_oversized = false) {
  const OneFlux one(wire);
  Decoder decoder(one.plan, kMaxLine, {});
  Ticket ticket;
  hand_made::fill(ticket, lines);
  ticket.in.cut.is_oversized = is_oversized;
  Decoded decoded;
  Batch batch;
  for (std::size_t chunks = 0; decoder.next(ticket, batch); ++chunks) {
    REQUIRE(chunks <= lines.size());  // each has a line at least
    for (std::uint32_t row = 0; row < batch.rows; ++row)
      decoded.rows += fmt::format("{} {}\n", ticket.lines[batch.line[row]].number, cell(batch, row));
  }
  for (const Failure& failure : ticket.failures) decoded.failures += tell(failure, ticket, one.plan);
  decoded.physical_lines = ticket.physical_lines;
  CHECK(ticket.books[0].upstream == ticket.failures.size());  // the others are counted where they run
  CHECK(ticket.books[0].failed == ticket.failures.size());
  return decoded;
}

}  // namespace

TEST_CASE("lines of JSON are events, blank ones are not, and both are counted as lines") {
  const Decoded decoded = decode(Wire::text, "1\n\n {\"a\":2} \r\n \t\r\nnull\n");
  CHECK(decoded.rows == "0 1\n2 {\"a\":2}\n4 null\n");
  CHECK(decoded.failures.empty());
  CHECK(decoded.physical_lines == 5);
}

TEST_CASE("a line that is not JSON fails with its column, and the others go on") {
  const Decoded decoded = decode(Wire::text, "1\n  {\"a\":tru}\n2\n");
  CHECK(decoded.rows == "0 1\n2 2\n");
  CHECK(decoded.failures == "1:8 decode double: not JSON: expected a value, found 'tru'\n");
  CHECK(decoded.physical_lines == 3);
}

TEST_CASE("ints are read with white space around them, at either line end") {
  const Decoded decoded =
      decode(Wire::ints, "1\n-2\r\n \t3 \n\n \r\n9223372036854775807\n-9223372036854775808\n-0\n");
  CHECK(decoded.rows == "0 1\n1 -2\n2 3\n5 9223372036854775807\n6 -9223372036854775808\n7 0\n");
  CHECK(decoded.failures.empty());
  CHECK(decoded.physical_lines == 8);
}

TEST_CASE("what is JSON and no int is a misfit, not a bad line") {
  const Decoded decoded = decode(Wire::ints, "1.0\n\"x\"\n1e2\n[1]\nnull\n9223372036854775808\n7\n");
  CHECK(decoded.rows == "6 7\n");
  CHECK(decoded.failures ==
        "0 type double: wants int, found 1.0\n"
        "1 type double: wants int, found \"x\"\n"
        "2 type double: wants int, found 1e2\n"
        "3 type double: wants int, found an array\n"
        "4 type double: wants int, found null\n"
        "5 type double: wants int, found 9223372036854775808, which is beyond 64 bits\n");
}

TEST_CASE("what is no JSON is a bad line, also where ints are wanted") {
  const Decoded decoded = decode(Wire::ints, "1 2\n  x\n01\n3\n");
  CHECK(decoded.rows == "3 3\n");
  CHECK(decoded.failures ==
        "0:3 decode double: not JSON: expected nothing after the value, found '2'\n"
        "1:3 decode double: not JSON: expected a value, found 'x'\n"
        "2:1 decode double: not JSON: leading zeros are not allowed\n");
}

TEST_CASE("raw lines are strings, empty ones too, without the carriage return") {
  const Decoded decoded = decode(Wire::raw, "a b\n\n c\r\n\r\r\n");
  CHECK(decoded.rows == "0 a b\n1 \n2  c\n3 \r\n");
  CHECK(decoded.physical_lines == 4);
}

TEST_CASE("a raw line that is not UTF-8 fails, and its neighbours do not") {
  const Decoded decoded = decode(Wire::raw, "é\n\xff\nb\n");
  CHECK(decoded.rows == "0 é\n2 b\n");
  CHECK(decoded.failures == "1 decode double: the line is not valid UTF-8\n");
}

TEST_CASE("a line that is too long fails on every wire, whole or as its beginning") {
  const std::string message =
      " decode double: the line is longer than 20 bytes (--max-line sets how long one may be)\n";
  for (const Wire wire : {Wire::text, Wire::ints, Wire::raw}) {
    const std::string longest(kMaxLine, '1');
    const Decoded whole = decode(wire, "1\n" + longest + "1\n2\n");
    CHECK(whole.rows == "0 1\n2 2\n");
    CHECK(whole.failures == "1" + message);
    const Decoded beginning = decode(wire, "12\n", true);
    CHECK(beginning.rows.empty());
    CHECK(beginning.failures == "0" + message);
  }
  CHECK(decode(Wire::text, std::string(kMaxLine, '1') + "\n").failures.empty());
}

TEST_CASE("the line end does not make a line too long, white space does") {
  const std::string longest = '"' + std::string(kMaxLine - 2, 'x') + '"';
  for (const Wire wire : {Wire::text, Wire::raw}) {
    CHECK(decode(wire, longest + "\r\n").failures.empty());
    CHECK(decode(wire, longest + " \r\n").failures ==
          "0 decode double: the line is longer than 20 bytes (--max-line sets how long one may be)\n");
  }
}

TEST_CASE("a blank line that is too long fails like any other, for its end may not have been seen") {
  const Decoded decoded = decode(Wire::text, "1\n" + std::string(kMaxLine + 1, ' ') + "\n\n2\n");
  CHECK(decoded.rows == "0 1\n3 2\n");
  CHECK(decoded.failures ==
        "1 decode double: the line is longer than 20 bytes (--max-line sets how long one may be)\n");
  CHECK(decoded.physical_lines == 4);
}

TEST_CASE("where failures are fatal nothing behind the first one is wanted") {
  for (const Wire wire : {Wire::text, Wire::ints}) {
    const OneFlux one(wire);
    Decoder decoder(one.plan, kMaxLine, {.is_fatal = true});
    Ticket ticket;
    hand_made::fill(ticket, "1\nx\ny\n2\n");
    Batch batch;
    REQUIRE(decoder.next(ticket, batch));
    CHECK(batch.rows == 1);
    CHECK(!decoder.next(ticket, batch));
    CHECK(ticket.failures.size() == 1);
    REQUIRE(ticket.stop.has_value());
    CHECK(ticket.stop->line == 1);
    CHECK(ticket.stop->reason == flux::runtime::StopReason::failure);
  }
}

TEST_CASE("a large block is decoded chunk by chunk, with nothing lost in between") {
  std::string lines;
  std::string expected;
  for (int i = 0; i < 20'000; ++i) {
    lines += std::to_string(i) + "\n";
    expected += fmt::format("{0} {0}\n", i);
  }
  for (const Wire wire : {Wire::text, Wire::ints, Wire::raw}) {
    const Decoded decoded = decode(wire, lines);
    CHECK((decoded.rows == expected));
    CHECK(decoded.physical_lines == 20'000);
  }
}

TEST_CASE("an agent that may wait for long gets one line at a time") {
  OneFlux one(Wire::text);
  one.plan.is_blocking = true;
  Decoder decoder(one.plan, kMaxLine, {});
  Ticket ticket;
  hand_made::fill(ticket, "1\n2\n3\n");
  Batch batch;
  for (const char* value : {"1", "2", "3"}) {
    REQUIRE(decoder.next(ticket, batch));
    REQUIRE(batch.rows == 1);
    CHECK(batch.text(0) == value);
  }
  CHECK(!decoder.next(ticket, batch));
}
