// The memory of a ticket: taken, marked, given back, used again.
#include "core/arena.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>

using flux::Arena;

namespace {

constexpr std::size_t kBlock = 256 << 10;

void fill(std::span<std::uint8_t> bytes, std::uint8_t value) { std::ranges::fill(bytes, value); }

bool is_all(std::span<const std::uint8_t> bytes, std::uint8_t value) {
  return std::ranges::all_of(bytes, [&](std::uint8_t byte) { return byte == value; });
}

}  // namespace

TEST_CASE("what is taken is aligned for any column") {
  Arena arena;
  for (std::size_t size : {1U, 0U, 15U, 16U, 17U, 3U})
    CHECK(reinterpret_cast<std::uintptr_t>(arena.take(size)) % 16 == 0);
  CHECK(reinterpret_cast<std::uintptr_t>(arena.take(kBlock + 1)) % 16 == 0);
}

TEST_CASE("arrays do not overlap, across blocks and in blocks of their own") {
  Arena arena;
  std::vector<std::span<std::uint8_t>> taken;
  for (std::size_t size :
       {kBlock / 2, kBlock / 2, std::size_t{1}, 3 * kBlock, kBlock - 16, std::size_t{100}}) {
    taken.push_back(arena.array<std::uint8_t>(size));
    CHECK(taken.back().size() == size);
    fill(taken.back(), static_cast<std::uint8_t>(taken.size()));
  }
  for (std::size_t i = 0; i < taken.size(); ++i) CHECK(is_all(taken[i], static_cast<std::uint8_t>(i + 1)));
}

TEST_CASE("a text is copied") {
  Arena arena;
  std::string text = "some text";
  const std::string_view copy = arena.copy(text);
  text.assign(text.size(), 'x');
  CHECK(copy == "some text");
  CHECK(arena.copy("").empty());
}

TEST_CASE("release gives back what was taken since the mark, and nothing before it") {
  Arena arena;
  const auto kept = arena.array<std::uint8_t>(100);
  fill(kept, 1);
  const Arena::Mark mark = arena.mark();
  std::byte* const first = arena.take(50);
  arena.take(kBlock);  // goes on into the next block
  arena.release(mark);
  CHECK(arena.take(50) == first);
  CHECK(is_all(kept, 1));
}

TEST_CASE("marks nest") {
  Arena arena;
  const Arena::Mark outer = arena.mark();
  std::byte* const first = arena.take(16);
  const Arena::Mark inner = arena.mark();
  std::byte* const second = arena.take(2 * kBlock);
  arena.release(inner);
  CHECK(arena.take(2 * kBlock) == second);
  arena.release(outer);
  CHECK(arena.take(16) == first);
}

TEST_CASE("what is larger than a block is used again by the next of its size") {
  Arena arena;
  arena.take(16);
  const Arena::Mark mark = arena.mark();
  std::byte* const large = arena.take(3 * kBlock);
  for (int chunk = 0; chunk < 5; ++chunk) {
    arena.release(mark);
    CHECK(arena.take(3 * kBlock) == large);
  }
}

TEST_CASE("a block that is too small for the next array stays for a later one") {
  Arena arena;
  arena.take(kBlock);
  const Arena::Mark mark = arena.mark();
  std::byte* const small = arena.take(16);
  arena.release(mark);
  const auto large = arena.array<std::uint8_t>(2 * kBlock);
  fill(large, 7);
  CHECK(arena.take(16) == small);
  CHECK(is_all(large, 7));
}

TEST_CASE("used counts what is taken, in whole blocks but for the last") {
  Arena arena;
  CHECK(arena.used() == 0);
  arena.take(1);
  CHECK(arena.used() == 16);
  const Arena::Mark mark = arena.mark();
  arena.take(2 * kBlock);
  CHECK(arena.used() == 3 * kBlock);
  arena.release(mark);
  CHECK(arena.used() == 16);
}

TEST_CASE("reset keeps warm memory for the next use, but no more than is said") {
  Arena arena;
  std::byte* const first = arena.take(16);
  arena.take(4 * kBlock);
  arena.reset(kBlock);
  CHECK(arena.used() == 0);
  CHECK(arena.take(16) == first);
  arena.reset(0);
  CHECK(arena.used() == 0);
  CHECK(arena.copy("as new") == "as new");
}
