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

TEST_CASE("ints become floats beside floats, without rounding") {
  CHECK(work_out("a + 0.5", R"({"a":2})") == "2.5");
  CHECK(work_out("a * 1.0", R"({"a":9007199254740994})") == "9007199254740994.0");
  CHECK(work_out("a * 1.0", R"({"a":9007199254740993})") ==
        "! overflow: a * 1.0: 9007199254740993 does not fit in a float without rounding");
  CHECK(work_out("1e308 * 10.0") == "! overflow: 1e308 * 10.0 does not fit in a float");
  CHECK(work_out("1.0 / 0.0") == "! 1.0 / 0.0: division by zero");
  CHECK(work_out("-9223372036854775808 / -1") ==
        "! overflow: -9223372036854775808 / -1 does not fit in an int");
  CHECK(work_out("-9223372036854775808 % -1") == "0");
  CHECK(work_out("-a", R"({"a":-9223372036854775808})") ==
        "! overflow: -a: -(-9223372036854775808) does not fit in an int");
}

TEST_CASE("logic wants true or false, and what decides makes up for what fails") {
  CHECK(work_out("true && 1 / a == 0", R"({"a":0})") == "! 1 / a: division by zero");
  CHECK(work_out("false && 1 / a == 0", R"({"a":0})") == "false");
  CHECK(work_out("1 / a == 0 && false", R"({"a":0})") == "false");
  CHECK(work_out("1 / a == 0 || true", R"({"a":0})") == "true");
  CHECK(work_out("a && true") == "! a is missing or null, and '&&' wants true or false");
  CHECK(work_out("a && false") == "false");
  CHECK(work_out("true && true && a", R"({"a":1})") == "! a is 1, and '&&' wants true or false");
  CHECK(work_out("!a") == "! a is missing or null, and '!' wants true or false");
  CHECK(work_out("a > 0 ? 10 / a : 0", R"({"a":0})") == "0");
  CHECK(work_out("a ? 1 : 2") == "! a is missing or null, and '?:' wants true or false");
}

TEST_CASE("has says whether a member is neither missing nor null") {
  const std::string event = R"({"a":{"b":null,"c":0},"n":1})";
  CHECK(work_out("[has(a.b), has(a.c), has(a.d), has(x.y.z), has(n.b)]", event) ==
        "[false,true,false,false,false]");
  CHECK(work_out("has(a) && has(event.a['c']) && !has(b)", event) == "true");
  CHECK(work_out("has(event)", "1e400") == "true");
  CHECK(work_out("has(a[n / 0].b)", event) == "! n / 0: division by zero");
}

TEST_CASE("what is long is shown by its beginning") {
  const std::string event = "{\"s\":\"" + std::string(57, 'x') + "ééé\"}";
  CHECK(work_out("s * 2", event) == "! s is \"" + std::string(57, 'x') + "é..., and '*' wants numbers");
  CHECK(work_out("int(s)", event) == "! int(s): \"" + std::string(57, 'x') + "é... is no int");
  CHECK(work_out("int(s + '" + std::string(70, 'y') + "')", event) ==
        "! int(s + '" + std::string(51, 'y') + "...: \"" + std::string(57, 'x') + "é... is no int");
}

TEST_CASE("of no events there are no values") {
  CHECK(work_out(parsed("a + 1"), {}).empty());
  CHECK(work_out(parsed("1 + 1"), {}).empty());
}
