#include "guess.hpp"

#include <cstddef>

#include "digits.hpp"

namespace {

// False if there is no digit.
bool skip_digits(std::string_view& text) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  text.remove_prefix(count);
  return count != 0;
}

bool skip(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

bool is_json_word(std::string_view text) {
  if (text == "true" || text == "false") return true;
  skip(text, "-");
  if (!skip(text, "0") && !skip_digits(text)) return false;
  if (skip(text, ".") && !skip_digits(text)) return false;
  if (!skip(text, "eE")) return text.empty();
  skip(text, "+-");
  return skip_digits(text) && text.empty();
}
