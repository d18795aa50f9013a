// Lines of key and value pairs, and back.
#include <doctest/doctest.h>

#include <flux/json_writer.hpp>
#include <nlohmann/json.hpp>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "json/seed.hpp"
#include "parse/pairs.hpp"

namespace {

template <class Parser>
std::string parsed(Parser parser, std::string_view line) {
  flux::JsonWriter json;
  if (const auto misfit = parser.parse(line, json)) return describe(*misfit, line);
  return json.take();
}

std::string logfmt(std::string_view line, bool typed = false) { return parsed(LogfmtParser(typed), line); }

std::string kv(std::string_view line, std::string pairs = " ", std::string equals = "=") {
  return parsed(KvParser(std::move(pairs), std::move(equals), false), line);
}

std::string refusal(std::string pairs, std::string equals) {
  try {
    KvParser(std::move(pairs), std::move(equals), false);
  } catch (const std::invalid_argument& why) {
    return why.what();
  }
  return "made";
}

// Few characters, the awkward ones among them.
std::string random_text(std::mt19937_64& random, std::size_t most) {
  static constexpr std::string_view kPieces[] = {"a", "b",  "=",  " ",      "\"",     "\\",         "\n",
                                                 "x", "\t", ",",  "\u00e9", "\u20ac", "\U0001F98A", "{",
                                                 ";", ":",  "\r", "\x01",   "0",      "true",       "\x7f"};
  std::string text;
  for (auto left = random() % (most + 1); left > 0; --left) text += kPieces[random() % std::size(kPieces)];
  return text;
}

std::string random_key(std::mt19937_64& random) {
  static constexpr std::string_view kPieces[] = {"a", "b", "k.y", "_", "\u00e9", "9", "-"};
  std::string text;
  for (auto left = random() % 4 + 1; left > 0; --left) text += kPieces[random() % std::size(kPieces)];
  return text;
}

}  // namespace

TEST_CASE("logfmt is pairs, quoted values and bare keys") {
  CHECK(logfmt("level=info msg=\"it works\" took=1.5ms debug") ==
        R"({"level":"info","msg":"it works","took":"1.5ms","debug":true})");
  CHECK(logfmt("a= b=\"\" c") == R"({"a":"","b":"","c":true})");
  CHECK(logfmt("  a=1 \t b=2  ") == R"({"a":"1","b":"2"})");
  CHECK(logfmt("") == "{}");
  CHECK(logfmt("url=/a?b=c\u00e9=\u20ac") == "{\"url\":\"/a?b=c\u00e9=\u20ac\"}");
  CHECK(logfmt("a=1 a=2") == R"({"a":"1","a":"2"})");
}

