// One line of comma-separated values, and back.
#include <doctest/doctest.h>

#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "json/seed.hpp"
#include "parse/csv.hpp"

namespace {

using Texts = std::vector<std::string>;

// The fields, or alone why there are none.
Texts split(std::string_view line, char separator = ',') {
  CsvSplitter splitter(separator);
  std::vector<std::optional<std::string_view>> fields;
  if (const auto misfit = splitter.split(line, fields)) return {describe(*misfit, line)};
  Texts texts;
  for (const auto& field : fields) texts.emplace_back(field.value());
  return texts;
}

}  // namespace

TEST_CASE("fields stand between separators, and may be empty") {
  CHECK(split("a,b c, d") == Texts{"a", "b c", " d"});
  CHECK(split("") == Texts{""});
  CHECK(split(",") == Texts{"", ""});
  CHECK(split("a,,") == Texts{"a", "", ""});
  CHECK(split("a\tb,c", '\t') == Texts{"a", "b,c"});
}

TEST_CASE("a field in quotes may have separators and doubled quotes in it") {
  CHECK(split(R"("a,b",c,"")") == Texts{"a,b", "c", ""});
  CHECK(split(R"("""a"" said ""b""","""")") == Texts{R"("a" said "b")", "\""});
  CHECK(split(R"(3" disk,a"b")") == Texts{"3\" disk", "a\"b\""});
}

TEST_CASE("a line with broken quotes says what was expected, and where") {
  CHECK(split(R"(a,"b)") == Texts{"expected a closing quote at column 5, found the end of the line"});
  CHECK(split(R"("b"")") == Texts{"expected a closing quote at column 5, found the end of the line"});
  CHECK(split(R"(a,"b"c,d)") ==
        Texts{"expected a separator behind the closing quote at column 6, found 'c,d'"});
}

TEST_CASE("property: what is written as CSV is read back") {
  const auto seed = property_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  static constexpr std::string_view kPieces[] = {"a", "\"", ",", ";", " ", "\u00e9", "\\", "x"};
  CsvSplitter splitter(';');  // one for all, as an agent has it
  for (int round = 0; round < 3'000; ++round) {
    Texts expected;
    std::string line;
    for (auto left = random() % 5 + 1; left > 0; --left) {
      std::string field;
      for (auto pieces = random() % 6; pieces > 0; --pieces) field += kPieces[random() % std::size(kPieces)];
      const bool must_quote = field.find_first_of(";\"") != std::string::npos;
      std::string written = field;
      if (must_quote || random() % 2 == 0) {
        written = "\"";
        for (const char c : field) written += c == '"' ? std::string("\"\"") : std::string(1, c);
        written += '"';
      }
      if (!expected.empty()) line += ';';
      line += written;
      expected.push_back(field);
    }
    CAPTURE(line);
    std::vector<std::optional<std::string_view>> fields;
    REQUIRE_FALSE(splitter.split(line, fields));
    Texts found;
    for (const auto& field : fields) found.emplace_back(field.value());
    REQUIRE(found == expected);
  }
}
