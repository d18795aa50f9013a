#include "rows/misfit.hpp"

#include "core/error.hpp"

namespace flux::runtime {

std::string shown(std::string_view raw) {
  if (raw.starts_with('{')) return "an object";
  if (raw.starts_with('[')) return "an array";
  return printable(raw, 80);
}

}  // namespace flux::runtime
