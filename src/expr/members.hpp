// What the type of the events says about their members.
//
// Pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/type.hpp"
#include "expr/kinds.hpp"

namespace flux::expr {

// A path into the event, looked up.
struct Found {
  enum class What : std::uint8_t {
    member,   // reads(path[0, size)), and below that whatever an event has there
    no_such,  // there is none of that name: path[size - 1]
    inside    // path[0, size) is of a kind that has no members
  };
  What what;
  std::size_t size;
  Kinds kinds;  // of path[0, size)
};

Found find(const Path& path, const Type& given);

// The names that may stand behind the first `size` names of the path.
std::vector<std::string> names_below(const Path& path, std::size_t size, const Type& given);

}  // namespace flux::expr
