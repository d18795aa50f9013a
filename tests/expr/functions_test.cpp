// What each function gives.
#include <doctest/doctest.h>

#include <set>

#include "expr/functions.hpp"
#include "rejected.hpp"

TEST_CASE("strings") {
  CHECK(work_out("'timeout'.contains('me')") == "true");
  CHECK(work_out("'timeout'.contains('')") == "true");
  CHECK(work_out("'timeout'.startsWith('time')") == "true");
  CHECK(work_out("'timeout'.endsWith('time')") == "false");
  CHECK(work_out(R"('took 12ms'.matches(r"\d+ms$"))") == "true");
  CHECK(work_out(R"(matches('took 12 ms', "^\\d"))") == "false");
  CHECK(work_out("'héllo'.matches('^h.llo$')") == "true");
  CHECK(work_out("'ÀBc'.lowerAscii()") == "\"Àbc\"");
  CHECK(work_out("'àBc'.upperAscii()") == "\"àBC\"");
  CHECK(work_out(R"(" \t\u00a0\u3000x y\r\n".trim())") == "\"x y\"");
  CHECK(work_out("' '.trim()") == "\"\"");
  CHECK(work_out("'héllo'.substring(1)") == "\"éllo\"");
  CHECK(work_out("'héllo'.substring(1, 3)") == "\"él\"");
  CHECK(work_out("'héllo'.substring(5)") == "\"\"");
  CHECK(work_out("s.substring(6)", R"({"s":"héllo"})") ==
        "! s.substring(6): there is no position 6 in \"héllo\"");
  CHECK(work_out("s.substring(2, 1)", R"({"s":"abc"})") ==
        "! s.substring(2, 1): there is no position 1 in \"abc\"");
}

