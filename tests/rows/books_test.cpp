// The two equations that say that no event vanishes uncounted.
#include "rows/books.hpp"

#include <doctest/doctest.h>

#include <vector>

using flux::runtime::Books;

namespace {

constexpr std::uint64_t Books::*kIn[] = {&Books::upstream, &Books::fed_back, &Books::perturbed};
constexpr std::uint64_t Books::*kOut[] = {&Books::gave, &Books::filtered, &Books::absorbed, &Books::failed,
                                          &Books::unprocessed};
constexpr std::uint64_t Books::*kValuesIn[] = {&Books::results, &Books::finish_rows};
constexpr std::uint64_t Books::*kValuesOut[] = {&Books::delivered, &Books::dropped, &Books::answered};

}  // namespace

TEST_CASE("empty books balance") { CHECK(Books{}.balance()); }

TEST_CASE("every event that came is balanced by what became of it") {
  for (const auto in : kIn) {
    for (const auto out : kOut) {
      Books books;
      books.*in = 3;
      CHECK(!books.balance());
      books.*out = 3;
      CHECK(books.balance());
      books.*out = 4;
      CHECK(!books.balance());
    }
  }
}

TEST_CASE("every value that was given is balanced by where it went") {
  for (const auto in : kValuesIn) {
    for (const auto out : kValuesOut) {
      Books books;
      books.*in = 3;
      CHECK(!books.balance());
      books.*out = 3;
      CHECK(books.balance());
    }
  }
}

TEST_CASE("what came after the flux had stopped costs no entropy") {
  Books books;
  books.upstream = 10;
  books.fed_back = 3;
  books.perturbed = 2;
  books.unprocessed = 4;
  CHECK(books.events() == 11);
}

TEST_CASE("books add up line by line") {
  std::vector<std::uint64_t Books::*> all;
  for (const auto line : kIn) all.push_back(line);
  for (const auto line : kOut) all.push_back(line);
  for (const auto line : kValuesIn) all.push_back(line);
  for (const auto line : kValuesOut) all.push_back(line);
  all.push_back(&Books::feedback_dropped);
  static_assert(sizeof(Books) == 14 * sizeof(std::uint64_t), "this test knows every line");
  REQUIRE(all.size() == 14);
  for (const auto line : all) {
    Books sum;
    sum.*line = 40;
    Books more;
    more.*line = 2;
    sum += more;
    for (const auto each : all) CHECK(sum.*each == (each == line ? 42U : 0U));
  }
}
