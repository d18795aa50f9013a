// A column: the values of one field for all rows of a batch, in the very layout
// that the ABI hands to plugins, so that crossing that boundary copies nothing.
//
//   int64 std::int64_t   float64 double   boolean std::uint8_t   string, json flux_str
//
// A view: the memory belongs to an arena. Thread safety: as for any value.
#pragma once

#include <cstdint>
#include <string_view>

#include "abi/flux_plugin.h"
#include "core/type.hpp"

namespace flux {

struct Column {
  Kind kind = Kind::json;
  void* data = nullptr;
  std::uint8_t* present = nullptr;  // one of FLUX_ABSENT.. per row; nullptr: every row has a value

  template <class T>
  T* as() const {
    return static_cast<T*>(data);
  }
};

// Bytes per row of a column.
constexpr std::size_t width_of(Kind kind) {
  switch (kind) {
    case Kind::int64:
      return sizeof(std::int64_t);
    case Kind::float64:
      return sizeof(double);
    case Kind::boolean:
      return sizeof(std::uint8_t);
    case Kind::string:
    case Kind::json:
      return sizeof(flux_str);
  }
  return 0;
}

inline std::string_view view(flux_str text) { return {text.data, text.size}; }
inline flux_str str(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace flux
