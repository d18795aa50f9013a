// Access logs as servers write them, and as they get broken.
#include <doctest/doctest.h>

#include <flux/json_writer.hpp>
#include <string>
#include <string_view>

#include "parse/clf.hpp"

namespace {

// What the line says, as JSON, or why it says nothing.
std::string parsed(std::string_view line) {
  ClfParser parser;
  Access access;
  if (const auto misfit = parser.parse(line, access)) return describe(*misfit, line);
  flux::JsonWriter json;
  json.value(access);
  return json.take();
}

std::string with_time(std::string_view time) {
  return parsed("h - - [" + std::string(time) + "] \"GET / HTTP/1.1\" 200 1");
}

std::string with_request(std::string_view request) {
  return parsed("h - - [25/Nov/2026:03:32:59 +0000] \"" + std::string(request) + "\" 400 0");
}

}  // namespace

TEST_CASE("the common format has no referer, and a dash is nothing") {
  CHECK(parsed(R"(127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326)") ==
        R"({"host":"127.0.0.1","user":"frank","time":"2000-10-10T13:55:36-07:00","method":"GET",)"
        R"("path":"/apache_pb.gif","protocol":"HTTP/1.0","status":200,"size":2326})");
  CHECK(parsed(R"(::1 - - [25/Nov/2026:03:32:59 +0000] "-" 408 - "-" "-")") ==
        R"({"host":"::1","time":"2026-11-25T03:32:59+00:00","status":408})");
}

