// What expressions come to.
#include <doctest/doctest.h>

#include "work_out.hpp"

TEST_CASE("literals are values") {
  CHECK(work_out("1") == "1");
  CHECK(work_out("-9223372036854775808") == "-9223372036854775808");
  CHECK(work_out("0x1F") == "31");
  CHECK(work_out("1.5e3") == "1500.0");
  CHECK(work_out(".5") == "0.5");
  CHECK(work_out("true") == "true");
  CHECK(work_out("null") == "null");
  CHECK(work_out(R"("a\"b")") == R"("a\"b")");
  CHECK(work_out(R"('it\'s "x" \u00e9 \x41 \101 \U0001F600')") == R"("it's \"x\" é A A 😀")");
  CHECK(work_out(R"(r"\d+")") == R"("\\d+")");
  CHECK(work_out("'''a 'b'\nc'''") == R"("a 'b'\nc")");
  CHECK(work_out("[1, 'a', [true, null]]") == R"([1,"a",[true,null]])");
  CHECK(work_out("[]") == "[]");
}

TEST_CASE("members of the event are variables, and event is the whole of it") {
  const std::string event = R"({"a":{"b":3,"odd key":4},"tags":["x","y"],"s":"text"})";
  CHECK(work_out("a.b", event) == "3");
  CHECK(work_out(R"(a["odd key"])", event) == "4");
  CHECK(work_out("tags[1]", event) == R"("y")");
  CHECK(work_out("tags[2]", event) == "! tags[2]: there is no element 2");
  CHECK(work_out("tags[0 - 1]", event) == "! tags[0 - 1]: there is no element -1; they count from 0");
  CHECK(work_out("event.a.b", event) == "3");
  CHECK(work_out("event", event) == event);
  CHECK(work_out("missing", event) == "null");
  CHECK(work_out("missing.x.y", event) == "null");
  CHECK(work_out("missing[0]", event) == "null");
  CHECK(work_out("s.x", event) == "null");
  CHECK(work_out("s[0]", event) == "! s is \"text\", and [] wants a list or an object");
  CHECK(work_out("event > 3", "4") == "true");
}

TEST_CASE("arithmetic") {
  CHECK(work_out("1 + 2 * 3") == "7");
  CHECK(work_out("(1 + 2) * 3") == "9");
  CHECK(work_out("7 / 2") == "3");
  CHECK(work_out("-7 / 2") == "-3");
  CHECK(work_out("-7 % 3") == "-1");
  CHECK(work_out("7 / 2.0") == "3.5");
  CHECK(work_out("'a' + 'b'") == R"("ab")");
  CHECK(work_out("9223372036854775807 + 1") == "! overflow: 9223372036854775807 + 1 does not fit in an int");
  CHECK(work_out("1 / 0") == "! 1 / 0: division by zero");
  CHECK(work_out("a / 1000.0", R"({"a":null})") == "! a is missing or null, and '/' wants numbers");
  CHECK(work_out("a - 1", R"({"a":"x"})") == "! a is \"x\", and '-' wants numbers or times");
}
