// Lines of syslog: those of the RFCs, and as daemons write them.
#include <doctest/doctest.h>

#include <flux/json_writer.hpp>
#include <string>
#include <string_view>

#include "parse/syslog.hpp"

namespace {

// What the line says, as JSON, or why it says nothing.
std::string parsed(std::string_view line) {
  SyslogParser parser;
  SyslogEntry entry;
  if (const auto misfit = parser.parse(line, entry)) return describe(*misfit, line);
  flux::JsonWriter json;
  json.value(entry);
  return json.take();
}

}  // namespace

TEST_CASE("the examples of RFC 5424") {
  CHECK(
      parsed(
          "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \xEF\xBB\xBF'su root' failed") ==
      R"({"facility":"auth","facility_code":4,"severity":"crit","severity_code":2,"version":1,)"
      R"("timestamp":"2003-10-11T22:14:15.003Z","hostname":"mymachine.example.com","appname":"su",)"
      R"("msgid":"ID47","message":"'su root' failed"})");
  CHECK(parsed("<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - %% It's time") ==
        R"({"facility":"local4","facility_code":20,"severity":"notice","severity_code":5,"version":1,)"
        R"("timestamp":"2003-08-24T05:14:15.000003-07:00","hostname":"192.0.2.1","appname":"myproc",)"
        R"("procid":"8710","message":"%% It's time"})");
  CHECK(parsed(R"(<165>1 2003-10-11T22:14:15.003Z h evntslog - ID47 [exampleSDID@32473 iut="3" )"
               R"(eventSource="Application"][examplePriority@32473 class="high"])") ==
        R"({"facility":"local4","facility_code":20,"severity":"notice","severity_code":5,"version":1,)"
        R"("timestamp":"2003-10-11T22:14:15.003Z","hostname":"h","appname":"evntslog","msgid":"ID47",)"
        R"("structured_data":{"exampleSDID@32473":{"iut":"3","eventSource":"Application"},)"
        R"("examplePriority@32473":{"class":"high"}},"message":""})");
}

TEST_CASE("in files there is no priority, and every header may be a dash") {
  CHECK(parsed("1 - - - - - -") == R"({"version":1,"message":""})");
  CHECK(parsed("1 - - - - - - ") == R"({"version":1,"message":""})");
}

TEST_CASE("values of structured data have three escapes, and other backslashes") {
  CHECK(parsed(R"(1 - - - - - [a b="\"\\\]\n" c=""] m)") ==
        R"({"version":1,"structured_data":{"a":{"b":"\"\\]\\n","c":""}},"message":"m"})");
  CHECK(parsed("1 - - - - - [a] m") == R"({"version":1,"structured_data":{"a":{}},"message":"m"})");
}

TEST_CASE("the older form has a tag, perhaps with a process id") {
  CHECK(parsed("<34>Oct 11 22:14:15 mymachine su[8710]: 'su root' failed") ==
        R"({"facility":"auth","facility_code":4,"severity":"crit","severity_code":2,)"
        R"("timestamp":"Oct 11 22:14:15","hostname":"mymachine","appname":"su","procid":"8710",)"
        R"("message":"'su root' failed"})");
  CHECK(parsed("Nov  5 03:32:59 web1 kernel: [   12.345678] eth0: up") ==
        R"({"timestamp":"Nov  5 03:32:59","hostname":"web1","appname":"kernel",)"
        R"("message":"[   12.345678] eth0: up"})");
  CHECK(parsed("Nov 25 03:32:59 web1 last message repeated 3 times") ==
        R"({"timestamp":"Nov 25 03:32:59","hostname":"web1","message":"last message repeated 3 times"})");
  CHECK(parsed("Nov 25 03:32:59 web1 CRON[1]:") ==
        R"({"timestamp":"Nov 25 03:32:59","hostname":"web1","appname":"CRON","procid":"1","message":""})");
  CHECK(parsed("Nov 25 03:32:59 web1 odd[1 x]: y") ==
        R"({"timestamp":"Nov 25 03:32:59","hostname":"web1","message":"odd[1 x]: y"})");
  CHECK(parsed("Nov 25 03:32:59 web1") ==
        R"({"timestamp":"Nov 25 03:32:59","hostname":"web1","message":""})");
}

