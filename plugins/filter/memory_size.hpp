// How many values an agent remembers, as a parameter says it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "recent_keys.hpp"

namespace filter {

inline std::size_t memory_size(std::int64_t size) {
  constexpr auto kMost = static_cast<std::int64_t>(kMostKeys);
  if (size >= 1 && size <= kMost) return static_cast<std::size_t>(size);
  throw std::invalid_argument("size must be between 1 and " + std::to_string(kMost) + ", found " +
                              std::to_string(size));
}

}  // namespace filter
