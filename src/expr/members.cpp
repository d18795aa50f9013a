#include "expr/members.hpp"

#include <algorithm>

namespace flux::expr {
namespace {

std::size_t common_size(const Path& a, const Path& b) {
  const auto end = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first;
  return static_cast<std::size_t>(end - a.begin());
}

}  // namespace

Found find(const Path& path, const Type& given) {
  using What = Found::What;
  if (given.is_nothing() || given.is_bare(Kind::json)) return {What::member, path.size(), kEvent};
  if (given.is_bare()) return {path.empty() ? What::member : What::inside, 0, kinds_of(given.fields[0])};
  if (path.empty()) return {What::member, 0, kObject};

  std::size_t known = 0;
  for (const Field& field : given.fields) {
    const std::size_t common = common_size(path, field.path);
    known = std::max(known, common);
    if (common < field.path.size()) continue;
    const bool has_members = field.kind == Kind::json || path.size() == common;
    return {has_members ? What::member : What::inside, common, kinds_of(field)};
  }
  // An object on the way to members: nobody has it but the event itself.
  if (known == path.size()) return {What::member, 0, kObject};
  return {What::no_such, known + 1, 0};
}

std::vector<std::string> names_below(const Path& path, std::size_t size, const Type& given) {
  std::vector<std::string> names;
  for (const Field& field : given.fields) {
    if (field.path.size() <= size || common_size(path, field.path) < size) continue;
    const std::string& name = field.path[size];
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

}  // namespace flux::expr
