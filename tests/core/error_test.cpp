// What people see of a set-up error: the message, the place, the way out.
#include "core/error.hpp"

#include <doctest/doctest.h>

using flux::Error;
using flux::Excerpt;

namespace {

// The excerpt and the caret line of an error at `span` of `text`.
std::string shown(const std::string& text, flux::Span span) {
  return flux::describe(Error("no", {}, Excerpt{text, span})).substr(std::string_view("flux: no\n").size());
}

}  // namespace

TEST_CASE("an error names the thing, the place and the way out") {
  const Error error("unknown agent 'dubble'", "did you mean 'double'? ('flux agents' lists all)",
                    Excerpt{"dubble|addone", {0, 6}});
  CHECK(flux::describe(error) ==
        "flux: unknown agent 'dubble'\n"
        "  dubble|addone\n"
        "  ^~~~~~\n"
        "did you mean 'double'? ('flux agents' lists all)\n");
}

TEST_CASE("an error without place and hint is one line") {
  const Error error("stdin is closed");
  CHECK(flux::describe(error) == "flux: stdin is closed\n");
  CHECK(error.what() == std::string("stdin is closed"));
}

TEST_CASE("an error is one of usage unless it says otherwise") {
  CHECK(Error("no").status == flux::Exit::usage);
  CHECK(Error("no", {}, {}, flux::Exit::failed).status == flux::Exit::failed);
}

TEST_CASE("the caret stands below what it is about") {
  CHECK(shown("a|b|c", {2, 3}) == "  a|b|c\n    ^\n");
  CHECK(shown("a|bcd", {2, 5}) == "  a|bcd\n    ^~~\n");
}

TEST_CASE("an empty span is one caret") {
  CHECK(shown("double|", {7, 7}) == "  double|\n         ^\n");
  CHECK(shown("ab", {1, 1}) == "  ab\n   ^\n");
  CHECK(shown("", {0, 0}) == "  \n  ^\n");
}

TEST_CASE("a span beyond the text is a caret at its end") { CHECK(shown("ab", {7, 9}) == "  ab\n    ^\n"); }

TEST_CASE("of a text of several lines only the one with the place is shown") {
  CHECK(shown("one\ntwo\nthree", {4, 7}) == "  two\n  ^~~\n");
  CHECK(shown("one\ntwo\nthree", {5, 12}) == "  two\n   ^~\n");
  CHECK(shown("one\ntwo\nthree", {3, 3}) == "  one\n     ^\n");
}

TEST_CASE("there is one caret per character, not per byte") {
  CHECK(shown("\"é\"|x", {5, 6}) == "  \"é\"|x\n      ^\n");
  CHECK(shown("é日𝄞", {0, 9}) == "  é日𝄞\n  ^~~\n");
}

TEST_CASE("an escaped byte is as wide as it is printed") {
  CHECK(shown("a\033|b", {3, 4}) == "  a\\x1b|b\n        ^\n");
  CHECK(shown("a\033b", {1, 2}) == "  a\\x1bb\n   ^~~~\n");
  CHECK(shown("\xff\xfe!", {1, 3}) == "  \\xff\\xfe!\n      ^~~~~\n");
}

TEST_CASE("of a very long line the part around the caret is shown") {
  const std::string text = std::string(5000, 'a') + "|b|" + std::string(5000, 'c');
  CHECK(shown(text, {5001, 5002}) == "  ..." + std::string(1999, 'a') + "|b|" + std::string(1998, 'c') +
                                         "...\n  " + std::string(2003, ' ') + "^\n");
}

TEST_CASE("a span that is longer than what is shown is underlined as far as it is") {
  CHECK(shown(std::string(5000, 'a'), {0, 5000}) ==
        "  " + std::string(2000, 'a') + "...\n  ^" + std::string(2002, '~') + "\n");
}

TEST_CASE("a long line is not cut within a character") {
  std::string text;
  for (int i = 0; i < 1500; ++i) text += "é";
  std::string kept;
  for (int i = 0; i < 999; ++i) kept += "é";
  text += "x|";  // 2000 bytes in front of '|' would begin with half an é
  CHECK(shown(text, {3001, 3002}) == "  ..." + kept + "x|\n  " + std::string(1003, ' ') + "^\n");
}
