// What a test of an agent compares: lines, as flux would write them.
//
// Part of testing.hpp. Plain values.
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace flux::testing {

struct Lines : std::vector<std::string> {
  using std::vector<std::string>::vector;
  std::string text() const {
    std::string all;
    for (const std::string& line : *this) all += line + "\n";
    return all;
  }
  friend std::ostream& operator<<(std::ostream& to, const Lines& lines) { return to << "\n" << lines.text(); }
};

template <class... Text>
Lines lines(const Text&... text) {
  return {std::string(text)...};
}

}  // namespace flux::testing
