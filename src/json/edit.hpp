// Changes to single members of an object's text: everything that is not named keeps
// its bytes, the white space and the digits of numbers included.
//
// Pure functions, safe from any thread; an Arena belongs to its caller.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/arena.hpp"
#include "core/type.hpp"

namespace flux::json {

struct Edit {
  enum class Op : std::uint8_t {
    // An existing member keeps its place; of several of the name, the last one, and
    // the others go. A new one goes to the end. Objects on the way are made where
    // they are missing, and put in the place of what is no object.
    set,
    // All members of the name go, each with a comma, so that removing a member that
    // was set behind the others gives the bytes from before.
    remove,
    // All members of the name get another one and keep their places and values.
    // Members that had that name before go: whoever reads it gets the renamed one.
    rename
  };
  Op op;
  const Path* path;        // not empty
  const Path* to;          // of rename: the new path, which differs in the last name
  std::string_view value;  // of set: valid JSON text
};

// The object with the edits made in order; each one sees what those before it made.
// The result is in the arena, or is `object` itself if nothing changed.
// REQUIRES: `object` is valid and starts with '{'.
std::string_view edit(std::string_view object, std::span<const Edit> edits, Arena& arena);

// The value without white space outside strings; `value` itself if there is none.
std::string_view compact(std::string_view value, Arena& arena);

}  // namespace flux::json
