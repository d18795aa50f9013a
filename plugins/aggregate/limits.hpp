// What parameters of aggregations may be.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

// The parameter 'groups' where it is not given.
inline constexpr std::int64_t kUsualGroups = 1'000'000;

inline std::size_t checked_groups(std::int64_t groups) {
  constexpr std::int64_t kMost = 1'000'000'000;
  if (groups >= 1 && groups <= kMost) return static_cast<std::size_t>(groups);
  throw std::invalid_argument("groups must be between 1 and " + std::to_string(kMost) + ", found " +
                              std::to_string(groups));
}

inline std::size_t checked_rows(std::int64_t n) {
  if (n >= 0) return static_cast<std::size_t>(n);
  throw std::invalid_argument("n must be at least 0, found " + std::to_string(n));
}
