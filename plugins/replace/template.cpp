#include "template.hpp"

#include <stdexcept>
#include <utility>

namespace {

constexpr std::size_t npos = std::string_view::npos;

[[noreturn]] void refuse(std::string_view what, std::size_t offset) {
  throw std::invalid_argument("the template has " + std::string(what) + " at column " +
                              std::to_string(offset + 1));
}

// a.b is {"a", "b"}: names are all that stands between dots, but no braces.
flux::Member member_of(std::string_view path, std::size_t offset) {
  flux::Member member;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t dot = path.find('.', begin);
    const std::string_view name = path.substr(begin, dot - begin);
    if (name.empty()) refuse("an empty name", offset + begin);
    member.names.emplace_back(name);
    if (dot == npos) break;
    begin = dot + 1;
  }
  return member;
}

}  // namespace

Template::Template(std::string_view text) {
  std::string plain;
  std::size_t at = 0;
  for (;;) {
    const std::size_t brace = text.find_first_of("{}", at);
    plain += text.substr(at, brace - at);
    if (brace == npos) break;
    if (text.substr(brace + 1, 1) == text.substr(brace, 1)) {
      plain += text[brace];
      at = brace + 2;
      continue;
    }
    if (text[brace] == '}') refuse("a '}' without its '{' (a brace itself is '}}')", brace);
    const std::size_t end = text.find_first_of("{}", brace + 1);
    if (end == npos || text[end] == '{') refuse("a '{' without its '}' (a brace itself is '{{')", brace);
    const flux::Member member = member_of(text.substr(brace + 1, end - brace - 1), brace + 1);
    pieces_.push_back({std::exchange(plain, {}), member});
    at = end + 1;
  }
  pieces_.push_back({plain, {}});
}