TEST_CASE("the older form may have a timestamp of RFC 3339, or no host name") {
  CHECK(parsed("2026-11-25T03:32:59.123456+01:00 web1 systemd[1]: Started a: b.") ==
        R"({"timestamp":"2026-11-25T03:32:59.123456+01:00","hostname":"web1","appname":"systemd",)"
        R"("procid":"1","message":"Started a: b."})");
  CHECK(parsed("<13>Nov 25 03:32:59 root: hello") ==
        R"({"facility":"user","facility_code":1,"severity":"notice","severity_code":5,)"
        R"("timestamp":"Nov 25 03:32:59","appname":"root","message":"hello"})");
}

TEST_CASE("a priority is a facility and a severity") {
  CHECK(
      parsed("<0>1 - - - - - -") ==
      R"({"facility":"kern","facility_code":0,"severity":"emerg","severity_code":0,"version":1,"message":""})");
  CHECK(parsed("<191>1 - - - - - -") ==
        R"({"facility":"local7","facility_code":23,"severity":"debug","severity_code":7,"version":1,)"
        R"("message":""})");
  for (const char* line : {"<192>1 -", "<>1 -", "<01>1 -", "<1234>1 -", "<34", "<-1>1 -", "<3x>1 -"}) {
    CHECK(parsed(line) ==
          "expected a priority from <0> to <191> at column 1, found '" + std::string(line) + "'");
  }
}

TEST_CASE("a line that does not fit says what was expected, and where") {
  constexpr const char* kTime =
      "expected a timestamp like 'Nov  5 03:32:59' or 2026-11-25T03:32:59Z at column ";
  CHECK(parsed("") == std::string(kTime) + "1, found the end of the line");
  CHECK(parsed("hello world") == std::string(kTime) + "1, found 'hello world'");
  CHECK(parsed("<34>su: hello") == std::string(kTime) + "5, found 'su: hello'");
  CHECK(parsed("Nov 31 03:32:59 h m") == std::string(kTime) + "1, found 'Nov 31 03:32:59 h m'");
  CHECK(parsed("Nov 5 03:32:599 h") == std::string(kTime) + "1, found 'Nov 5 03:32:599 h'");
  CHECK(parsed("2026-11-25T03:32:59.Z h") == std::string(kTime) + "1, found '2026-11-25T03:32:59.Z h'");
  CHECK(parsed("2026-11-25T03:32:59 h") == std::string(kTime) + "1, found '2026-11-25T03:32:59 h'");
  CHECK(parsed("Nov 25 03:32:59") ==
        "expected a space and a host name at column 16, found the end of the line");
  CHECK(parsed("Nov 25 03:32:59  su: x") == "expected a host name at column 17, found ' su: x'");
  CHECK(parsed("1 ") == "expected a space and a timestamp (or '-') at column 2, found ' '");
  CHECK(parsed("1 today h") ==
        "expected a timestamp like 2026-11-25T03:32:59Z (or '-') at column 3, found 'today h'");
  CHECK(parsed("1 -") == "expected a space and a host name (or '-') at column 4, found the end of the line");
  CHECK(parsed("1 - h  p") ==
        "expected a space and the name of an application (or '-') at column 6, found '  p'");
  CHECK(parsed("1 - h a") ==
        "expected a space and a process id (or '-') at column 8, found the end of the line");
  CHECK(parsed("1 - h a p") ==
        "expected a space and a message id (or '-') at column 10, found the end of the line");
  CHECK(parsed("1 - h a p m") ==
        "expected a space and structured data (or '-') at column 12, found the end of the line");
  CHECK(parsed("1 - h a p m x") ==
        "expected structured data like [id name=\"value\"] (or '-') at column 13, found 'x'");
  CHECK(parsed("1 - h a p m [] x") == "expected the id of structured data at column 14, found '] x'");
  CHECK(parsed("1 - h a p m [a") ==
        "expected ']' or a space and a parameter at column 15, found the end of the line");
  CHECK(parsed("1 - h a p m [a b]") == "expected a parameter like name=\"value\" at column 16, found 'b]'");
  CHECK(parsed("1 - h a p m [a b=\"c] x") ==
        "expected a closing quote at column 23, found the end of the line");
  CHECK(parsed("1 - h a p m -x") == "expected a space and the message at column 14, found 'x'");
}
