// The type of an event, as the host knows it: a copy of what a plugin described,
// with strings of its own, so that nobody else thinks about the ABI's structs.
//
// Plain values; thread safety as for any value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace flux {

// The kinds of a column. The numbers are those of the ABI (flux_kind).
enum class Kind : std::uint8_t { int64 = 1, float64 = 2, boolean = 3, string = 4, json = 5 };

// "int", "float", "bool", "string", "json": what people and specs call it.
std::string_view name_of(Kind kind);

// A way into an object: {"a", "b"} is a.b. Empty: the event itself.
using Path = std::vector<std::string>;

// As a spec would write it: a.b, or "odd key" in quotes, with control characters escaped.
std::string to_string(const Path& path);

struct Field {
  Path path;
  Kind kind = Kind::json;
  bool optional = false;  // may be missing or null, without difference
  Path to;                // of an extend result that renames: the new path
  bool kept = false;      // of an extend result: the event has no members but those that are kept
  bool operator==(const Field&) const = default;
};

// One field without a path: a bare value. Fields with paths: a record. No field:
// nothing is wanted of the event.
struct Type {
  std::string name;
  std::vector<Field> fields;

  static Type bare(Kind kind) { return {{}, {{{}, kind, false, {}}}}; }

  bool is_nothing() const { return fields.empty(); }
  bool is_bare() const { return fields.size() == 1 && fields[0].path.empty(); }
  bool is_bare(Kind kind) const { return is_bare() && fields[0].kind == kind; }
  bool is_record() const { return !fields.empty() && !fields[0].path.empty(); }
  bool operator==(const Type&) const = default;
};

// "int", "json", "Event {type: string, data?: json}", "nothing".
std::string to_string(const Type& type);

}  // namespace flux
