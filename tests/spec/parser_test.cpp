// What a pipeline spec parses to.
#include "spec/parser.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using flux::Path;
using flux::Span;
using flux::spec::AgentCall;
using flux::spec::Argument;
using flux::spec::FluxSpec;
using flux::spec::parse;
using flux::spec::Pipeline;
using flux::spec::Setting;

namespace {

std::vector<Argument> arguments_of(const std::string& text) {
  return parse(text).fluxes[0].agents[0].arguments;
}

// The texts of the first agent's arguments, each as "key: text" or "text".
std::vector<std::string> keyed(const std::string& text) {
  std::vector<std::string> shown;
  for (const Argument& argument : arguments_of(text))
    shown.push_back((argument.key ? flux::to_string(*argument.key) + ": " : "") + argument.text);
  return shown;
}

std::vector<std::vector<std::string>> names(const std::string& text) {
  std::vector<std::vector<std::string>> fluxes;
  for (const FluxSpec& flux : parse(text).fluxes) {
    fluxes.emplace_back();
    for (const AgentCall& agent : flux.agents) fluxes.back().push_back(agent.name);
  }
  return fluxes;
}

using Names = std::vector<std::vector<std::string>>;
using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a whole pipeline, with every place in it") {
  const Pipeline expected{
      "a | std.b(x=1, [2]) >> c{k=v}",
      {FluxSpec{{AgentCall{"a", {0, 1}, {}, {0, 1}}}, {}, {0, 1}},
       FluxSpec{{AgentCall{"std.b",
                           {4, 9},
                           {Argument{Path{"x"}, {10, 11}, "1", {12, 13}, Argument::From::spec},
                            Argument{{}, {}, "[2]", {15, 18}, Argument::From::spec}},
                           {4, 19}},
                 AgentCall{"c", {23, 24}, {}, {23, 24}}},
                {Setting{"k", {25, 26}, "v", {27, 28}}},
                {4, 29}}}};
  CHECK(parse("a | std.b(x=1, [2]) >> c{k=v}") == expected);
}

TEST_CASE("'>>' binds tighter than '|'") {
  CHECK(names("a|b>>c|d") == Names{{"a"}, {"b", "c"}, {"d"}});
  CHECK(names("a>>b>>c") == Names{{"a", "b", "c"}});
}

TEST_CASE("white space is free, new lines too") {
  CHECK(names(" a\n|\tb \r\n>> c ") == Names{{"a"}, {"b", "c"}});
  CHECK(keyed("f ( x = 1 ,\n  2 )") == Texts{"x: 1", "2"});
  CHECK(parse("f { k = v , l = w }").fluxes[0].settings.size() == 2);
}

TEST_CASE("an agent has no arguments, with or without parentheses") {
  CHECK(arguments_of("f").empty());
  CHECK(arguments_of("f()").empty());
  CHECK(arguments_of("f( )").empty());
}

TEST_CASE("'==' and its like are read before '='") {
  CHECK(keyed("where(a == 1)") == Texts{"a == 1"});
  CHECK(keyed("where(a==1)") == Texts{"a==1"});
  CHECK(keyed("where(a <= 1)") == Texts{"a <= 1"});
  CHECK(keyed("where(a >= 1)") == Texts{"a >= 1"});
  CHECK(keyed("where(a != 1)") == Texts{"a != 1"});
  CHECK(keyed("set(a.b = x == 1)") == Texts{"a.b: x == 1"});
}

TEST_CASE("a key is a path or a JSON string") {
  CHECK(arguments_of("f(a.b=1)")[0].key == Path{"a", "b"});
  CHECK(arguments_of("f(a.\"b c\"=1)")[0].key == Path{"a", "b c"});
  CHECK(arguments_of("f(a[\"b c\"].d=1)")[0].key == Path{"a", "b c", "d"});
  CHECK(arguments_of("f(\"a.b\" = 1)")[0].key == Path{"a.b"});
  CHECK(arguments_of(R"(f("\u00e9" = 1))")[0].key == Path{"é"});
  CHECK(keyed("f(1 = 2)") == Texts{"1 = 2"});
  CHECK(keyed("f(g(x) = 2)") == Texts{"g(x) = 2"});
}

TEST_CASE("an argument is balanced in brackets and quotes") {
  CHECK(keyed("f((a, b), [c, {\"d\": 1, \"e\": 2}])") == Texts{"(a, b)", "[c, {\"d\": 1, \"e\": 2}]"});
  CHECK(keyed(R"x(f(",)", ')(', "\")", '\'('))x") == Texts{R"x(",)")x", "')('", R"x("\")")x", R"('\'(')"});
}

TEST_CASE("'|' and '>>' within an argument belong to it") {
  CHECK(keyed("f(a || b >> c | d) | g") == Texts{"a || b >> c | d"});
  CHECK(names("f(\"|\") | g") == Names{{"f"}, {"g"}});
}

TEST_CASE("a setting's value is text, or what a string says") {
  const auto value = [](const std::string& text) {
    return parse("f{k=" + text + "}").fluxes[0].settings[0].value;
  };
  CHECK(value("1.10") == "1.10");
  CHECK(value("\"a \\\"b\\\"\"") == "a \"b\"");
  CHECK(value("'a \"b\" \\'c\\' \\\\'") == "a \"b\" 'c' \\");
  CHECK(value("double | head(1, 2) >> c{x=1, y=2}") == "double | head(1, 2) >> c{x=1, y=2}");
}

TEST_CASE("1024 brackets within each other are read") {
  CHECK(arguments_of("f(" + std::string(1023, '(') + std::string(1023, ')') + ")").size() == 1);
}
