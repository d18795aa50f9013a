// Which types fit between two agents, and in which words they do not.
#include "plan/join.hpp"

#include <doctest/doctest.h>

#include "plan/hand_made.hpp"

using flux::Kind;
using flux::Type;
using flux::plan::columns_suffice;
using hand_made::optional;
using hand_made::record;

namespace {

const Type kInt = Type::bare(Kind::int64);
const Type kFloat = Type::bare(Kind::float64);
const Type kBool = Type::bare(Kind::boolean);
const Type kString = Type::bare(Kind::string);
const Type kJson = Type::bare(Kind::json);
const Type kNothing;

// Why events of the one type cannot be the other; "" if they can.
std::string misfit(const Type& given, const Type& wanted) {
  return flux::plan::misfit(given, wanted).value_or("");
}

}  // namespace

TEST_CASE("bare values fit as the table says") {
  const Type types[] = {kInt, kFloat, kBool, kString, kJson};
  const char* const table[5][5] = {
      // wanted: int, float, bool, string, json
      {"", "", "int is no bool", "int is no string", ""},
      {"float is no int", "", "float is no bool", "float is no string", ""},
      {"bool is no int", "bool is no float", "", "bool is no string", ""},
      {"string is no int", "string is no float", "string is no bool", "", ""},
      {"", "", "", "", ""},
  };
  for (std::size_t given = 0; given < 5; ++given)
    for (std::size_t wanted = 0; wanted < 5; ++wanted)
      CHECK(misfit(types[given], types[wanted]) == table[given][wanted]);
}

TEST_CASE("who wants nothing of the event takes anything") {
  for (const Type& given : {kInt, kJson, record({{{"a"}, Kind::int64}})}) {
    CHECK(misfit(given, kNothing).empty());
    CHECK(columns_suffice(given, kNothing));
  }
}

TEST_CASE("a record fits a record if every required member is given with a fitting kind") {
  const Type given = record({{{"a"}, Kind::int64}, {{"b"}, Kind::string}, optional({"c"}, Kind::int64)});
  CHECK(misfit(given, record({{{"a"}, Kind::int64}})).empty());
  CHECK(misfit(given, record({{{"a"}, Kind::float64}, {{"b"}, Kind::json}})).empty());
  CHECK(misfit(given, record({optional({"c"}, Kind::int64)})).empty());
  CHECK(misfit(given, record({optional({"d"}, Kind::int64)})).empty());
  CHECK(misfit(given, record({{{"d"}, Kind::int64}})) == "member 'd' is wanted, and not given");
  CHECK(misfit(given, record({{{"c"}, Kind::int64}})) == "member 'c' may be missing, and is wanted");
  CHECK(misfit(given, record({{{"b"}, Kind::int64}})) == "member 'b' is string, and int is wanted");
  CHECK(misfit(given, record({optional({"b"}, Kind::int64)})) == "member 'b' is string, and int is wanted");
  CHECK(misfit(given, record({{{"odd key"}, Kind::int64}})) ==
        "member '\"odd key\"' is wanted, and not given");
}

TEST_CASE("of several misfits the first is told") {
  const Type given = record({{{"a"}, Kind::int64}});
  CHECK(misfit(given, record({{{"x"}, Kind::int64}, {{"y"}, Kind::int64}})) ==
        "member 'x' is wanted, and not given");
}

TEST_CASE("a member of a member can only come out of JSON") {
  const Type wanted = record({{{"a", "b"}, Kind::int64}});
  CHECK(misfit(record({{{"a"}, Kind::json}}), wanted).empty());
  CHECK(misfit(record({optional({"a"}, Kind::json)}), wanted).empty());
  CHECK(misfit(record({{{"a"}, Kind::int64}}), wanted) == "member 'a.b' is int, and an object is wanted");
  CHECK(misfit(record({{{"b"}, Kind::json}}), wanted) == "member 'a.b' is wanted, and not given");
}

TEST_CASE("a bare value is no record, and a record no bare value but json") {
  const Type object = record({{{"a"}, Kind::int64}});
  CHECK(misfit(kInt, object) == "int is no object");
  CHECK(misfit(kJson, object).empty());
  CHECK(misfit(object, kInt) == "an object is no int");
  CHECK(misfit(object, kString) == "an object is no string");
  CHECK(misfit(object, kJson).empty());
}

TEST_CASE("columns hold all that is wanted, unless text has to be read for it") {
  const Type given = record({{{"a"}, Kind::int64}, {{"j"}, Kind::json}});
  struct Row {
    const char* story;
    Type given;
    Type wanted;
    bool suffices;
  };
  const Row rows[] = {
      {"a bare value as another", kInt, kFloat, true},
      {"a record as text", given, kJson, false},
      {"a member", given, record({{{"a"}, Kind::int64}}), true},
      {"a member as float", given, record({{{"a"}, Kind::float64}}), true},
      {"a member that is not there", given, record({optional({"x"}, Kind::int64)}), true},
      {"json as json", given, record({{{"j"}, Kind::json}}), true},
      {"an int out of json", given, record({{{"j"}, Kind::int64}}), false},
      {"a member of a member", given, record({{{"j", "x"}, Kind::int64}}), false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.story);
    CHECK(columns_suffice(row.given, row.wanted) == row.suffices);
  }
}
