#include "key.hpp"

#include <cstdint>
#include <flux/json_reader.hpp>
#include <flux/key.hpp>
#include <optional>

namespace filter {

std::string_view said(flux::Json value, std::string& scratch) {
  if (!flux::is_string(value)) return value.text;
  const std::string_view raw = value.text.substr(1, value.text.size() - 2);
  if (raw.find('\\') == std::string_view::npos) return raw;
  scratch.clear();
  flux::append_text(value, scratch);
  return scratch;
}

std::string_view KeyReader::one(const flux::Members& members, std::size_t index) {
  const std::optional<flux::Json> value = members[index];
  return value ? flux::key_of(*value, canonical_) : "null";
}

std::string_view KeyReader::as_written(const flux::Members& members) {
  const std::optional<flux::Json> value = members[0];
  if (!value) return "null";
  return flux::is_string(*value) ? flux::key_of(*value, canonical_) : value->text;
}

std::string_view KeyReader::read(const flux::Members& members, std::size_t first) {
  if (members.size() == first + 1) return one(members, first);
  // Each with its size before it: no two lists of values are the same bytes.
  joined_.clear();
  for (std::size_t i = first; i < members.size(); ++i) {
    const std::string_view text = one(members, i);
    const std::uint64_t size = text.size();
    joined_.append(reinterpret_cast<const char*>(&size), sizeof size);
    joined_ += text;
  }
  return joined_;
}

bool has_any(const flux::Members& members) {
  for (std::size_t i = 0; i < members.size(); ++i)
    if (members[i]) return true;
  return false;
}

}  // namespace filter
