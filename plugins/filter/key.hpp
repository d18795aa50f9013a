// What members say, as bytes to compare and to hash.
//
// Values are equal as <flux/key.hpp> says. A missing member and a null are one value.
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
  // Of the first member alone, which is a whole event: what is not a string is its text, for
  // it would take long to bring large objects into one form.
  std::string_view as_written(const flux::Members& members);

 private:
  std::string_view one(const flux::Members& members, std::size_t index);

  std::string canonical_;
  std::string joined_;
};

// Whether any of them is there.
bool has_any(const flux::Members& members);

}  // namespace filter
