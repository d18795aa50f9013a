// What members say, as bytes to compare and to hash.
//
// Strings are what they say, whatever escapes they are written with; any other value is
// its text, so that 1 and 1.0 are two. A missing member and a null are one value.
//
// Thread safety: none; each agent has its own.
#pragma once

#include <cstddef>
#include <flux/agent.hpp>
#include <string>
#include <string_view>

namespace filter {

// What a string says, in `scratch` where it has escapes; of any other value, its text.
std::string_view said(flux::Json value, std::string& scratch);

class KeyReader {
 public:
  // Of the members from number `first` on. Lives until the next call, or the event's
  // end. Where there is one, its text is not copied. REQUIRES: there is one at least.
  std::string_view read(const flux::Members& members, std::size_t first = 0);

 private:
  std::string_view one(const flux::Members& members, std::size_t index);

  std::string quoted_;
  std::string joined_;
};

// Whether any of them is there.
bool has_any(const flux::Members& members);

}  // namespace filter
