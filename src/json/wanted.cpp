// A tree is grown path by path, then numbered once it is known in full.
#include "json/wanted.hpp"

#include <algorithm>
#include <utility>

namespace flux::json {
namespace {

bool has_no_short_escape(char c) {
  return static_cast<unsigned char>(c) >= ' ' && c != '"' && c != '\\' && c != '/';
}

bool is_plain_name(std::string_view name) {
  constexpr std::string_view kBehindString = " ,:]}";
  return !name.empty() && kBehindString.find(name.front()) == std::string_view::npos &&
         std::ranges::all_of(name, has_no_short_escape);
}

}  // namespace

Wanted::Wanted(std::span<const Path> paths) : levels_(1) {
  for (const Path& path : paths) add(path);
  places_ = number_places(levels_[0], 0);
  for (const Path& path : paths) place_of_slot_.push_back(place_at(path));
}

void Wanted::add(const Path& path) {
  std::size_t level = 0;
  for (std::size_t depth = 0; depth < path.size(); ++depth) {
    const std::size_t index = add_name(levels_[level], path[depth]);
    if (!is_plain_name(path[depth])) has_plain_names_ = false;
    if (depth + 1 == path.size()) return;
    if (levels_[level].names[index].level_below == kNoLevel) {
      levels_[level].names[index].level_below = static_cast<std::int32_t>(levels_.size());
      levels_.emplace_back();
    }
    level = static_cast<std::size_t>(levels_[level].names[index].level_below);
  }
}

// Where in the level the name stands, or now stands.
std::size_t Wanted::add_name(Level& level, const std::string& text) {
  if (const Name* known = level.find(text)) return static_cast<std::size_t>(known - level.names.data());
  Name name{text, '"' + text + '"', text + '"', 0, 0, 0, 0, 0, 0, kNoLevel};
  const std::size_t head_size = std::min(sizeof name.head, name.quoted_end.size());
  std::memcpy(&name.head, name.quoted_end.data(), head_size);
  std::memset(&name.head_mask, 0xFF, head_size);
  // What is at the end of the name is at the end of the word.
  const std::size_t tail_size = std::min(sizeof name.tail, name.quoted.size());
  const std::size_t unused = sizeof name.tail - tail_size;
  std::memcpy(reinterpret_cast<char*>(&name.tail) + unused,
              name.quoted.data() + name.quoted.size() - tail_size, tail_size);
  std::memset(reinterpret_cast<char*>(&name.tail_mask) + unused, 0xFF, tail_size);
  level.may_begin_[static_cast<unsigned char>(name.quoted_end.front())] = true;
  level.names.push_back(std::move(name));
  return level.names.size() - 1;
}

// Gives the level, and all below it, the places from `next` on; returns the first
// that is left.
std::uint32_t Wanted::number_places(Level& numbered, std::uint32_t next) {
  for (Name& name : numbered.names) {
    name.place = next++;
    if (name.level_below != kNoLevel)
      next = number_places(levels_[static_cast<std::size_t>(name.level_below)], next);
    name.places_end = next;
  }
  return next;
}

std::uint32_t Wanted::place_at(const Path& path) const {
  const Name* name = top().find(path[0]);
  for (std::size_t depth = 1; depth < path.size(); ++depth) name = level(name->level_below).find(path[depth]);
  return name->place;
}

const Wanted::Name* Wanted::Level::find(std::string_view text) const {
  for (const Name& name : names)
    if (name.text == text) return &name;
  return nullptr;
}

// The first bytes of a line are too few for the quick way.
const Wanted::Name* Wanted::Level::find_before_short(std::string_view line) const {
  for (const Name& name : names)
    if (name.quoted.size() < line.size() && line.ends_with(name.quoted) &&
        line[line.size() - name.quoted.size() - 1] != '\\')
      return &name;
  return nullptr;
}

}  // namespace flux::json
