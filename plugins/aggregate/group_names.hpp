// How the rows of an aggregation call the members that it groups by.
#pragma once

#include <algorithm>
#include <flux/value.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

// The last name of each path: by=[user.id, level] gives "id" and "level". Where that is
// the name of another one, or of a member that the row has anyway, the whole path with
// dots. Throws where even that would be there twice.
inline std::vector<std::string> group_names(const std::vector<flux::Member>& by,
                                            const std::vector<std::string>& others) {
  const auto is_other = [&](const std::string& name) {
    return std::find(others.begin(), others.end(), name) != others.end();
  };
  std::vector<std::string> names;
  for (const flux::Member& path : by) {
    const std::string& last = path.names.back();
    const auto ends_so = [&](const flux::Member& other) { return other.names.back() == last; };
    const bool is_unique = std::count_if(by.begin(), by.end(), ends_so) == 1 && !is_other(last);
    const std::string name = is_unique ? last : to_string(path);
    if (is_other(name) || std::find(names.begin(), names.end(), name) != names.end()) {
      throw std::invalid_argument("by: the result would have two members '" + name + "'");
    }
    names.push_back(name);
  }
  return names;
}
