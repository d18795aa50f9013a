#include "spec/value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "spec/json_text.hpp"
#include "spec/lexer.hpp"
#include "spec/path.hpp"

namespace flux::spec {

namespace {

bool is_number(std::string_view text) {
  const bool starts_like_one = text.starts_with('-') || (!text.empty() && text[0] >= '0' && text[0] <= '9');
  return starts_like_one && is_json(text);
}

bool is_integer(std::string_view text) {
  return is_number(text) && text.find_first_of(".eE") == std::string_view::npos;
}

template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number number{};
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (status != std::errc{} || end != text.data() + text.size()) return {};
  return number;
}

// What a JSON string, and nothing else, says.
std::optional<std::string> json_string(std::string_view text) {
  return text.starts_with('"') ? unquote(text) : std::nullopt;
}

std::optional<std::string> string_of(const Argument& argument) {
  if (argument.from == Argument::From::config) return json_string(argument.text);
  if (dotted_size(argument.text) == argument.text.size()) return argument.text;
  return unquote(argument.text);
}

std::optional<Path> path_of(const Argument& argument) {
  if (argument.from == Argument::From::spec) return read_path(argument.text);
  const auto content = json_string(argument.text);
  return content ? read_path(*content) : std::nullopt;
}

// Reads one argument for one parameter.
struct Reader {
  const Argument& argument;
  std::string_view whom;
  const Pipeline& pipeline;

  Error refusal(std::string_view wanted, std::string hint) const {
    return Error(fmt::format("{} wants {}, found '{}'", whom, wanted, printable(argument.text)),
                 std::move(hint), pipeline.excerpt(argument.span));
  }

  std::int64_t int64() const {
    if (!is_integer(argument.text))
      throw refusal("an int", is_number(argument.text) ? "an int is written without '.' and exponent"
                                                       : "write a whole number, such as 10");
    const auto number = number_of<std::int64_t>(argument.text);
    if (!number) throw refusal("an int", "an int is between -9223372036854775808 and 9223372036854775807");
    return *number;
  }

  double float64() const {
    if (!is_number(argument.text)) throw refusal("a float", "write a number, such as 0.5");
    const auto number = number_of<double>(argument.text);
    if (!number) throw refusal("a float", "a double cannot hold that number");
    return *number;
  }

  bool boolean() const {
    if (argument.text == "true") return true;
    if (argument.text == "false") return false;
    throw refusal("a bool", "write true or false");
  }

  std::string string() const {
    auto string = string_of(argument);
    if (string) return std::move(*string);
    if (quoted_size(argument.text) == argument.text.size())
      throw refusal("a string", "an escape in it is wrong: a backslash is written \\\\");
    throw refusal("a string", fmt::format("put it in quotes: {}", quote(argument.text)));
  }

  std::string json() const {
    if (is_json(argument.text)) return argument.text;
    const auto single_quoted = unquote(argument.text);
    throw refusal("JSON", fmt::format("a string stands in double quotes: {}",
                                      quote(single_quoted ? *single_quoted : argument.text)));
  }

  Path path() const {
    auto path = path_of(argument);
    if (!path) throw refusal("a path", "a path is written user.name, or user.\"odd key\"");
    return std::move(*path);
  }

  // As written: what it means is for the room of expressions to say.
  std::string expression() const {
    if (argument.from == Argument::From::spec) return argument.text;
    return json_string(argument.text).value_or(argument.text);
  }
};

// True if the '[' at the front is closed by the ']' at the end: [a] + [b] is no list.
bool is_list(const Argument& argument) {
  if (!argument.text.starts_with('[')) return false;
  Lexer lexer(argument.text, {1, argument.text.size()});
  do {
    lexer.take_value({0, 1});
  } while (lexer.take_if(Token::comma));
  return lexer.position() + 1 == argument.text.size();
}

}  // namespace

Value read_value(const Argument& argument, Want want, std::string_view whom, const Pipeline& pipeline) {
  const Reader reader{argument, whom, pipeline};
  switch (want) {
    case Want::int64:
      return reader.int64();
    case Want::float64:
      return reader.float64();
    case Want::boolean:
      return reader.boolean();
    case Want::string:
      return reader.string();
    case Want::json:
      return reader.json();
    case Want::path:
      return reader.path();
    case Want::expression:
      break;
  }
  return reader.expression();
}

std::vector<Argument> read_list(const Argument& argument, const Pipeline& pipeline) {
  if (!is_list(argument)) return {argument};
  std::vector<Argument> items;
  Lexer lexer(argument.text, {1, argument.text.size()});
  if (lexer.at_bracket(']')) return items;
  do {
    const Span item = lexer.take_value({0, 1});
    const std::size_t offset = argument.span.begin;
    const Span place{offset + item.begin, offset + item.end};
    if (item.begin == item.end)
      throw Error("empty item in a list", "give a value, or leave the ',' out", pipeline.excerpt(place));
    items.push_back({{}, {}, std::string(lexer.text(item)), place, argument.from});
  } while (lexer.take_if(Token::comma));
  return items;
}

}  // namespace flux::spec
