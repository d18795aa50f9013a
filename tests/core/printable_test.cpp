// Text from outside, made safe for a terminal.
#include <doctest/doctest.h>

#include "core/error.hpp"

using flux::printable;

TEST_CASE("plain text and UTF-8 stay as they are") {
  CHECK(printable("").empty());
  CHECK(printable("double | addone") == "double | addone");
  CHECK(printable("naïve 日本 𝄞") == "naïve 日本 𝄞");
}

TEST_CASE("what drives a terminal is escaped") {
  CHECK(printable("\033[31mred") == "\\x1b[31mred");
  CHECK(printable("a\tb\nc\r\x7f") == "a\\x09b\\x0ac\\x0d\\x7f");
  CHECK(printable(std::string_view("\0", 1)) == "\\x00");
  CHECK(printable("\xC2\x9B"
                  "31m") == "\\xc2\\x9b31m");  // U+009B, which begins a sequence too
  CHECK(printable("\xC2\xA0") == "\xC2\xA0");  // U+00A0 does not
}

TEST_CASE("what cannot be seen, or turns text around, is escaped") {
  CHECK(printable("\u200b") == "\\xe2\\x80\\x8b");
  CHECK(printable("a\u202eb") == "a\\xe2\\x80\\xaeb");
  CHECK(printable("\u2069") == "\\xe2\\x81\\xa9");
  CHECK(printable("\ufeff1") == "\\xef\\xbb\\xbf1");
  CHECK(printable("\u2010\u2030\u2070\ufeee") == "\u2010\u2030\u2070\ufeee");
}

TEST_CASE("bytes that are no UTF-8 are escaped one by one") {
  struct Row {
    const char* story;
    std::string_view text;
    const char* shown;
  };
  const Row rows[] = {
      {"a continuation without a lead", "\x80", "\\x80"},
      {"a lead without continuation", "\xC3(", "\\xc3("},
      {"a sequence cut short by the end", "\xE6\x97", "\\xe6\\x97"},
      {"an overlong slash in two bytes", "\xC0\xAF", "\\xc0\\xaf"},
      {"an overlong slash in three", "\xE0\x80\xAF", "\\xe0\\x80\\xaf"},
      {"an overlong slash in four", "\xF0\x80\x80\xAF", "\\xf0\\x80\\x80\\xaf"},
      {"the last overlong three", "\xE0\x9F\xBF", "\\xe0\\x9f\\xbf"},
      {"the last overlong four", "\xF0\x8F\xBF\xBF", "\\xf0\\x8f\\xbf\\xbf"},
      {"the first surrogate", "\xED\xA0\x80", "\\xed\\xa0\\x80"},
      {"the last surrogate", "\xED\xBF\xBF", "\\xed\\xbf\\xbf"},
      {"the first beyond U+10FFFF", "\xF4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},
      {"a lead of five bytes", "\xF8\x88\x80\x80\x80", "\\xf8\\x88\\x80\\x80\\x80"},
      {"the byte 255", "\xFF", "\\xff"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.story);
    CHECK(printable(row.text) == row.shown);
  }
}

TEST_CASE("the first and last characters of each length are UTF-8") {
  for (const char* text : {"\xC2\xA0", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
                           "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"})
    CHECK(printable(text) == text);
}

TEST_CASE("what is longer than the limit ends in dots") {
  CHECK(printable("12345", 5) == "12345");
  CHECK(printable("123456", 5) == "12345...");
  CHECK(printable(std::string(121, 'a')) == std::string(120, 'a') + "...");
}

TEST_CASE("the limit never cuts a character or an escape") {
  CHECK(printable("日本語", 4) == "日本...");
  CHECK(printable("\001\002\003", 5) == "\\x01\\x02...");
}
