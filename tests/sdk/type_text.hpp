// A type of the ABI in text, for tests: "{name: int, note?: string}", "int", "nothing".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include <flux/flux_plugin.h>

namespace flux_test {

inline std::string describe(const flux_type& type) {
  static constexpr const char* kKindNames[] = {"", "int", "float", "bool", "string", "json"};
  const auto view = [](flux_str text) { return std::string(text.data, text.size); };
  if (type.field_count == 0) return "nothing";
  std::string text;
  for (std::uint32_t i = 0; i < type.field_count; ++i) {
    const flux_field& field = *type.fields[i];
    if (field.path.size == 0) return kKindNames[field.kind];
    text += i == 0 ? "{" : ", ";
    if ((field.flags & FLUX_FIELD_KEPT) != 0) text += "kept ";
    for (std::size_t n = 0; n < field.path.size; ++n) text += (n == 0 ? "" : ".") + view(field.path.names[n]);
    text += (field.flags & FLUX_FIELD_OPTIONAL) != 0 ? "?: " : ": ";
    text += kKindNames[field.kind];
    if (field.to.size != 0) text += " -> " + view(field.to.names[0]);
  }
  return text + "}";
}

}  // namespace flux_test
