// What people see when a pipeline spec is wrong: the place, and the way out.
#include <doctest/doctest.h>

#include <string>

#include "spec/message.hpp"
#include "spec/parser.hpp"

namespace {

std::string rejected(const std::string& text) {
  return message_of([&] { flux::spec::parse(text); });
}

}  // namespace

TEST_CASE("an empty pipeline names nothing to run") {
  CHECK(rejected("") == R"(flux: empty pipeline
  
  ^
name an agent here ('flux agents' lists all)
)");
  CHECK(rejected(" \n") == R"(flux: empty pipeline
   
  ^
name an agent here ('flux agents' lists all)
)");
}

TEST_CASE("an empty flux is shown between its bars") {
  CHECK(rejected("a||b") == R"(flux: empty flux between '|' and '|'
  a||b
   ^~
name an agent in between, or write one '|'
)");
  CHECK(rejected("a |") == R"(flux: empty flux after '|'
  a |
    ^
name an agent here ('flux agents' lists all)
)");
  CHECK(rejected("| a") == R"(flux: empty flux before '|'
  | a
  ^
name an agent here ('flux agents' lists all)
)");
}

TEST_CASE("a composition lacks an agent") {
  CHECK(rejected("a >> | b") == R"(flux: missing agent after '>>'
  a >> | b
    ^~
name an agent here ('flux agents' lists all)
)");
  CHECK(rejected(">> b") == R"(flux: missing agent before '>>'
  >> b
  ^~
name an agent here ('flux agents' lists all)
)");
  CHECK(rejected("{k=v}") == R"(flux: expected an agent, found '{'
  {k=v}
  ^
name an agent here ('flux agents' lists all)
)");
}

TEST_CASE("a bracket is not closed: the caret is at that bracket") {
  CHECK(rejected("double | head(3 | addone") == R"(flux: missing ')'
  double | head(3 | addone
               ^
this bracket is not closed: add the ')'
)");
  CHECK(rejected("f([1, 2)") == R"(flux: expected ']', found ')'
  f([1, 2)
         ^
close the '[' before it, or leave ')' out
)");
  CHECK(rejected("f{k=v") == R"(flux: missing '}'
  f{k=v
   ^
this bracket is not closed: add the '}'
)");
  CHECK(rejected("f{k") == R"(flux: missing '}'
  f{k
   ^
this bracket is not closed: add the '}'
)");
  CHECK(rejected("f{") == R"(flux: missing '}'
  f{
   ^
this bracket is not closed: add the '}'
)");
}

TEST_CASE("a string is not closed: the caret is at its quote") {
  CHECK(rejected("f(\"a) | g") == R"(flux: unclosed string
  f("a) | g
    ^
add the " that ends it
)");
  CHECK(rejected("f(don't)") == R"(flux: unclosed string
  f(don't)
       ^
add the ' that ends it
)");
}

TEST_CASE("settings belong to the whole flux") {
  CHECK(rejected("double{max_events=10} >> addone") == R"(flux: settings belong to the whole flux, at its end
  double{max_events=10} >> addone
        ^~~~~~~~~~~~~~~
move them behind its last agent, or join two fluxes by '|'
)");
  CHECK(rejected("f{a=1}{b=2}") == R"(flux: a flux has its settings in one place
  f{a=1}{b=2}
        ^
put all of them between one '{' and '}'
)");
  CHECK(rejected("f{a=1}(2)") == R"(flux: arguments stand before settings
  f{a=1}(2)
        ^
write agent(argument){setting=value}
)");
}

TEST_CASE("a setting is a key and a value") {
  CHECK(rejected("f{a}") == R"(flux: missing '=' after setting 'a'
  f{a}
    ^
write a=VALUE
)");
  CHECK(rejected("f{a=}") == R"(flux: setting 'a' has no value
  f{a=}
    ^
write a=VALUE
)");
  CHECK(rejected("f{}") == R"(flux: expected a setting, found '}'
  f{}
    ^
settings are written {key=value, key=value}
)");
  CHECK(rejected("f{\"a\"=1}") == R"(flux: unexpected '"'
  f{"a"=1}
    ^
names stand without quotes here
)");
  CHECK(rejected("f{a=1, b=2, a=3}") == R"(flux: setting 'a' is given twice
  f{a=1, b=2, a=3}
              ^
keep the one you mean
)");
  CHECK(rejected("f{a=\"\\x\"}") == R"(flux: "\x" is not a JSON string
  f{a="\x"}
      ^~~~
a backslash is written \\
)");
}

TEST_CASE("an argument is not there") {
  CHECK(rejected("f(1,)") == R"(flux: empty argument
  f(1,)
      ^
give a value, or leave the ',' out
)");
  CHECK(rejected("f(,1)") == R"(flux: empty argument
  f(,1)
    ^
give a value, or leave the ',' out
)");
  CHECK(rejected("f(a.b = )") == R"(flux: 'a.b' has no value
  f(a.b = )
    ^~~
write a.b=VALUE
)");
}

TEST_CASE("a character that means nothing") {
  CHECK(rejected("a > b") == R"(flux: unexpected '>'
  a > b
    ^
did you mean '>>'?
)");
  CHECK(rejected("a && b") == R"(flux: unexpected '&'
  a && b
    ^
fluxes are joined by '|', agents by '>>'
)");
  CHECK(rejected("\"a\" | b") == R"(flux: unexpected '"'
  "a" | b
  ^
names stand without quotes here
)");
  CHECK(rejected("é") == R"(flux: unexpected 'é'
  é
  ^
a pipeline is written agent | agent(argument) >> agent{setting=value}
)");
  CHECK(rejected("std.") == R"(flux: expected a name after 'std.'
  std.
  ^~~~
an agent is written 'agent' or 'plugin.agent'
)");
}

TEST_CASE("something between two fluxes is neither '|' nor '>>'") {
  CHECK(rejected("double addone") == R"(flux: expected '|' or '>>' before 'addone'
  double addone
         ^~~~~~
'|' joins fluxes, '>>' makes one flux of two agents
)");
  CHECK(rejected("f(1))") == R"(flux: expected '|' or '>>', found ')'
  f(1))
      ^
'|' joins fluxes, '>>' makes one flux of two agents
)");
}

TEST_CASE("control characters and broken UTF-8 are refused") {
  CHECK(rejected("f(\x01)") == R"(flux: unexpected '\x01'
  f(\x01)
    ^~~~
a pipeline is written agent | agent(argument) >> agent{setting=value}
)");
  CHECK(rejected("f(\"a\nb\")") == R"(flux: control character in a string
  f("a
      ^
write it as an escape: \n is a newline, \t a tab
)");
  CHECK(rejected("f(\"\xC3\")") == R"(flux: the pipeline is not valid UTF-8
  f("\xc3")
     ^~~~
write it in UTF-8, or use \u escapes in a string
)");
}

TEST_CASE("the caret stands in its own line, and below tabs") {
  CHECK(rejected("double |\n\thead(3 >>\naddone") ==
        "flux: missing ')'\n   head(3 >>\n       ^\n"
        "this bracket is not closed: add the ')'\n");
}

TEST_CASE("brackets within each other have a bound") {
  const std::string deep = rejected("f(" + std::string(5000, '(') + std::string(5000, ')') + ")");
  CHECK(deep.starts_with("flux: brackets nested deeper than 1024\n"));
  CHECK(deep.ends_with("split the pipeline, or leave brackets out\n"));
}