TEST_CASE("split and replace") {
  CHECK(work_out("'a,b,,c'.split(',')") == R"(["a","b","","c"])");
  CHECK(work_out("'a,b,c'.split(',', 2)") == R"(["a","b,c"])");
  CHECK(work_out("'a,b,c'.split(',', 0)") == "[]");
  CHECK(work_out("'a,b,c'.split(',', 1)") == R"(["a,b,c"])");
  CHECK(work_out("'a,b,c'.split(',', -1)") == R"(["a","b","c"])");
  CHECK(work_out("'héy'.split('')") == R"(["h","é","y"])");
  CHECK(work_out("'héy'.split('', 2)") == R"(["h","éy"])");
  CHECK(work_out("''.split(',')") == R"([""])");
  CHECK(work_out("''.split('')") == "[]");
  CHECK(work_out(R"("a\"\n,\u0001".split(','))") == R"(["a\"\n","\u0001"])");
  CHECK(work_out("'GET /x HTTP/1.1'.split(' ')[1]") == "\"/x\"");
  CHECK(work_out("'aXbXc'.replace('X', '--')") == "\"a--b--c\"");
  CHECK(work_out("'aXbXc'.replace('X', '', 1)") == "\"abXc\"");
  CHECK(work_out("'aXbXc'.replace('X', '-', 0)") == "\"aXbXc\"");
  CHECK(work_out("'né'.replace('', '-')") == "\"-n-é-\"");
}

TEST_CASE("what gets too long is the event's failure") {
  const std::string large = "{\"s\":\"" + std::string(5000, 'x') + "\"}";
  CHECK(work_out("s.replace('x', s)", large) ==
        "! s.replace('x', s): the result would be longer than 16 MiB");
  CHECK(work_out("size(s.replace('x', 'yy'))", large) == "10000");
}

TEST_CASE("size counts code points, elements and keys") {
  CHECK(work_out("size('né😀')") == "3");
  CHECK(work_out("'né'.size()") == "2");
  CHECK(work_out("size(event)", "[1, [2, 3], \"],\"]") == "3");
  CHECK(work_out("size(event)", R"({"a":1,"b":{"c":2},"\u0061":3})") == "2");
  CHECK(work_out("size([])") == "0");
  CHECK(work_out("size(event)", "3") == "! event is 3, and size() wants string, list or object");
}

TEST_CASE("conversions") {
  CHECK(work_out("[int(3.99), int(-3.99), int('42'), int('-7'), int(timestamp('1969-12-31T23:59:59.5Z'))]") ==
        "[3,-3,42,-7,-1]");
  CHECK(work_out("[double(3), double('1e3'), double('-.5'), double('1e-400')]") == "[3.0,1000.0,-0.5,0.0]");
  CHECK(work_out("[string(3), string(2.0), string(true), string('x')]") == R"(["3","2.0","true","x"])");
  CHECK(work_out("[string(timestamp(0)), string(duration('1h30m'))]") ==
        R"(["1970-01-01T00:00:00Z","5400s"])");
  CHECK(work_out("[bool('true'), bool('f'), bool(true)]") == "[true,false,true]");
  const auto on = [](const std::string& expression, const std::string& event) {
    return work_out(expression + "(event)", event);
  };
  CHECK(on("int", "1e300") == "! overflow: int(event): 1e300 does not fit in an int");
  CHECK(on("int", "-9223372036854775808.0") == "-9223372036854775808");
  CHECK(on("int", "9223372036854775808.0") ==
        "! overflow: int(event): 9.223372036854776e18 does not fit in an int");
  CHECK(on("int", "\"1.5\"") == "! int(event): \"1.5\" is no int");
  CHECK(on("int", "\" 1\"") == "! int(event): \" 1\" is no int");
  CHECK(on("int", "\"9223372036854775808\"") ==
        "! overflow: int(event): \"9223372036854775808\" does not fit in an int");
  CHECK(on("int", "true") == "! event is true, and int() wants number, string or timestamp");
  CHECK(on("double", "\"nan\"") == "! double(event): \"nan\" is no float");
  CHECK(on("double", "\"1e400\"") == "! overflow: double(event): \"1e400\" does not fit in a float");
  CHECK(on("double", "9007199254740993") ==
        "! overflow: double(event): 9007199254740993 does not fit in a float without rounding");
  CHECK(on("bool", "\"yes\"") == "! bool(event): \"yes\" is neither \"true\" nor \"false\"");
  CHECK(on("string", "[1]") ==
        "! event is a list, and string() wants number, bool, string, timestamp or duration");
}

TEST_CASE("min, max, abs and rounding") {
  CHECK(work_out("[min(1, 2.5, -3), max(1, 2.5, -3), min(1, 1.0)]") == "[-3,2.5,1]");
  CHECK(work_out("[abs(-5), abs(-2.5), abs(3)]") == "[5,2.5,3]");
  CHECK(work_out("[round(2.5), round(-2.5), round(2.4), round(7)]") == "[3.0,-3.0,2.0,7]");
  CHECK(work_out("[floor(-0.5), ceil(0.2), floor(3)]") == "[-1.0,1.0,3]");
  CHECK(work_out("abs(event)", "-9223372036854775808") ==
        "! overflow: abs(event): -9223372036854775808 does not fit in an int");
  CHECK(work_out("max(a, 1)") == "! a is missing or null, and max() wants number");
}

TEST_CASE("a failure passes through a function, whatever else is wrong with its operands") {
  CHECK(work_out("max(1 / 0, a)") == "! 1 / 0: division by zero");
  CHECK(work_out("size(event)", "1e400") == "! overflow: 1e400 does not fit in a float");
}

TEST_CASE("every function has a line of help and an operand of its own kind") {
  std::set<std::string_view> names;
  for (const flux::expr::Function& function : flux::expr::functions()) {
    CAPTURE(function.name);
    CHECK(names.insert(function.name).second);
    CHECK(function.usage.find(std::string(function.name) + "(") != std::string_view::npos);
    CHECK_FALSE(function.doc.empty());
    CHECK(function.least <= function.most);
    CHECK(function.most <= flux::expr::kMostOperands);
    CHECK(function.wants[0] != 0);
  }
}
