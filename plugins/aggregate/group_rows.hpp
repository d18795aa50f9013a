// The members of a row that say which group it is about.
#pragma once

#include <cstddef>
#include <flux/agent.hpp>
#include <flux/json_reader.hpp>
#include <string>
#include <string_view>
#include <vector>

// Puts `names` with the values of a group's key. REQUIRES: as many as `names`.
inline void put_group(flux::JsonWriter& row, const std::vector<std::string>& names, std::string_view key) {
  if (names.size() == 1) {
    row.key(names[0]);
    return row.value(flux::Json{key});
  }
  std::string values = "[";
  values += key;
  values += ']';
  std::size_t i = 0;
  flux::each_element(flux::Json{values}, [&](flux::Json value) {
    row.key(names[i++]);
    row.value(value);
  });
}
