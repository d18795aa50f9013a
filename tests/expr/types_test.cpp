// What is found wrong with an expression before any event is there, and what is known.
#include <doctest/doctest.h>

#include "rejected.hpp"

namespace {

using flux::Kind;
using flux::Path;
using flux::Type;
using flux::expr::Known;

const Type kRequest{"Request",
                    {{{"level"}, Kind::string, false, {}},
                     {{"latency_ms"}, Kind::int64, true, {}},
                     {{"ratio"}, Kind::float64, false, {}},
                     {{"user", "id"}, Kind::int64, false, {}},
                     {{"extra"}, Kind::json, true, {}}}};

}  // namespace

TEST_CASE("an expression reads each path once, as deep as it is known") {
  CHECK(parsed("a.b + a.b + a.c[0].d").reads() == std::vector<Path>{{"a", "b"}, {"a", "c"}});
  CHECK(parsed(R"(event.a["odd key"] == event["x"].y)").reads() ==
        std::vector<Path>{{"a", "odd key"}, {"x", "y"}});
  CHECK(parsed("has(a.b) && event.size() > 1").reads() == std::vector<Path>{{"a", "b"}, {}});
  CHECK(parsed("a[b].c").reads() == std::vector<Path>{{"a"}, {"b"}});
  CHECK(parsed("1 + 2").reads().empty());
}

TEST_CASE("of a record the fields are read, and nothing below them") {
  CHECK(parsed("extra.a.b", kRequest).reads() == std::vector<Path>{{"extra"}});
  CHECK(parsed("user.id", kRequest).reads() == std::vector<Path>{{"user", "id"}});
  CHECK(parsed("user", kRequest).reads() == std::vector<Path>{{}});
  CHECK(work_out(parsed("user", kRequest), {R"({"user":{"id":1}})"}) ==
        std::vector<std::string>{R"({"id":1})"});
  CHECK(work_out(parsed("extra.a.b", kRequest), {R"({"extra":{"a":{"b":[]}}})"}) ==
        std::vector<std::string>{"[]"});
}

TEST_CASE("what is known follows from the operators, and from the type of the events") {
  CHECK(parsed("a == b").known() == Known::boolean);
  CHECK(parsed("a").known() == Known::nothing);
  CHECK(parsed("a").may_be_null());
  CHECK(parsed("a + 1").known() == Known::number);
  CHECK(parsed("a + 1.5").known() == Known::float64);
  CHECK(parsed("a + 'x'").known() == Known::string);
  CHECK(parsed("a % b").known() == Known::int64);

  CHECK(parsed("timestamp(a) - timestamp(b)").known() == Known::duration);
  CHECK(parsed("a ? 1 : 2.5").known() == Known::number);
  CHECK(parsed("a ? 1 : null").known() == Known::int64);
  CHECK(parsed("a ? 1 : null").may_be_null());
  CHECK(parsed("max(1, 2)").known() == Known::int64);
  CHECK(parsed("[a]").known() == Known::list);
  CHECK(parsed("event", kRequest).known() == Known::object);
  CHECK(parsed("latency_ms", kRequest).known() == Known::int64);
  CHECK(parsed("latency_ms", kRequest).may_be_null());
  CHECK_FALSE(parsed("latency_ms / 2", kRequest).may_be_null());
  CHECK(parsed("event", Type::bare(Kind::float64)).known() == Known::float64);
}

TEST_CASE("an unknown member of a record") {
  CHECK(rejected("levl == 'x'", kRequest) == R"(flux: unknown member 'levl'
  levl == 'x'
  ^~~~
did you mean 'level'?
)");
  CHECK(rejected("level == error", kRequest) == R"(flux: unknown member 'error'
  level == error
           ^~~~~
known here: level, latency_ms, ratio, user, extra; text stands in quotes: "error"
)");
  CHECK(rejected("user.name", kRequest) == R"(flux: unknown member 'name'
  user.name
       ^~~~
known here: id
)");
  CHECK(rejected("level.x", kRequest) == R"(flux: 'level' is string and has no members
  level.x
  ^~~~~
of a string there are size(), contains(), substring() and others
)");
  CHECK(work_out(parsed("has(levl)", kRequest), {"{}"}) == std::vector<std::string>{"false"});
}

TEST_CASE("events that are no objects have no members") {
  CHECK(rejected("x > 3", Type::bare(Kind::int64)) ==
        R"(flux: unknown name 'x': each event is int, without members
  x > 3
  ^
the value itself is called 'event'
)");
  CHECK(work_out(parsed("event > 3", Type::bare(Kind::int64)), {"4", "3"}) ==
        std::vector<std::string>{"true", "false"});
}

