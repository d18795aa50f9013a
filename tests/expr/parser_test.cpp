// How an expression is read: what binds to what, and where errors put their caret.
#include <doctest/doctest.h>

#include "expr/parser.hpp"
#include "print.hpp"
#include "rejected.hpp"

namespace {

flux::expr::Node tree_of(const std::string& text) {
  const flux::Excerpt place{text, {0, text.size()}};
  return flux::expr::parse_tree(flux::expr::Source(text, place));
}

bool are_same(const std::string& a, const std::string& b) { return is_same(tree_of(a), tree_of(b)); }

}  // namespace

TEST_CASE("operators bind as they do in CEL") {
  CHECK(are_same("a + b * c", "a + (b * c)"));
  CHECK(are_same("a - b - c", "(a - b) - c"));
  CHECK(are_same("a / b % c", "(a / b) % c"));
  CHECK(are_same("a + 1 == b || c && !d", "((a + 1) == b) || (c && (!d))"));
  CHECK(are_same("a in b == c", "(a in b) == c"));
  CHECK(are_same("a ? b : c ? d : e", "a ? b : (c ? d : e)"));
  CHECK(are_same("a || b ? c : d", "(a || b) ? c : d"));
  CHECK(are_same("-a.b[0]", "-((a.b)[0])"));
  CHECK(are_same("!a == b", "(!a) == b"));
  CHECK(are_same("a&&b&&c", "a && b && c"));
  CHECK_FALSE(are_same("a && (b && c)", "a && b && c"));
  CHECK_FALSE(are_same("-(1)", "-1"));
}

TEST_CASE("white space and comments are free") {
  CHECK(are_same(" a\t+\n b // the rest", "a+b"));
  CHECK(are_same("a // + b\n+ c", "a + c"));
}

TEST_CASE("the caret stands in the text around the expression") {
  const std::string spec = "where(level = 3) | head";
  CHECK(message_of([&] {
          flux::expr::Expression::parse("level = 3", {}, {spec, {6, 15}});
        }) ==
        R"(flux: unexpected '='
  where(level = 3) | head
              ^
to compare, write '=='
)");
}

TEST_CASE("habits from other languages are met with the way it is written here") {
  CHECK(rejected("a and b") == R"(flux: expected an operator, found 'and'
  a and b
    ^~~
write '&&'
)");
  CHECK(rejected("not a") == R"(flux: unexpected 'not'
  not a
  ^~~
write '!'
)");
  CHECK(rejected("if a 1") == R"(flux: unexpected 'if'
  if a 1
  ^~
write condition ? value : other value
)");
  CHECK(rejected("a & b") == R"(flux: unexpected '&'
  a & b
    ^
write '&&'
)");
  CHECK(rejected("a | b") == R"(flux: unexpected '|'
  a | b
    ^
write '||'
)");
  CHECK(rejected("msg like 'x'") == R"(flux: expected an operator, found 'like'
  msg like 'x'
      ^~~~
write text.matches("regular expression")
)");
  CHECK(rejected("`a`") == R"(flux: unexpected '`'
  `a`
  ^
strings stand in " or ', odd names in event["odd name"]
)");
  CHECK(rejected("{'a': 1}") == R"(flux: unexpected '{'
  {'a': 1}
  ^
objects cannot be written in an expression
)");
  CHECK(rejected("$a") == R"(flux: unexpected '$'
  $a
  ^
names begin with a letter or '_'; any other is written event["odd name"]
)");
  CHECK(rejected("größe > 1") == R"(flux: unexpected 'ö'
  größe > 1
    ^
outside strings there is ASCII only; odd names are written event["odd name"]
)");
}

TEST_CASE("what is missing is named where it is missed") {
  CHECK(rejected("  ") ==
        "flux: empty expression\n    \n  ^~\nwrite a value: a member's name, or level == "
        "\"error\"\n");
  CHECK(rejected("a ==") == R"(flux: expected a value after '=='
  a ==
    ^~
the expression ends here
)");
  CHECK(rejected("a + * b") == R"(flux: expected a value, found '*'
  a + * b
      ^
a value is a member's name, a number, "text", true, false, null, or a list [a, b]
)");
  CHECK(rejected("f(a, )") == R"(flux: unknown function 'f'
  f(a, )
  ^
there are has, size, matches, int, double, string, bool, timestamp, duration, min, max, abs, round, floor, ceil
)");
  CHECK(rejected("(a + b") == R"(flux: missing ')'
  (a + b
  ^
this bracket is not closed: add the ')'
)");
  CHECK(rejected("a ? b") == R"(flux: this '?' has no ':'
  a ? b
    ^
write condition ? value : other value
)");
  CHECK(rejected("a b") == R"(flux: expected an operator, found 'b'
  a b
    ^
values are joined by an operator: == != < <= > >= && || + - * / % in
)");
  CHECK(rejected("a.") == R"(flux: expected a name after '.'
  a.
   ^
names that are not [A-Za-z0-9_]+ are written a["odd name"]
)");
  CHECK(rejected("a)") == R"(flux: expected an operator, found ')'
  a)
   ^
no bracket is open that it could close
)");
}

TEST_CASE("literals that are none") {
  CHECK(rejected("a == 'x") == R"(flux: unclosed string
  a == 'x
       ^
add the ' that ends it
)");
  CHECK(rejected(R"("a\d")") == R"(flux: unknown escape '\d'
  "a\d"
    ^~
a backslash itself is written \\, or leave escapes out: r"..."
)");
  CHECK(rejected(R"("\ud800")") == R"(flux: unknown escape '\ud800'
  "\ud800"
   ^~~~~~
there is no such character
)");
  CHECK(rejected("1u") == R"(flux: '1u' is no number
  1u
  ^~
there are no unsigned ints here: leave the 'u' out
)");
  CHECK(rejected("a > 99999999999999999999") == R"(flux: 99999999999999999999 does not fit in an int
  a > 99999999999999999999
      ^~~~~~~~~~~~~~~~~~~~
an int has 64 bits; write it as a float: 1e20
)");
  CHECK(rejected("1e999") == R"(flux: 1e999 does not fit in a float
  1e999
  ^~~~~
floats reach from 5e-324 to 1.8e308
)");
  CHECK(rejected("b'x'") == R"(flux: there are no bytes here
  b'x'
  ^
leave the letter out: JSON has strings only
)");
  CHECK(rejected("\"\xFF\"") ==
        "flux: the expression is not valid UTF-8\n  \"\\xff\"\n  ^~~~~~\ncheck how it "
        "was written\n");
}

TEST_CASE("nesting has a limit, and long expressions need no nesting") {
  const auto repeated = [](const std::string& text, std::size_t times) {
    std::string all;
    for (; times > 0; --times) all += text;
    return all;
  };
  for (const std::string& text :
       {repeated("(", 100'000), repeated("!", 100'000), repeated("-", 100'000), repeated("[", 100'000),
        repeated("a[", 100'000), repeated("f(", 100'000), repeated("a ? ", 100'000),
        "a" + repeated(".b", 100'000), "1" + repeated("+1", 100'000), "a" + repeated("[0]", 100'000),
        repeated("a?a:", 100'000) + "a"})
    CHECK(rejected(text).starts_with("flux: nested deeper than 250\n"));
  CHECK(work_out(repeated("(", 240) + "1" + repeated(")", 240)) == "1");
  CHECK(work_out("1" + repeated(" + 1", 240)) == "241");
  CHECK(work_out("false" + repeated(" || false", 10'000) + " || true") == "true");
  CHECK(work_out("3 in [" + repeated("1,", 10'000) + "3]") == "true");
}
