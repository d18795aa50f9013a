// Equality and order, of values from events most of all.
#include <doctest/doctest.h>

#include "work_out.hpp"

namespace {

std::string compared(const std::string& a, const std::string& sign, const std::string& b) {
  return work_out("a " + sign + " b", "{\"a\":" + a + ",\"b\":" + b + "}");
}

}  // namespace

TEST_CASE("numbers are equal by value, whatever their spelling") {
  CHECK(compared("1", "==", "1.0") == "true");
  CHECK(compared("100", "==", "1e2") == "true");
  CHECK(compared("0", "==", "-0.0") == "true");
  CHECK(compared("9007199254740993", "==", "9007199254740992.0") == "false");
  CHECK(compared("9007199254740993", ">", "9007199254740992.0") == "true");
  CHECK(compared("9223372036854775807", "<", "9223372036854775808.0") == "true");
  CHECK(compared("-9223372036854775808", "==", "-9223372036854775808.0") == "true");
  CHECK(compared("-9223372036854775808", ">", "-1e300") == "true");
  CHECK(compared("3", "<", "3.5") == "true");
  CHECK(compared("-3", ">", "-3.5") == "true");
}

TEST_CASE("values of different kinds are different, and have no order") {
  CHECK(compared("1", "==", "\"1\"") == "false");
  CHECK(compared("1", "!=", "true") == "true");
  CHECK(compared("[]", "==", "{}") == "false");
  CHECK(compared("1", "<", "\"1\"") ==
        "! a < b: '<' compares values of one kind that has an order, found int and string");
  CHECK(compared("[1]", ">=", "[0]") ==
        "! a >= b: '>=' compares values of one kind that has an order, found list and list");
}

TEST_CASE("null is equal to itself, and before or behind nothing") {
  CHECK(compared("null", "==", "null") == "true");
  CHECK(compared("null", "!=", "1") == "true");
  CHECK(compared("null", "<", "1") == "false");
  CHECK(compared("1", ">=", "null") == "false");
  CHECK(compared("null", "<=", "null") == "false");
  CHECK(compared("null", "<", "[]") == "false");
  CHECK(work_out("missing == null") == "true");
  CHECK(work_out("missing > 3") == "false");
  CHECK(work_out("!(missing > 3)") == "true");
}

TEST_CASE("strings are ordered by code point") {
  CHECK(compared("\"ab\"", "<", "\"abc\"") == "true");
  CHECK(compared("\"Z\"", "<", "\"a\"") == "true");
  CHECK(compared("\"é\"", ">", "\"z\"") == "true");
  CHECK(compared(R"("\uffff")", "<", R"("😀")") == "true");  // UTF-16 has them the other way round
  CHECK(compared(R"("\u0061")", "==", "\"a\"") == "true");
  CHECK(compared(R"("a\u0000")", ">", "\"a\"") == "true");
  CHECK(compared("false", "<", "true") == "true");
}

TEST_CASE("objects are equal whatever the order of their keys, and by their last duplicates") {
  CHECK(compared(R"({"x":1,"y":[{"z":2.0}]})", "==", R"({"y":[{"z":2}],"x":1.0})") == "true");
  CHECK(compared(R"({"x":1})", "==", R"({"x":1,"y":null})") == "false");
  CHECK(compared(R"({"x":1})", "==", R"({"y":1})") == "false");
  CHECK(compared("[1,2]", "==", "[2,1]") == "false");
  CHECK(compared("[1,2]", "==", "[1,2,3]") == "false");
  const auto whole = [](const std::string& text, const std::string& event) {
    return work_out("event == " + text, event);
  };
  CHECK(whole("[1, 'x']", R"([ 1.0 ,"\u0078" ])") == "true");
  // nlohmann drops duplicates, so that only the event itself can have them here.
  CHECK(work_out("event.size() == 2 && event['a'] == 3", R"({"a":1,"\u0061":2,"b":0,"a":3})") == "true");
  CHECK(work_out("[event] == [event]", R"({"a":1,"a":2})") == "true");
}

TEST_CASE("numbers that nothing holds are never rounded, only refused") {
  CHECK(work_out("event == 1", "1e400") == "! overflow: 1e400 does not fit in a float");
  CHECK(work_out("event < 1", "-123456789012345678901") ==
        "! overflow: -123456789012345678901 does not fit in an int");
  CHECK(work_out("event == [1]", "[1e400]") == "! overflow: 1e400 does not fit in a float");
  CHECK(work_out("event == [1]", "[1, 1e400]") == "false");
  CHECK(work_out("event == [1, 2]", "[1e400, 3]") == "false");
  CHECK(work_out("1 in event", "[1e400, 1]") == "true");
  CHECK(work_out("2 in event", "[1e400, 1]") == "! overflow: 1e400 does not fit in a float");
  CHECK(work_out("event == event", "1e-400") == "true");
}

TEST_CASE("in looks into lists and for keys of objects") {
  CHECK(work_out("a in ['x', 1, null]", R"({"a":1.0})") == "true");
  CHECK(work_out("a in ['x', 1, null]") == "true");
  CHECK(work_out("a in []") == "false");
  CHECK(work_out("'x' in tags", R"({"tags":["y","x"]})") == "true");
  CHECK(work_out("[1] in tags", R"({"tags":[[1.0]]})") == "true");
  CHECK(work_out("'k' in event", R"({"\u006b":null})") == "true");
  CHECK(work_out("'k' in tags") == "! tags is missing or null, and 'in' wants a list or an object");
  CHECK(work_out("1 in event") == "! an object's keys are strings, found 1");
  // As with ||, what is found makes up for what fails.
  CHECK(work_out("1 in [2 / 0, 1]") == "true");
  CHECK(work_out("1 in [2 / 0, 2]") == "! 2 / 0: division by zero");
}