TEST_CASE("operands that no event could make right") {
  CHECK(rejected("'a' + 1") == R"(flux: '+' does not join string and int
  'a' + 1
      ^
write string(1)
)");
  CHECK(rejected("a - 'x'") == R"(flux: '-' wants number, timestamp or duration, found string
  a - 'x'
      ^~~
convert it first: int(x), double(x)
)");
  CHECK(rejected("ratio % 2", kRequest) == R"(flux: '%' wants int, found float
  ratio % 2
  ^~~~~
it gives the rest of a division of ints
)");
  CHECK(rejected("level > 3", kRequest) == R"(flux: '>' does not compare string and int
  level > 3
        ^
write double(level)
)");
  CHECK(rejected("latency_ms == '250'", kRequest) == R"(flux: int or null and string are never equal
  latency_ms == '250'
             ^~
numbers stand without quotes
)");
  CHECK(rejected("ts > timestamp('2024-01-01T00:00:00Z')") ==
        R"(flux: '>' does not compare any JSON value and timestamp
  ts > timestamp('2024-01-01T00:00:00Z')
     ^
write timestamp(ts)
)");
  CHECK(rejected("timestamp(ts) - '1h'") == R"(flux: '-' wants number, timestamp or duration, found string
  timestamp(ts) - '1h'
                  ^~~~
write duration('1h')
)");
  CHECK(rejected("1 < a < 3") == R"(flux: '<' follows another comparison
  1 < a < 3
        ^
write a < b && b < c
)");
  CHECK(rejected("size(a) && b") == R"(flux: '&&' wants bool, found int
  size(a) && b
  ^~~~~~~
compare it: x != 0
)");
  CHECK(rejected("'a' in 'abc'") == R"(flux: 'in' wants list or object, found string
  'a' in 'abc'
         ^~~~~
write 'abc'.contains('a')
)");
  CHECK(rejected("tags[-1]") == R"(flux: elements count from 0
  tags[-1]
       ^~
the last one is tags[size(tags) - 1]
)");
  CHECK(rejected("'abc'[0]") == R"(flux: [] wants list or object, found string
  'abc'[0]
  ^~~~~
a part of a string is text.substring(begin, end)
)");
}

TEST_CASE("calls that are none") {
  CHECK(rejected("msg.contain('x')") == R"(flux: unknown function 'contain'
  msg.contain('x')
      ^~~~~~~
did you mean 'contains'?
)");
  CHECK(rejected("contains(msg, 'x')") == R"(flux: 'contains' is a method: it stands behind a value
  contains(msg, 'x')
  ^~~~~~~~
write text.contains(part)
)");
  CHECK(rejected("a.int()") == R"(flux: 'int' is no method
  a.int()
    ^~~
write int(x)
)");
  CHECK(rejected("msg.contains()") == R"(flux: contains() wants 1 argument, found 0
  msg.contains()
      ^~~~~~~~
write text.contains(part)
)");
  CHECK(rejected("msg.substring(1, 2, 3)") == R"(flux: substring() wants 1 or 2 arguments, found 3
  msg.substring(1, 2, 3)
      ^~~~~~~~~
write text.substring(begin, end)
)");
  CHECK(rejected("min(1)") == R"(flux: min() wants at least 2 arguments, found 1
  min(1)
  ^~~
write min(a, b)
)");
  CHECK(rejected("msg.contains(3)") == R"(flux: contains() wants string, found int
  msg.contains(3)
               ^
write text.contains(part)
)");
  CHECK(rejected("tags.exists(x, x > 1)") == R"(flux: unknown function 'exists'
  tags.exists(x, x > 1)
       ^~~~~~
there are no loops over lists; one value is found by: x in list
)");
  CHECK(rejected("has(3)") == R"(flux: has() wants a member
  has(3)
      ^
has(a.b)
)");
}

TEST_CASE("patterns and times that are written out are checked at once") {
  CHECK(rejected("msg.matches('(abc')") == R"(flux: not a regular expression: missing ): (abc
  msg.matches('(abc')
              ^~~~~~
its syntax is that of RE2; backslashes are safe in r"..."
)");
  CHECK(rejected("msg.matches(pattern)") == R"(flux: the pattern of matches() must be written out
  msg.matches(pattern)
              ^~~~~~~
write text.matches("pattern")
)");
  CHECK(rejected("timestamp(ts) > timestamp('yesterday')") ==
        R"(flux: timestamp('yesterday'): "yesterday" is no timestamp like "2024-02-29T23:59:59Z"
  timestamp(ts) > timestamp('yesterday')
                  ^~~~~~~~~~~~~~~~~~~~~~
it is so for each event
)");
  CHECK(rejected("timestamp(ts).getHours('Europe/Berlin')") == R"(flux: unknown time zone 'Europe/Berlin'
  timestamp(ts).getHours('Europe/Berlin')
                         ^~~~~~~~~~~~~~~
write "UTC", or an offset from it like "+02:00"
)");
}
