// Escapes in and out.
#include "json/string.hpp"
#include "json/escapes.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "json/check.hpp"
#include "json/seed.hpp"

using namespace flux::json;

namespace {

std::string escaped(const std::string& text) {
  std::string room(escaped_size_bound(text.size()), '\0');
  return {room.data(), put_string(room.data(), text)};
}

std::string unescaped(const std::string& raw) {
  std::string room(raw.size(), '\0');
  room.resize(unescape(raw, room.data()));
  return room;
}

// Valid UTF-8 with a good share of what needs escapes.
std::string random_text(std::mt19937_64& random) {
  static const std::string pieces[] = {"a",
                                       "hello",
                                       "\"",
                                       "\\",
                                       "\n",
                                       "\x01",
                                       "\x1f",
                                       "\x7f",
                                       "/",
                                       "é",
                                       "€",
                                       "😀",
                                       std::string(1, '\0'),
                                       "0123456789abcdef",
                                       "\b\f\n\r\t"};
  const std::uint64_t plain_share = random() % 20;
  std::string text;
  for (std::uint64_t left = random() % 40; left > 0; --left)
    text += random() % 20 < plain_share ? "x" : pieces[random() % std::size(pieces)];
  return text;
}

}  // namespace

TEST_CASE("text gets the shortest escapes that JSON allows, and everything else stays") {
  CHECK(escaped("") == "\"\"");
  CHECK(escaped("plain") == "\"plain\"");
  CHECK(escaped("\"\\") == R"("\"\\")");
  CHECK(escaped("\b\f\n\r\t") == R"("\b\f\n\r\t")");
  CHECK(escaped({"\0\x01\x0b\x1f\x7f/", 6}) == "\"\\u0000\\u0001\\u000b\\u001f\x7f/\"");
  CHECK(escaped("é€😀") == "\"é€😀\"");
  CHECK(escaped("a text that is longer than one block of sixteen\n, or two, or three \"or\" four") ==
        R"("a text that is longer than one block of sixteen\n, or two, or three \"or\" four")");
}

TEST_CASE("every escape is undone") {
  CHECK(unescaped("plain") == "plain");
  CHECK(unescaped(R"(\"\\\/\b\f\n\r\t)") == "\"\\/\b\f\n\r\t");
  CHECK(unescaped(R"(\u0041\u00e9\u20AC\ud83d\uDE00)") == "Aé€😀");
  CHECK(unescaped(R"(\u0000)") == std::string(1, '\0'));
  CHECK(unescaped(R"(a\\u0041)") == "a\\u0041");
}

TEST_CASE("text without a backslash is not copied") {
  flux::Arena arena;
  const std::string raw = "nothing to do";
  CHECK(unescape(raw, arena).data() == raw.data());
  CHECK(unescape(R"(a\nb)", arena) == "a\nb");
}

TEST_CASE("half a surrogate pair and unknown letters are no escapes") {
  for (const std::string text : {"\\", "\\x", "\\u", "\\u12", "\\u12g4", "\\ud800", "\\ud800\\n",
                                 "\\ud800\\u0041", "\\ud800\\ud800", "\\udc00", "\\U0041"}) {
    CAPTURE(text);
    CHECK(read_escape(text).size == 0);
  }
}

TEST_CASE("put_string writes the same as nlohmann, and unescape gives the text back") {
  const std::uint64_t seed = property_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 5'000; ++i) {
    const std::string text = random_text(random);
    const std::string written = escaped(text);
    REQUIRE(written == nlohmann::json(text).dump());
    REQUIRE(unescaped(written.substr(1, written.size() - 2)) == text);
  }
}

TEST_CASE("UTF-8 is told from what is not, short or long") {
  for (const std::size_t size : {0, 100}) {
    const std::string front(size, 'x');
    for (const char* text : {"", "a", "é", "€", "😀", "\xf4\x8f\xbf\xbf"}) CHECK(is_utf8(front + text));
    for (const char* text : {"\x80", "\xc3", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff"})
      CHECK_FALSE(is_utf8(front + text));
  }
}