TEST_CASE("quoted values have the escapes of JSON and Go") {
  CHECK(logfmt(R"(a="\"\\\/\'\a\b\f\n\r\t\v")") == "{\"a\":\"\\\"\\\\/'\\u0007\\b\\f\\n\\r\\t\\u000b\"}");
  CHECK(logfmt(R"(a="\u00e9\u20AC\ud83e\udd8a\U0001F98A\x41\x1b")") ==
        "{\"a\":\"\u00e9\u20ac\U0001F98A\U0001F98AA\\u001b\"}");
  CHECK(logfmt(R"(a="\ud83e x\udd8a\xff\U0000D800")") == "{\"a\":\"\ufffd x\ufffd\ufffd\ufffd\"}");
  CHECK(logfmt(R"(a="\ud83e\u0041")") == "{\"a\":\"\ufffdA\"}");
}

TEST_CASE("typed values are those that JSON writes the same way, outside of quotes") {
  CHECK(logfmt("a=1 b=-1.50e3 c=true d=false e=0", true) ==
        R"({"a":1,"b":-1.50e3,"c":true,"d":false,"e":0})");
  CHECK(logfmt("a=007 b=1. c=.5 d=+1 e=0x1 f=True g=null h=- i=1e j=NaN k=1e5x l=\"1\"", true) ==
        R"({"a":"007","b":"1.","c":".5","d":"+1","e":"0x1","f":"True","g":"null","h":"-","i":"1e",)"
        R"("j":"NaN","k":"1e5x","l":"1"})");
}

TEST_CASE("a line that is no logfmt says what was expected, and where") {
  CHECK(logfmt("a=1 =2") == "expected a key at column 5, found '=2'");
  CHECK(logfmt("\"a\"=1") == "expected a key at column 1, found '\"a\"=1'");
  CHECK(logfmt("a\"b=1") == "expected '=' or a space behind the key at column 2, found '\"b=1'");
  CHECK(logfmt("a=b\"c") == "expected a space (a value with quotes is quoted) at column 4, found '\"c'");
  CHECK(logfmt("a=\"b\"c") == "expected a space behind the closing quote at column 6, found 'c'");
  CHECK(logfmt("a=\"b") == "expected a closing quote at column 5, found the end of the line");
  CHECK(logfmt("a=\"b\\") == "expected an escape like \\n, \\\" or \\u00e9 at column 5, found '\\'");
  CHECK(logfmt("a=\"b\\\"") == "expected a closing quote at column 7, found the end of the line");
  CHECK(logfmt(R"(a="\q")") == R"(expected an escape like \n, \" or \u00e9 at column 4, found '\q"')");
  CHECK(logfmt(R"(a="\u12g4")") ==
        R"(expected an escape like \n, \" or \u00e9 at column 4, found '\u12g4"')");
  CHECK(logfmt(R"(a="\x1")") == R"(expected an escape like \n, \" or \u00e9 at column 4, found '\x1"')");
  CHECK(logfmt(R"(a="\Uffffffff")") ==
        R"(expected an escape like \n, \" or \u00e9 at column 4, found '\Uffffffff"')");
}

TEST_CASE("pairs may have any separators, and blanks around them") {
  CHECK(kv("a=1  b=2 c") == R"({"a":"1","b":"2","c":true})");
  CHECK(kv(" user: ann ;; rights : \"a; \\\"b\\\"\" ; admin ", ";", ":") ==
        R"({"user":"ann","rights":"a; \"b\"","admin":true})");
  CHECK(kv("a=>1, b=>x=>y", ",", "=>") == R"({"a":"1","b":"x=>y"})");
  CHECK(kv("a=&b=2&c", "&") == R"({"a":"","b":"2","c":true})");
  CHECK(kv("a\t1 || b\t2\t3", "||", "\t") == R"({"a":"1","b":"2\t3"})");
  CHECK(kv("") == "{}");
}

TEST_CASE("a line that is no pairs says what was expected, and where") {
  CHECK(kv("a=1 =2") == "expected a key at column 5, found '=2'");
  CHECK(kv("a:\"1\"x;b", ";", ":") ==
        "expected the end of the pair behind the closing quote at column 6, found 'x;b'");
  CHECK(kv("a=\"1") == "expected a closing quote at column 5, found the end of the line");
}

TEST_CASE("separators that would not part anything are refused") {
  CHECK(refusal("", "=") == "pairs must not be empty: it parts two pairs");
  CHECK(refusal(" ", "") == "equals must not be empty: it parts key and value");
  CHECK(refusal(";", ";") == "pairs and equals must differ, found ';' for both");
}

TEST_CASE("property: what is written as logfmt or pairs is read back") {
  const auto seed = property_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 2'000; ++round) {
    nlohmann::json expected = nlohmann::json::object();
    std::string line;
    std::string pairs;
    for (auto left = random() % 5; left > 0; --left) {
      const std::string key = random_key(random);
      if (expected.contains(key)) continue;
      const std::string value = random_text(random, 6);
      expected[key] = value;
      // The quotes and escapes of JSON are among those of logfmt.
      const std::string quoted = nlohmann::json(value).dump();
      const bool is_plain = value.find_first_of("=\"\\ \t\n\r\x01;:,") == std::string::npos;
      const std::string written = is_plain && random() % 2 == 0 ? value : quoted;
      line += (line.empty() ? "" : " ") + key + "=" + written;
      pairs += (pairs.empty() ? "" : "; ") + key + ":" + written;
    }
    CAPTURE(line);
    REQUIRE(nlohmann::json::parse(logfmt(line)) == expected);
    CAPTURE(pairs);
    REQUIRE(nlohmann::json::parse(kv(pairs, ";", ":")) == expected);
  }
}

TEST_CASE("property: whatever the line, it gives JSON or a place in it") {
  const auto seed = property_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 5'000; ++round) {
    const std::string line = random_text(random, 12);
    CAPTURE(line);
    for (const std::string& result : {logfmt(line), logfmt(line, true), kv(line), kv(line, ", ", ":")}) {
      CAPTURE(result);
      REQUIRE((result.starts_with("expected ") || nlohmann::json::parse(result).is_object()));
    }
  }
}