TEST_CASE("the combined format has a referer and a user agent") {
  CHECK(parsed(R"(web.example ident1 - [25/Nov/2026:03:32:59 +0100] "POST /a?b=c HTTP/2.0" 502 0 )"
               R"-("https://example.org/" "Mozilla/5.0 (X11; \"odd\")")-") ==
        R"({"host":"web.example","ident":"ident1","time":"2026-11-25T03:32:59+01:00","method":"POST",)"
        R"("path":"/a?b=c","protocol":"HTTP/2.0","status":502,"size":0,)"
        R"-("referer":"https://example.org/","user_agent":"Mozilla/5.0 (X11; \"odd\")"})-");
}

TEST_CASE("the name of a user may have spaces in it") {
  CHECK(parsed(R"(h - John Doe [25/Nov/2026:03:32:59 +0000] "GET / HTTP/1.1" 200 1)")
            .find(R"("user":"John Doe")") != std::string::npos);
}

TEST_CASE("the time is RFC 3339 with its own offset") {
  CHECK(with_time("29/Feb/2024:23:59:60 -0330").find(R"("time":"2024-02-29T23:59:60-03:30")") !=
        std::string::npos);
  for (const char* time :
       {"29/Feb/2026:03:32:59 +0000", "31/Apr/2026:03:32:59 +0000", "00/Nov/2026:03:32:59 +0000",
        "25/nov/2026:03:32:59 +0000", "25/Nov/2026:24:00:00 +0000", "25/Nov/2026:03:60:00 +0000",
        "25/Nov/2026:03:32:61 +0000", "25/Nov/2026:03:32:59 +2400", "25/Nov/2026:03:32:59 +0060",
        "25/Nov/2026:03:32:59 00000", "2026-11-25T03:32:59+00:00 "}) {
    CAPTURE(time);
    CHECK(with_time(time) == "expected a time like 25/Nov/2026:03:32:59 +0100 at column 8, found '" +
                                 std::string(time) + "] \"GET...'");
  }
}

TEST_CASE("a request that is not three words is kept whole") {
  const auto request = [](std::string_view text) {
    const std::string json = with_request(text);
    const std::size_t begin = json.find("+00:00\",") + 8;
    return json.substr(begin, json.find(",\"status\"") - begin);
  };
  CHECK(request("GET / HTTP/1.1") == R"("method":"GET","path":"/","protocol":"HTTP/1.1")");
  CHECK(request("GET /") == R"("request":"GET /")");
  CHECK(request("GET /a b HTTP/1.1") == R"("request":"GET /a b HTTP/1.1")");
  CHECK(request("GET  HTTP/1.1") == R"("request":"GET  HTTP/1.1")");
  CHECK(request(" / HTTP/1.1") == R"("request":" / HTTP/1.1")");
  CHECK(request("GET / ") == R"("request":"GET / ")");
  CHECK(request("") == R"("request":"")");
}

TEST_CASE("escapes are undone, unless their bytes are no UTF-8") {
  const auto request = [](std::string_view text) {
    ClfParser parser;
    Access access;
    const std::string line = "h - - [25/Nov/2026:03:32:59 +0000] \"" + std::string(text) + "\" 400 0";
    CHECK_FALSE(parser.parse(line, access));
    return std::string(access.request.value_or("nothing"));
  };
  CHECK(request(R"(\"\\\b\n\r\t\v)") == "\"\\\b\n\r\t\v");
  CHECK(request(R"(\x41\xd0\x9F\x00)") == std::string("A\u041f\0", 4));
  CHECK(request(R"(\x16\x03\xff)") == R"(\x16\x03\xff)");
  CHECK(request(R"(\xed\xa0\x80)") == R"(\xed\xa0\x80)");
  CHECK(request(R"(\q\x4g)") == R"(\q\x4g)");
}

TEST_CASE("a line that does not fit says what was expected, and where") {
  CHECK(parsed("") == "expected a host and a space at column 1, found the end of the line");
  CHECK(parsed("hello") == "expected a host and a space at column 1, found 'hello'");
  CHECK(parsed("hello world") == "expected an identity (or '-') and a space at column 7, found 'world'");
  CHECK(parsed("h - [25/Nov") ==
        "expected a user (or '-') and a time in brackets at column 5, found '[25/Nov'");
  CHECK(parsed("h - - [25/Nov/2026:03:32:59 +0000] GET") ==
        "expected ']' and a request in quotes at column 34, found '] GET'");
  CHECK(parsed("h - - [25/Nov/2026:03:32:59 +0000] \"GET\\") ==
        "expected a closing quote at column 41, found the end of the line");
  CHECK(parsed("h - - [25/Nov/2026:03:32:59 +0000] \"GET\"200") ==
        "expected a space and a status at column 41, found '200'");
  CHECK(parsed("h - - [25/Nov/2026:03:32:59 +0000] \"GET\" OK 1") ==
        "expected a status of three digits at column 42, found 'OK 1'");
  CHECK(parsed("h - - [25/Nov/2026:03:32:59 +0000] \"GET\" 200") ==
        "expected a space and a size at column 45, found the end of the line");
  CHECK(parsed("h - - [25/Nov/2026:03:32:59 +0000] \"GET\" 200 9223372036854775808") ==
        "expected a size in bytes (or '-') at column 46, found '9223372036854775808'");
  CHECK(parsed("h - - [25/Nov/2026:03:32:59 +0000] \"GET\" 200 1 x") ==
        "expected a referer and a user agent in quotes at column 47, found ' x'");
  CHECK(parsed("h - - [25/Nov/2026:03:32:59 +0000] \"GET\" 200 1 \"a\"") ==
        "expected a referer and a user agent in quotes at column 51, found the end of the line");
  CHECK(parsed("h - - [25/Nov/2026:03:32:59 +0000] \"GET\" 200 1 \"a\" \"b") ==
        "expected a closing quote at column 54, found the end of the line");
  CHECK(parsed("h - - [25/Nov/2026:03:32:59 +0000] \"GET\" 200 1 \"a\" \"b\" 0.1") ==
        "expected the end of the line at column 55, found ' 0.1'");
}

TEST_CASE("what was found is not cut within a character") {
  const std::string line = std::string(30, 'x') + "\u20ac\u20ac";
  CHECK(describe({"nothing", 0}, line) ==
        "expected nothing at column 1, found '" + std::string(30, 'x') + "...'");
}
