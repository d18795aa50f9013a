// Where and why a line does not have the form it should have.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

struct Misfit {
  const char* expected;  // "a status of three digits"
  std::size_t offset;    // in bytes, from 0
};

// "expected a status of three digits at column 12, found 'x y z'": for people, with
// the beginning of what stands there.
std::string describe(const Misfit& misfit, std::string_view line);
