// The buffers that grow without being zeroed.
#include "core/bytes.hpp"

#include <doctest/doctest.h>

#include <string>

using flux::Buffer;
using flux::Bytes;

TEST_CASE("a new buffer is empty") {
  const Bytes bytes;
  CHECK(bytes.empty());
  CHECK(bytes.size() == 0);
  CHECK(bytes.view().empty());
}

TEST_CASE("what is appended stands behind what was there, however often it grows") {
  Bytes bytes;
  std::string expected;
  for (int i = 0; i < 5000; ++i) {
    const std::string piece = std::to_string(i);
    bytes.append(std::string_view(piece));
    bytes.append(';');
    expected += piece + ';';
  }
  CHECK(bytes.view() == expected);
}

TEST_CASE("an empty text is appended to an empty buffer without a trace") {
  Bytes bytes;
  bytes.append(std::string_view());
  CHECK(bytes.empty());
}

TEST_CASE("of the room that is asked for only what is committed counts") {
  Bytes bytes;
  bytes.append(std::string_view("ab"));
  char* const to = bytes.room(10'000);
  to[0] = 'c';
  to[1] = 'x';
  bytes.commit(to + 1);
  CHECK(bytes.view() == "abc");
}

TEST_CASE("values are kept in order and by index") {
  Buffer<std::uint64_t> numbers;
  for (std::uint64_t i = 0; i < 10'000; ++i) numbers.append(i * i);
  REQUIRE(numbers.size() == 10'000);
  for (std::uint64_t i = 0; i < 10'000; ++i) REQUIRE(numbers[i] == i * i);
}

TEST_CASE("clear keeps memory up to a limit, and gives the rest back") {
  Bytes bytes;
  const char* const place = bytes.room(4096);
  bytes.commit(place + 4096);
  bytes.clear(4096);
  CHECK(bytes.empty());
  CHECK(bytes.room(4096) == place);
  bytes.room(100'000);
  bytes.clear(4096);
  CHECK(bytes.empty());
  bytes.append(std::string_view("as new"));
  CHECK(bytes.view() == "as new");
}
