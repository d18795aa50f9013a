// The memory that lines are read into.
#include "io/block.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <cstring>

using flux::io::Block;

TEST_CASE("a read lands on a page, whatever was carried over") {
  Block block;
  for (std::size_t carried : {0U, 1U, 4079U, 4080U, 4081U, 100'000U})
    CHECK(reinterpret_cast<std::uintptr_t>(block.prepare(carried, 1000)) % Block::kPage == 0);
}

TEST_CASE("there is room for all that is promised") {
  Block block;
  for (std::size_t carried : {0U, 5000U}) {
    for (std::size_t size : {0U, 1U, 4031U, 4032U, 4096U, 70'000U}) {
      char* const to = block.prepare(carried, size);
      // The address sanitizer looks.
      std::memset(to - carried - Block::kFront, 'x', Block::kFront + carried + size + 1 + Block::kBack);
    }
  }
}

TEST_CASE("a block that grew for a long line is used again as it is, until it is far too large") {
  Block block;
  char* const large = block.prepare(0, 100'000);
  CHECK(block.prepare(0, 50'000) == large);
  std::memset(block.prepare(0, 1000), 'x', 1000);
  CHECK(block.prepare(0, 1000) == block.prepare(0, 2000));
}
