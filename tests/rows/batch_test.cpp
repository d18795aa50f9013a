// Rows chosen from a batch, and the memory that they live in.
#include "rows/batch.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

#include "json/chunk.hpp"
#include "rows/ticket.hpp"

using flux::Arena;
using flux::Column;
using flux::Kind;
using flux::view;
using flux::runtime::ArenaScope;
using flux::runtime::Batch;
using flux::runtime::pick;
using flux::runtime::Ticket;

namespace {

using Numbers = std::vector<std::uint32_t>;

Numbers numbers(std::span<const std::uint32_t> span) { return {span.begin(), span.end()}; }

constexpr std::array<std::uint32_t, 3> kChosen{0, 2, 3};
constexpr std::array<std::uint32_t, 4> kLines{10, 11, 11, 13};

}  // namespace

TEST_CASE("the cells of every kind of column are picked") {
  Arena arena;
  std::array<std::int64_t, 4> ints{1, -2, 3, 4};
  std::array<double, 4> floats{0.5, 1.5, 2.5, 3.5};
  std::array<std::uint8_t, 4> bools{1, 0, 0, 1};
  std::array<flux_str, 4> texts{flux::str("a"), flux::str("b"), flux::str("c"), flux::str("d")};
  std::array<std::uint8_t, 4> present{FLUX_PRESENT, FLUX_PRESENT, FLUX_ABSENT, FLUX_PRESENT};

  const Column int_column = pick(Column{Kind::int64, ints.data(), nullptr}, kChosen, arena);
  const Column float_column = pick(Column{Kind::float64, floats.data(), nullptr}, kChosen, arena);
  const Column bool_column = pick(Column{Kind::boolean, bools.data(), nullptr}, kChosen, arena);
  const Column text_column = pick(Column{Kind::string, texts.data(), present.data()}, kChosen, arena);
  const Column json_column = pick(Column{Kind::json, texts.data(), nullptr}, kChosen, arena);
  CHECK(int_column.kind == Kind::int64);
  CHECK(int_column.present == nullptr);
  for (std::size_t i = 0; i < kChosen.size(); ++i) {
    CHECK(int_column.as<std::int64_t>()[i] == ints[kChosen[i]]);
    CHECK(float_column.as<double>()[i] == floats[kChosen[i]]);
    CHECK(bool_column.as<std::uint8_t>()[i] == bools[kChosen[i]]);
    CHECK(view(text_column.as<flux_str>()[i]) == view(texts[kChosen[i]]));
    CHECK(text_column.present[i] == present[kChosen[i]]);
    CHECK(view(json_column.as<flux_str>()[i]) == view(texts[kChosen[i]]));
  }
}

TEST_CASE("rows that are picked know the line and the event that they descend from") {
  Arena arena;
  Batch batch;
  batch.rows = 4;
  batch.line = kLines;
  const Batch picked = batch.pick(kChosen, arena);
  CHECK(picked.rows == 3);
  CHECK(numbers(picked.line) == Numbers{10, 11, 13});
  CHECK(numbers(picked.event) == Numbers{0, 2, 3});
  CHECK(picked.event_of(1) == 2);

  const std::array<std::uint32_t, 2> last{1, 2};
  const Batch again = picked.pick(last, arena);
  CHECK(numbers(again.line) == Numbers{11, 13});
  CHECK(numbers(again.event) == Numbers{2, 3});
}

TEST_CASE("rows of text that are picked keep their text") {
  Arena arena;
  const Chunk chunk("1\n 22\n[3]\n\"4\"\n");
  flux::json::Reader reader{flux::json::Wanted()};
  const flux::json::Documents documents = reader.read(chunk.text(), arena);
  Batch batch;
  batch.rows = 4;
  batch.line = kLines;
  batch.base = chunk.text().data();
  batch.documents = &documents;
  batch.doc = flux::runtime::counting(4, arena);
  const Batch picked = batch.pick(kChosen, arena);
  CHECK(picked.text(0) == "1");
  CHECK(picked.text(1) == "[3]");
  CHECK(picked.text(2) == "\"4\"");
}

TEST_CASE("nothing picked is a batch without rows") {
  Arena arena;
  Batch batch;
  batch.rows = 4;
  batch.line = kLines;
  const Batch picked = batch.pick({}, arena);
  CHECK(picked.rows == 0);
  CHECK(picked.line.empty());
}

TEST_CASE("the first rows of a batch are the batch with fewer rows") {
  Batch batch;
  batch.rows = 4;
  batch.line = kLines;
  const Batch first = batch.first(2);
  CHECK(first.rows == 2);
  CHECK(first.line[1] == 11);
}

TEST_CASE("memory is taken back at the end of its scope") {
  Ticket ticket;
  ticket.recycle(2, 1);
  ticket.arena.take(100);
  const std::size_t before = ticket.arena.used();
  {
    const ArenaScope memory(ticket);
    ticket.arena.take(1000);
  }
  CHECK(ticket.arena.used() == before);
}

TEST_CASE("memory is kept as long as a batch waits that may live in it") {
  Ticket ticket;
  ticket.recycle(2, 1);
  {
    const ArenaScope memory(ticket);
    ticket.arena.take(1000);
    ticket.queue(1, Batch());
  }
  const std::size_t kept = ticket.arena.used();
  CHECK(kept >= 1000);
  {
    const ArenaScope memory(ticket);  // nothing of this one is queued
    ticket.arena.take(1000);
  }
  CHECK(ticket.arena.used() == kept);
}

TEST_CASE("memory of a batch that waited and is through is taken back, too") {
  Ticket ticket;
  ticket.recycle(2, 1);
  {
    const ArenaScope memory(ticket);
    ticket.arena.take(1000);
    ticket.queue(1, Batch());
    ticket.queues[1].clear();
    ticket.waiting = 0;
  }
  CHECK(ticket.arena.used() == 0);
}
