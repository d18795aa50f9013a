// What people see when a config file is not JSON.
#include <doctest/doctest.h>

#include <string>

#include "spec/json_tree.hpp"
#include "spec/message.hpp"

namespace {

std::string rejected(const std::string& text) {
  return message_of([&] { flux::spec::read_json({"p.json", text}); });
}

}  // namespace

TEST_CASE("the place of the first wrong token is shown") {
  CHECK(rejected("{\"a\": 1,\n}") == R"(flux: p.json:2:1: not JSON: unexpected '}'
  }
  ^
leave out the ',' before it
)");
  CHECK(rejected("[1,,2]") == R"(flux: p.json:1:4: not JSON: unexpected ','
  [1,,2]
     ^
look for a ',' or a '"' that is missing before it, or leave it out
)");
  CHECK(rejected("{\"a\": 1\n \"b\": 2}") == R"(flux: p.json:2:2: not JSON: unexpected '"b"'
   "b": 2}
   ^~~
look for a ',' or a '"' that is missing before it, or leave it out
)");
  CHECK(rejected("{\"a\" 1}").starts_with("flux: p.json:1:6: not JSON: unexpected '1'\n"));
  CHECK(rejected("{\"a\": tru}").starts_with("flux: p.json:1:7: not JSON: unexpected 'tru'\n"));
  CHECK(rejected("{\"a\": 01}").starts_with("flux: p.json:1:7: not JSON: unexpected '01'\n"));
  CHECK(rejected("{a: 1}").starts_with("flux: p.json:1:2: not JSON: unexpected 'a'\n"));
  CHECK(rejected("[1] 2").starts_with("flux: p.json:1:5: not JSON: unexpected '2'\n"));
}

TEST_CASE("habits of other languages have hints of their own") {
  CHECK(rejected("// config\n{}") == R"(flux: p.json:1:1: not JSON: unexpected '/'
  // config
  ^
JSON has no comments: leave it out
)");
  CHECK(rejected("{'a': 1}") == R"(flux: p.json:1:2: not JSON: unexpected '''
  {'a': 1}
   ^
strings stand in double quotes
)");
}

TEST_CASE("a file that ends too early") {
  CHECK(rejected("") == R"(flux: p.json:1:1: not JSON: the file ends too early
  
  ^
write one object: {"pipeline": "..."}
)");
  CHECK(rejected("{\"a\":\n") == R"(flux: p.json:2:1: not JSON: the file ends too early
  
  ^
close what is still open
)");
}

TEST_CASE("a string that is not closed, or broken") {
  CHECK(rejected("{\"a\": \"x\n}") == R"(flux: p.json:1:7: not JSON: unclosed string
  {"a": "x
        ^~
add the '"' that ends it, on the same line
)");
  CHECK(rejected("{\"a\": \"\\x\"}") == R"(flux: p.json:1:7: not JSON: broken string
  {"a": "\x"}
        ^~~~
a backslash is written \\, a tab \t
)");
  CHECK(rejected("[\"\\ud800\"]").starts_with("flux: p.json:1:2: not JSON: broken string\n"));
}

TEST_CASE("what is no text at all") {
  CHECK(rejected("[\"\xFF\"]") ==
        "flux: p.json:1:3: not JSON: not valid UTF-8 text\n  [\"\\xff\"]\n    ^~~~\n"
        "save the file in UTF-8\n");
  CHECK(rejected(std::string("[]\0", 3)).starts_with("flux: p.json:1:3: not JSON: not valid UTF-8 text\n"));
}

TEST_CASE("numbers and nesting have bounds") {
  CHECK(rejected("[1e9999]") == R"(flux: p.json:1:2: number 1e9999 is out of range
  [1e9999]
   ^~~~~~
write a smaller number
)");
  CHECK(
      rejected(std::string(100000, '[')).starts_with("flux: p.json:1:513: values nested deeper than 512\n"));
}
