// Looking into objects and lists, which are kept as their JSON text.
//
// Pure functions; an Arena belongs to its caller.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "core/arena.hpp"
#include "expr/cell.hpp"

namespace flux::expr {

// The JSON text of the last member of that name. REQUIRES: the text of an object.
std::optional<std::string_view> find_member(std::string_view object, std::string_view name);

// The JSON text of the element; nothing if there are fewer. REQUIRES: the text of a list.
std::optional<std::string_view> find_element(std::string_view list, std::int64_t index);

struct Member {
  std::string_view key;    // escapes undone
  std::string_view value;  // JSON text
};

// By key; of several of one key, the last. REQUIRES: the text of an object.
std::span<const Member> sorted_members(std::string_view object, Arena& arena);

// REQUIRES: the text of a list, or of an object.
std::size_t size_of(std::string_view list_or_object, Arena& arena);

}  // namespace flux::expr
