// What people see of kinds, paths and types.
#include "core/type.hpp"

#include <doctest/doctest.h>

using flux::Field;
using flux::Kind;
using flux::Path;
using flux::to_string;
using flux::Type;

namespace {

Field field(Path path, Kind kind, bool optional = false) { return {std::move(path), kind, optional, {}}; }

}  // namespace

TEST_CASE("every kind has the name that specs use") {
  CHECK(name_of(Kind::int64) == "int");
  CHECK(name_of(Kind::float64) == "float");
  CHECK(name_of(Kind::boolean) == "bool");
  CHECK(name_of(Kind::string) == "string");
  CHECK(name_of(Kind::json) == "json");
}

TEST_CASE("a path is written as in a spec") {
  CHECK(to_string(Path{}).empty());
  CHECK(to_string(Path{"a"}) == "a");
  CHECK(to_string(Path{"a", "b-c", "_d1"}) == "a.b-c._d1");
}

TEST_CASE("a name that is no bare word stands in quotes") {
  CHECK(to_string(Path{"odd key"}) == R"("odd key")");
  CHECK(to_string(Path{"a", "1st", ""}) == R"(a."1st"."")");
  CHECK(to_string(Path{"-a"}) == R"("-a")");
  CHECK(to_string(Path{"a.b"}) == R"("a.b")");
  CHECK(to_string(Path{"é"}) == R"("é")");
  CHECK(to_string(Path{R"(q"\)"}) == R"("q\"\\")");
}

TEST_CASE("control characters in a name are escaped as JSON has it") {
  CHECK(to_string(Path{"\033[31m"}) == R"("\u001b[31m")");
  CHECK(to_string(Path{"a\n\t\x7f"}) == R"("a\u000a\u0009\u007f")");
  CHECK(to_string(Path{"\xC2\x9B"}) == R"("\u009b")");
  CHECK(to_string(Path{"\xC2\xA0"}) == "\"\xC2\xA0\"");
}

TEST_CASE("a bare type is its kind") {
  CHECK(to_string(Type::bare(Kind::int64)) == "int");
  CHECK(to_string(Type::bare(Kind::json)) == "json");
  CHECK(to_string(Type{{}, {field({}, Kind::string, true)}}) == "string?");
}

TEST_CASE("a record shows its name and its members") {
  const std::vector<Field> fields{field({"type"}, Kind::string),
                                  field({"data", "odd key"}, Kind::json, true)};
  CHECK(to_string(Type{"Event", fields}) == R"(Event {type: string, data."odd key"?: json})");
  CHECK(to_string(Type{{}, fields}) == R"({type: string, data."odd key"?: json})");
}

TEST_CASE("a type without fields wants nothing") { CHECK(to_string(Type{}) == "nothing"); }

TEST_CASE("a type is nothing, a bare value or a record") {
  const Type record{{}, {field({"a"}, Kind::int64)}};
  CHECK(Type{}.is_nothing());
  CHECK(!Type{}.is_bare());
  CHECK(!Type{}.is_record());
  CHECK(Type::bare(Kind::int64).is_bare(Kind::int64));
  CHECK(!Type::bare(Kind::int64).is_bare(Kind::json));
  CHECK(!Type::bare(Kind::int64).is_record());
  CHECK(record.is_record());
  CHECK(!record.is_bare());
}
