// Ways to a member, as a spec writes them: user.name, user."odd key", user["odd key"].
// A path may begin with a JSON string, too: "odd key" is the one member of that name.
//
// Thread safety: functions without state.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/type.hpp"

namespace flux::spec {

struct PathPrefix {
  Path path;
  std::size_t size;  // bytes of text that it takes
};

// The longest path at the front of `text`.
std::optional<PathPrefix> path_prefix(std::string_view text);

// The path that all of `text` is.
std::optional<Path> read_path(std::string_view text);

// The size of the bare word at the front of `text`: [A-Za-z_][A-Za-z0-9_-]*, else 0.
std::size_t bare_size(std::string_view text);

// Bare words joined by dots, as in an agent's name: their size at the front of `text`.
std::size_t dotted_size(std::string_view text);

}  // namespace flux::spec
