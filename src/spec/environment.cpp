#include "spec/environment.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "spec/json_text.hpp"

namespace flux::spec {

namespace {

bool is_variable_name(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return !name.empty() && !is_digit(name[0]) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return is_letter(c) || is_digit(c); });
}

// `inside` is what stands between '${' and '}'.
std::string value_of(std::string_view inside, const Environment& environment) {
  const std::size_t colon = inside.find(":-");
  const std::string name(inside.substr(0, colon));
  if (!is_variable_name(name))
    throw Error(fmt::format("'{}' is no name of a variable", printable(name)),
                "write ${NAME} or ${NAME:-default}; $${ stands for ${ itself");
  const bool has_default = colon != inside.npos;
  const std::string_view otherwise = has_default ? inside.substr(colon + 2) : "";
  if (otherwise.find("${") != otherwise.npos)
    throw Error(fmt::format("the default of variable '{}' holds another variable", name),
                "a default is plain text");
  const std::optional<std::string> value = environment(name);
  if (has_default && (!value || value->empty())) return std::string(otherwise);
  if (!value)
    throw Error(fmt::format("environment variable '{}' is not set", name),
                fmt::format("set it, or write ${{{}:-default}}", name));
  if (valid_utf8_size(*value) != value->size())
    throw Error(fmt::format("environment variable '{}' is not valid UTF-8", name), "set it to UTF-8 text");
  return *value;
}

}  // namespace

std::string fill_in(std::string_view text, const Environment& environment) {
  std::string filled;
  while (true) {
    const std::size_t open = text.find("${");
    filled += text.substr(0, open);
    if (open == text.npos) return filled;
    const bool is_escaped = open > 0 && text[open - 1] == '$';
    text.remove_prefix(open + 2);
    if (is_escaped) {
      filled += '{';  // the '$' in front is there already
      continue;
    }
    const std::size_t close = text.find('}');
    if (close == text.npos)
      throw Error("missing '}' behind '${'", "write ${NAME} or ${NAME:-default}; $${ stands for ${ itself");
    filled += value_of(text.substr(0, close), environment);
    text.remove_prefix(close + 1);
  }
}

}  // namespace flux::spec
