#include "expr/nested.hpp"

#include <algorithm>

#include "json/elements.hpp"
#include "json/members.hpp"
#include "json/string.hpp"

namespace flux::expr {

std::optional<std::string_view> find_member(std::string_view object, std::string_view name) {
  std::optional<std::string_view> last;
  json::Members members(object, 0);
  while (members.next())
    if (members.is_called(name))
      last = object.substr(members.value_begin(), members.value_end() - members.value_begin());
  return last;
}

std::optional<std::string_view> find_element(std::string_view list, std::int64_t index) {
  json::Elements elements(list);
  while (elements.next())
    if (index-- == 0) return elements.value();
  return {};
}

std::span<const Member> sorted_members(std::string_view object, Arena& arena) {
  std::size_t count = 0;
  for (json::Members members(object, 0); members.next();) ++count;
  const std::span<Member> all = arena.array<Member>(count);
  json::Members members(object, 0);
  for (Member& member : all) {
    members.next();
    const std::size_t begin = members.key_begin() + 1;
    member.key = json::unescape(object.substr(begin, members.key_end() - 1 - begin), arena);
    member.value = object.substr(members.value_begin(), members.value_end() - members.value_begin());
  }
  // The last of several comes first, so that unique() keeps that one.
  std::sort(all.begin(), all.end(), [](const Member& a, const Member& b) {
    const int order = a.key.compare(b.key);
    return order != 0 ? order < 0 : a.value.data() > b.value.data();
  });
  const auto end =
      std::unique(all.begin(), all.end(), [](const Member& a, const Member& b) { return a.key == b.key; });
  return all.first(static_cast<std::size_t>(end - all.begin()));
}

std::size_t size_of(std::string_view text, Arena& arena) {
  if (text[0] == '{') {
    const Arena::Mark mark = arena.mark();
    const std::size_t count = sorted_members(text, arena).size();
    arena.release(mark);
    return count;
  }
  std::size_t count = 0;
  for (json::Elements elements(text); elements.next();) ++count;
  return count;
}

}  // namespace flux::expr
