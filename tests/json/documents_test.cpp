// Lines to documents: the rows, their places, and the wanted members in them.
#include "json/documents.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "json/chunk.hpp"

using namespace flux::json;
using flux::Arena;
using flux::Path;

namespace {

struct Row {
  std::string text;
  std::uint32_t line;
  Status status;
  bool operator==(const Row&) const = default;
};

std::vector<Row> rows_of(std::string_view chunk, const Documents& documents) {
  std::vector<Row> rows;
  for (std::size_t row = 0; row < documents.count; ++row) {
    const std::uint32_t begin = documents.begin[row];
    rows.push_back({std::string(chunk.substr(begin, documents.end[row] - begin)), documents.line[row],
                    documents.status[row]});
  }
  return rows;
}

std::vector<Row> read_rows(std::string_view lines) {
  const Chunk chunk(lines);
  Arena arena;
  Reader reader{Wanted()};
  return rows_of(chunk.text(), reader.read(chunk.text(), arena));
}

// The values of the wanted members of one line, "-" where they are missing; and "!"
// behind them if the line has duplicates.
std::vector<std::string> members_of(const std::string& line, const std::vector<Path>& paths) {
  const Chunk chunk(line + "\n");
  Arena arena;
  Reader reader{Wanted(paths)};
  const Documents documents = reader.read(chunk.text(), arena);
  REQUIRE(documents.count == 1);
  REQUIRE(documents.status[0] == Status::ok);
  std::vector<std::string> values;
  for (std::size_t slot = 0; slot < documents.slots; ++slot) {
    const Member& member = documents.member(0, slot);
    if (member.end == 0)
      CHECK(member == Member{});
    else
      CHECK(chunk.text()[member.key] == '"');
    values.push_back(
        member.end == 0 ? "-" : std::string(chunk.text().substr(member.value, member.end - member.value)));
  }
  if (documents.duplicates[0] != 0) values.push_back("!");
  return values;
}

using Values = std::vector<std::string>;

}  // namespace

TEST_CASE("a row is a line that is not blank, without the white space around its value") {
  CHECK(read_rows("1\n\n \t{\"a\": 1} \r\n\r\n\"x\"\n") ==
        std::vector<Row>{{"1", 0, Status::ok}, {"{\"a\": 1}", 2, Status::ok}, {"\"x\"", 4, Status::ok}});
}

TEST_CASE("a chunk of nothing has no rows") {
  CHECK(read_rows("").empty());
  CHECK(read_rows("\n").empty());
  CHECK(read_rows("\n \n\r\n").empty());
}

TEST_CASE("a bad line is a row of its own: all of the line but its newline") {
  CHECK(read_rows("1\n  tru \r\n2\n") ==
        std::vector<Row>{{"1", 0, Status::ok}, {"  tru ", 1, Status::bad}, {"2", 2, Status::ok}});
}

TEST_CASE("a bad line does not touch its neighbours, whatever is wrong with it") {
  for (const std::string bad : {"{\"a\":1,", "[1,",     "\"open",     "\"open\\", "\\",
                                "\\\"",      "{\"a\":", "]",          "\"\x01\"", "\"\xff\"",
                                "\xc3",      "\"\\x\"", "{\"a\":1}}", "1 2",      "{\"a\"",
                                "[",         "{",       "1,",         "\"a\":1,", "\"a\":1}"}) {
    CAPTURE(bad);
    const std::vector<Row> good_bad_good{
        {"{\"b\":2}", 0, Status::ok}, {bad, 1, Status::bad}, {"\"c\"", 2, Status::ok}};
    CHECK(read_rows(joined({"{\"b\":2}", bad, "\"c\""})) == good_bad_good);
    CHECK(read_rows(joined({bad, bad, "[]", bad})) ==
          std::vector<Row>{
              {bad, 0, Status::bad}, {bad, 1, Status::bad}, {"[]", 2, Status::ok}, {bad, 3, Status::bad}});
  }
}

TEST_CASE("lines that would be JSON together are not JSON apart") {
  CHECK(read_rows("{\"a\":1,\n\"b\":2}\n") ==
        std::vector<Row>{{"{\"a\":1,", 0, Status::bad}, {"\"b\":2}", 1, Status::bad}});
  CHECK(read_rows("[\n]\n") == std::vector<Row>{{"[", 0, Status::bad}, {"]", 1, Status::bad}});
}

TEST_CASE("a line that is not closed does not undo the escapes of the next one, which may be none") {
  const Chunk chunk("{\"\\u0061\":1\n,\"\\u_x\":2}\n");
  Arena arena;
  const std::vector<Path> wanted{{"a"}};
  Reader reader{Wanted(wanted)};
  CHECK(rows_of(chunk.text(), reader.read(chunk.text(), arena)) ==
        std::vector<Row>{{"{\"\\u0061\":1", 0, Status::bad}, {",\"\\u_x\":2}", 1, Status::bad}});
}

TEST_CASE("physical lines are counted, blank and bad ones included, and all_ok says if none is bad") {
  Arena arena;
  Reader reader{Wanted()};
  const Chunk good("1\n\n2\n");
  const Documents documents = reader.read(good.text(), arena);
  CHECK(documents.lines == 3);
  CHECK(documents.count == 2);
  CHECK(documents.all_ok);
  const Chunk bad("1\nx\n\n");
  CHECK(reader.read(bad.text(), arena).lines == 3);
  CHECK_FALSE(reader.read(bad.text(), arena).all_ok);
}

