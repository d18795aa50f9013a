#include "expr/kinds.hpp"

#include <fmt/format.h>

#include <vector>

namespace flux::expr {

Kinds kinds_of(const Field& field) {
  const Kinds null = field.optional ? kNull : 0;
  switch (field.kind) {
    case Kind::int64:
      return kInt | null;
    case Kind::float64:
      return kFloat | null;
    case Kind::boolean:
      return kBoolean | null;
    case Kind::string:
      return kString | null;
    case Kind::json:
      return kEvent;
  }
  return kEvent;
}

Known known_of(Kinds kinds) {
  switch (kinds & ~kNull) {
    case kBoolean:
      return Known::boolean;
    case kInt:
      return Known::int64;
    case kFloat:
      return Known::float64;
    case kNumber:
      return Known::number;
    case kString:
      return Known::string;
    case kList:
      return Known::list;
    case kObject:
      return Known::object;
    case kTimestamp:
      return Known::timestamp;
    case kDuration:
      return Known::duration;
    default:
      return Known::nothing;
  }
}

std::string_view name_of(Kinds kinds) {
  if (kinds == kNull) return "null";
  return name_of(known_of(kinds));
}

std::string_view name_of(Known known) {
  switch (known) {
    case Known::nothing:
      return "any value";
    case Known::boolean:
      return "bool";
    case Known::int64:
      return "int";
    case Known::float64:
      return "float";
    case Known::number:
      return "number";
    case Known::string:
      return "string";
    case Known::list:
      return "list";
    case Known::object:
      return "object";
    case Known::timestamp:
      return "timestamp";
    case Known::duration:
      return "duration";
  }
  return {};
}

std::string list_of(Kinds kinds) {
  if ((kinds | kNull) == kEvent) return "any JSON value";
  std::vector<std::string_view> names;
  if ((kinds & kNumber) == kNumber) {
    names.push_back(name_of(kNumber));
    kinds &= static_cast<Kinds>(~kNumber);
  }
  for (const Kinds one : {kBoolean, kInt, kFloat, kString, kList, kObject, kTimestamp, kDuration, kNull})
    if (kinds & one) names.push_back(name_of(one));
  std::string list(names[0]);
  for (std::size_t i = 1; i < names.size(); ++i)
    list += fmt::format("{}{}", i + 1 < names.size() ? ", " : " or ", names[i]);
  return list;
}

}  // namespace flux::expr
