// Upper and lower case across scripts, byte lengths and special letters.
#include <doctest/doctest.h>

#include <string>

#include "std/letter_case.hpp"

TEST_CASE("letters of Latin, Greek and Cyrillic change their case") {
  CHECK(to_upper("abc xyz 123") == "ABC XYZ 123");
  CHECK(to_upper("àéîõü ÿ ž ł ő") == "ÀÉÎÕÜ Ÿ Ž Ł Ő");
  CHECK(to_lower("ÀÉÎÕÜ Ÿ Ž Ł Ő") == "àéîõü ÿ ž ł ő");
  CHECK(to_upper("άλφα ωμέγα ς") == "ΆΛΦΑ ΩΜΈΓΑ Σ");
  CHECK(to_lower("ΆΛΦΑ ΩΜΈΓΑ") == "άλφα ωμέγα");
  CHECK(to_upper("привет ёж ґ") == "ПРИВЕТ ЁЖ Ґ");
  CHECK(to_lower("ПРИВЕТ ЁЖ Ґ") == "привет ёж ґ");
}

TEST_CASE("a letter may change its length in bytes") {
  CHECK(to_upper("ıſ") == "IS");
  CHECK(to_lower("İ") == "i");
}

TEST_CASE("what has no other case of one letter stays") {
  for (const std::string text : {"", "ß", "×÷", "日本語", "🦊", "ĸŉ"}) {
    CHECK(to_upper(text) == text);
    CHECK(to_lower(text) == text);
  }
}
