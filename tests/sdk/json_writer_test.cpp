// JSON text as plugins write it.
#include <doctest/doctest.h>

#include <cstdint>
#include <flux/agent.hpp>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace {

struct Login {
  std::string_view user;
  std::optional<std::int64_t> tries;
  std::optional<std::string_view> from;
  flux::JsonText more;
};
FLUX_RECORD(Login, user, tries, from, more)

template <class T>
std::string written(T value) {
  flux::JsonWriter json;
  json.value(value);
  return json.take();
}

}  // namespace

TEST_CASE("a writer puts commas and colons where they belong") {
  flux::JsonWriter json;
  json.begin_object();
  json.key("a");
  json.begin_array();
  json.value(1);
  json.value("two");
  json.begin_object();
  json.end_object();
  json.begin_array();
  json.end_array();
  json.end_array();
  json.key("b");
  json.value(nullptr);
  json.key("c \"quoted\"");
  json.value(flux::Json{"{\"raw\":1.10}"});
  json.end_object();
  CHECK(json.text() == R"({"a":[1,"two",{},[]],"b":null,"c \"quoted\"":{"raw":1.10}})");
}

TEST_CASE("a writer is empty after take and after clear") {
  flux::JsonWriter json;
  json.value(1);
  CHECK(json.take() == "1");
  CHECK(json.text().empty());
  json.value(2);
  json.clear();
  json.value(3);
  CHECK(json.take() == "3");
}

TEST_CASE("strings have the shortest escapes that JSON allows") {
  CHECK(written(std::string_view()) == R"("")");
  CHECK(written("a/b caf\u00e9 \U0001F98A") == "\"a/b caf\u00e9 \U0001F98A\"");
  CHECK(written("\"\\\b\f\n\r\t") == R"("\"\\\b\f\n\r\t")");
  CHECK(written(std::string_view("\0\x1f\x7f", 3)) == "\"\\u0000\\u001f\x7f\"");
}

TEST_CASE("numbers and words are written as flux writes them") {
  CHECK(written(true) == "true");
  CHECK(written(false) == "false");
  CHECK(written(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
  CHECK(written(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
  CHECK(written(0.0) == "0.0");
  CHECK(written(-0.0) == "-0.0");
  CHECK(written(2.0) == "2.0");
  CHECK(written(0.1) == "0.1");
  CHECK(written(-0.0001) == "-0.0001");
  CHECK(written(0.00001) == "1e-5");
  CHECK(written(1e15) == "1000000000000000.0");
  CHECK(written(1e16) == "1e16");
  CHECK(written(1.5e300) == "1.5e300");
  CHECK(written(5e-324) == "5e-324");
}

TEST_CASE("a record is an object of the members that it has") {
  CHECK(written(Login{"Ann", 2, {}, {"[1]"}}) == R"({"user":"Ann","tries":2,"more":[1]})");
}

TEST_CASE("JSON has no number for what is not finite") {
  flux::JsonWriter json;
  CHECK_THROWS_WITH_AS(json.value(std::numeric_limits<double>::infinity()),
                       "the result is not a finite number", flux::Overflow);
  CHECK_THROWS_AS(json.value(std::numeric_limits<double>::quiet_NaN()), flux::Overflow);
}
