#include "spec/path.hpp"

#include "spec/json_text.hpp"

namespace flux::spec {

namespace {

struct Member {
  std::string name;
  std::size_t size;
};

std::optional<Member> string_at(std::string_view text) {
  if (!text.starts_with('"')) return {};
  const auto size = quoted_size(text);
  if (!size) return {};
  auto name = unquote(text.substr(0, *size));
  if (!name) return {};
  return Member{std::move(*name), *size};
}

std::optional<Member> name_at(std::string_view text) {
  const std::size_t size = bare_size(text);
  if (size == 0) return string_at(text);
  return Member{std::string(text.substr(0, size)), size};
}

// `.name` or `["name"]`.
std::optional<Member> step_at(std::string_view text) {
  const bool bracket = text.starts_with('[');
  if (!bracket && !text.starts_with('.')) return {};
  auto member = bracket ? string_at(text.substr(1)) : name_at(text.substr(1));
  if (!member) return {};
  member->size += 1;
  if (!bracket) return member;
  if (!text.substr(member->size).starts_with(']')) return {};
  member->size += 1;
  return member;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

}  // namespace

std::size_t bare_size(std::string_view text) {
  if (text.empty() || !is_letter(text[0])) return 0;
  std::size_t size = 1;
  while (size < text.size() &&
         (is_letter(text[size]) || text[size] == '-' || (text[size] >= '0' && text[size] <= '9')))
    ++size;
  return size;
}

std::size_t dotted_size(std::string_view text) {
  std::size_t size = bare_size(text);
  while (size > 0 && text.substr(size).starts_with('.')) {
    const std::size_t next = bare_size(text.substr(size + 1));
    if (next == 0) break;
    size += 1 + next;
  }
  return size;
}

std::optional<PathPrefix> path_prefix(std::string_view text) {
  auto member = name_at(text);
  if (!member) return {};
  PathPrefix prefix{{}, 0};
  while (member) {
    prefix.path.push_back(std::move(member->name));
    prefix.size += member->size;
    member = step_at(text.substr(prefix.size));
  }
  return prefix;
}

std::optional<Path> read_path(std::string_view text) {
  auto prefix = path_prefix(text);
  if (!prefix || prefix->size != text.size()) return {};
  return std::move(prefix->path);
}

}  // namespace flux::spec