TEST_CASE("wanted members are found, whatever their type and order") {
  const std::vector<Path> wanted{{"a"}, {"b"}, {"a_rather_long_name"}, {"none"}};
  CHECK(members_of(R"({"b":"x","a":1,"a_rather_long_name":[1, 2]})", wanted) ==
        Values{"1", "\"x\"", "[1, 2]", "-"});
  CHECK(members_of(R"( { "a" : {"b":2} , "a_rather_long_nam":1, "a_rather_long_names":2, "b":null } )",
                   wanted) == Values{"{\"b\":2}", "null", "-", "-"});
  CHECK(members_of(R"({"a":-1.50 ,"b":true})", wanted) == Values{"-1.50", "true", "-", "-"});
  CHECK(members_of("{}", wanted) == Values{"-", "-", "-", "-"});
}

TEST_CASE("a value that is no object has no members") {
  for (const char* line : {"1", "\"a\"", "null", "[{\"a\":1}]", "[\"a\",1]"})
    CHECK(members_of(line, {{"a"}}) == Values{"-"});
}

TEST_CASE("nested paths, prefixes of each other and the same path twice are fine") {
  const std::vector<Path> wanted{{"a", "b"}, {"a"}, {"a", "b", "c"}, {"a", "b"}, {"d", "e"}};
  CHECK(members_of(R"({"a":{"x":[{"b":0}],"b":{"c":1}},"d":{"e":{}},"b":9})", wanted) ==
        Values{R"({"c":1})", R"({"x":[{"b":0}],"b":{"c":1}})", "1", R"({"c":1})", "{}"});
  CHECK(members_of(R"({"a":[{"b":1}],"d":7})", wanted) == Values{"-", R"([{"b":1}])", "-", "-", "-"});
  CHECK(members_of(R"({"a":{}})", wanted) == Values{"-", "{}", "-", "-", "-"});
}

TEST_CASE("the last of several members counts, and what was below an earlier one is forgotten") {
  CHECK(members_of(R"({"a":1,"b":2,"a":3})", {{"a"}, {"b"}}) == Values{"3", "2", "!"});
  CHECK(members_of(R"({"a":{"b":1},"a":{"c":2}})", {{"a", "b"}, {"a", "c"}}) == Values{"-", "2", "!"});
  CHECK(members_of(R"({"a":{"b":1},"a":5})", {{"a", "b"}}) == Values{"-", "!"});
  CHECK(members_of(R"({"a":{"b":1,"b":2}})", {{"a", "b"}}) == Values{"2", "!"});
  CHECK(members_of(R"({"c":1,"c":2,"a":1})", {{"a"}}) == Values{"1"});
}

TEST_CASE("a key written with escapes is the same key") {
  CHECK(members_of(R"({"\u0061":1})", {{"a"}}) == Values{"1"});
  CHECK(members_of(R"({"a":1,"\u0061":2})", {{"a"}}) == Values{"2", "!"});
  CHECK(members_of(R"({"q\"":1,"q":2})", {{"q\""}, {"q"}}) == Values{"1", "2"});
  CHECK(members_of(R"({"a\\":1})", {{"a"}, {"a\\"}}) == Values{"-", "1"});
  CHECK(members_of(R"({"\u00e9":{"\/":3}})", {{"é", "/"}}) == Values{"3"});
  CHECK(members_of(R"({"a":"\n","":1})", {{""}}) == Values{"1"});
}

TEST_CASE("offsets count from the chunk, not from the line or from what a bad line left whole") {
  const Chunk chunk("\"\n\n{\"x\":0}\n {\"a\":[]}\n");
  Arena arena;
  const std::vector<Path> wanted{{"a"}};
  Reader reader{Wanted(wanted)};
  const Documents documents = reader.read(chunk.text(), arena);
  CHECK(rows_of(chunk.text(), documents) == std::vector<Row>{{"\"", 0, Status::bad},
                                                             {"{\"x\":0}", 2, Status::ok},
                                                             {"{\"a\":[]}", 3, Status::ok}});
  CHECK(documents.member(0, 0) == Member{});
  CHECK(documents.member(1, 0) == Member{});
  CHECK(documents.member(2, 0) == Member{13, 17, 19});
}

TEST_CASE("1024 levels are allowed, with and without wanted members on the way") {
  for (const unsigned depth : {1023u, 1024u, 1025u})
    for (const bool wants : {false, true}) {
      std::string line;
      for (unsigned i = 0; i < depth; ++i) line += "{\"a\":";
      line.replace(line.size() - 5, 5, "{");
      line += std::string(depth, '}');
      const Chunk chunk(line + "\n");
      Arena arena;
      const std::vector<Path> paths{Path(1100, "a")};
      Reader reader{wants ? Wanted(paths) : Wanted()};
      CHECK(reader.read(chunk.text(), arena).all_ok == (depth <= 1024));
    }
}

TEST_CASE("a reader takes chunks of any size, one after the other") {
  Arena arena;
  const std::vector<Path> wanted{{"a"}};
  Reader reader{Wanted(wanted)};
  for (const std::size_t size : {10u, 5'000'000u, 100u, 300'000u, 1u}) {
    const Chunk chunk("{\"a\":\"" + std::string(size, 'x') + "\"}\n[]\n");
    const Documents documents = reader.read(chunk.text(), arena);
    CHECK(documents.count == 2);
    CHECK(documents.member(0, 0).end - documents.member(0, 0).value == size + 2);
  }
}
