#include "plan/join.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace flux::plan {

namespace {

bool fits(Kind given, Kind wanted) {
  return given == wanted || wanted == Kind::json || given == Kind::json ||
         (given == Kind::int64 && wanted == Kind::float64);
}

const Field* member(const Type& record, const std::string& name) {
  const auto found = std::find_if(record.fields.begin(), record.fields.end(), [&](const Field& field) {
    return field.path.size() == 1 && field.path[0] == name;
  });
  return found == record.fields.end() ? nullptr : &*found;
}

std::optional<std::string> misfit_member(const Type& given, const Field& wanted) {
  const Field* have = member(given, wanted.path[0]);
  if (have == nullptr) {
    if (wanted.optional) return {};
    return fmt::format("member '{}' is wanted, and not given", to_string(wanted.path));
  }
  // A member of a member can only come out of JSON.
  const Kind kind = wanted.path.size() == 1 ? wanted.kind : Kind::json;
  const bool deep = wanted.path.size() > 1;
  if (deep ? have->kind != Kind::json : !fits(have->kind, kind))
    return fmt::format("member '{}' is {}, and {} is wanted", to_string(wanted.path), name_of(have->kind),
                       deep ? "an object" : name_of(kind));
  if (have->optional && !wanted.optional && !deep)
    return fmt::format("member '{}' may be missing, and is wanted", to_string(wanted.path));
  return {};
}

}  // namespace

std::optional<std::string> misfit(const Type& given, const Type& wanted) {
  if (wanted.is_nothing() || given.is_bare(Kind::json)) return {};
  if (wanted.is_bare()) {
    const Kind kind = wanted.fields[0].kind;
    if (given.is_record()) {
      if (kind == Kind::json) return {};
      return fmt::format("an object is no {}", name_of(kind));
    }
    if (fits(given.fields[0].kind, kind)) return {};
    return fmt::format("{} is no {}", name_of(given.fields[0].kind), name_of(kind));
  }
  if (given.is_bare()) return fmt::format("{} is no object", name_of(given.fields[0].kind));
  for (const Field& field : wanted.fields) {
    if (auto why = misfit_member(given, field)) return why;
  }
  return {};
}

bool columns_suffice(const Type& given, const Type& wanted) {
  if (wanted.is_nothing()) return true;
  if (wanted.is_bare()) return given.is_bare();
  return std::all_of(wanted.fields.begin(), wanted.fields.end(), [&](const Field& field) {
    const Field* have = member(given, field.path[0]);
    if (have == nullptr) return true;  // an optional one: absent
    if (field.path.size() > 1) return false;
    // Text in a json column has to be read to be anything else.
    return have->kind != Kind::json || field.kind == Kind::json;
  });
}

}  // namespace flux::plan
