#include "plugin/descriptor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>
#include <type_traits>

#include "core/error.hpp"

namespace flux::plugin {
namespace {

// No description comes near this; a count beyond it is an uninitialised member.
constexpr std::size_t kMostOfAnything = 4096;
constexpr std::size_t kMostOfAText = 1 << 20;  // bytes; likewise

[[noreturn]] void refuse(const std::string& where, std::string_view why, std::string hint) {
  throw Error(fmt::format("{}: {}", where, why), std::move(hint));
}

// The struct in full size: members beyond the plugin's own size are zero. `last` is
// where the members end that every plugin has, those of minor 0.
template <class T>
T full_size(const T& theirs, std::uint32_t size, std::size_t last, std::string_view type_name,
            const std::string& where) {
  static_assert(std::is_trivially_copyable_v<T>, "only structs of the C ABI are copied by bytes");
  if (size < last)
    refuse(where, fmt::format("its {} has {} bytes, expected at least {}", type_name, size, last),
           fmt::format("set .struct_size = sizeof({})", type_name));
  T ours{};
  std::memcpy(&ours, &theirs, std::min<std::size_t>(size, sizeof(T)));
  return ours;
}

// `thing` in the singular: "agent".
void check_count(std::size_t count, const void* array, std::string_view thing, const std::string& where) {
  if (count > kMostOfAnything)
    refuse(where, fmt::format("its {} count is {}, expected at most {}", thing, count, kMostOfAnything),
           "is the count initialised?");
  if (count > 0 && array == nullptr)
    refuse(where, fmt::format("its {} count is {}, but their array is NULL", thing, count),
           "set the array, or the count to 0");
}

// An array of pointers to structs, none of them NULL.
template <class T>
std::span<const T* const> array_of(const T* const* array, std::size_t count, std::string_view thing,
                                   const std::string& where) {
  check_count(count, array, thing, where);
  const std::span<const T* const> all(array, count);
  const auto hole = std::ranges::find(all, nullptr);
  if (hole == all.end()) return all;
  refuse(where, fmt::format("{} {} of {} is NULL", thing, hole - all.begin() + 1, count),
         "the count must be that of the pointers in the array");
}

std::string text_of(const char* text) { return text == nullptr ? "" : text; }

std::string text_of(flux_str text, const std::string& where) {
  if (text.data == nullptr && text.size > 0)
    refuse(where, fmt::format("a text of {} bytes is NULL", text.size), "use FLUX_TEXT(\"...\")");
  if (text.size > kMostOfAText)
    refuse(where, fmt::format("a text has {} bytes, expected at most {}", text.size, kMostOfAText),
           "is its size initialised?");
  return text.size == 0 ? "" : std::string(text.data, text.size);
}

Path path_of(flux_path path, const std::string& where) {
  check_count(path.size, path.names, "path name", where);
  Path names;
  for (std::size_t i = 0; i < path.size; ++i) names.push_back(text_of(path.names[i], where));
  return names;
}

// A name as pipelines spell it: [a-z][a-z0-9_]*.
std::string identifier_of(const char* name, const std::string& where) {
  constexpr std::string_view kHint = "names are [a-z][a-z0-9_]*, for pipelines spell them";
  if (name == nullptr) refuse(where, "its name is NULL", std::string(kHint));
  const std::string_view word = name;
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto may_follow = [&](char c) { return is_lower(c) || (c >= '0' && c <= '9') || c == '_'; };
  if (word.empty() || !is_lower(word[0]) || !std::ranges::all_of(word, may_follow))
    refuse(where, fmt::format("'{}' is no name", printable(word)), std::string(kHint));
  return std::string(word);
}

Kind column_kind_of(std::uint32_t kind, const std::string& where) {
  if (kind >= FLUX_INT64 && kind <= FLUX_JSON) return static_cast<Kind>(kind);
  refuse(where, fmt::format("unknown column kind {}", kind), "use one of FLUX_INT64 .. FLUX_JSON");
}

Field field_of(const flux_field& theirs, const std::string& where) {
  constexpr std::size_t kLast = offsetof(flux_field, to) + sizeof(flux_field::to);
  const flux_field field = full_size(theirs, theirs.struct_size, kLast, "flux_field", where);
  return {.path = path_of(field.path, where),
          .kind = column_kind_of(field.kind, where),
          .optional = (field.flags & FLUX_FIELD_OPTIONAL) != 0,
          .to = path_of(field.to, where),
          .kept = (field.flags & FLUX_FIELD_KEPT) != 0};
}

// ---- parameters

void check_kind(std::uint32_t kind, flux_kind expected, const std::string& where) {
  if (kind == expected) return;
  const bool known = kind >= FLUX_INT64 && kind <= FLUX_EXPR;
  refuse(where,
         fmt::format("found {}, expected {}",
                     known ? name_of(static_cast<flux_kind>(kind)) : fmt::format("unknown kind {}", kind),
                     name_of(expected)),
         "a default has the kind of its parameter");
}

// One value: not a list.
void check_value(const flux_value& value, flux_kind expected, const std::string& where) {
  check_kind(value.kind, expected, where);
  if (value.is_list != 0) refuse(where, "found a list, expected a value", "set .is_list = 0");
  if (expected == FLUX_EXPR) refuse(where, "an expression has no default", "set .default_value = NULL");
  if (expected == FLUX_STRING || expected == FLUX_JSON) text_of(value.as.str, where);
  if (expected == FLUX_PATH) path_of(value.as.path, where);
}

void check_default(const flux_value& value, const Param& param, const std::string& where) {
  if (!param.is_many()) return check_value(value, param.kind, where);
  check_kind(value.kind, param.kind, where);
  if (value.is_list == 0) refuse(where, "found a value alone, expected a list", "set .is_list = 1");
  check_count(value.as.list.size, value.as.list.items, "item", where);
  for (std::size_t i = 0; i < value.as.list.size; ++i) {
    const flux_item& item = value.as.list.items[i];
    const std::string nth = fmt::format("{}: item {}", where, i + 1);
    path_of(item.name, nth);
    check_value(item.value, param.kind, nth);
  }
}

Param param_of(const flux_param& theirs, std::size_t nth, const std::string& agent) {
  constexpr std::size_t kLast = offsetof(flux_param, default_value) + sizeof(flux_param::default_value);
  std::string where = fmt::format("{}: parameter {}", agent, nth);
  const flux_param full = full_size(theirs, theirs.struct_size, kLast, "flux_param", where);
  const auto is = [&](std::uint32_t flag) { return (full.flags & flag) != 0; };
  const std::string name = identifier_of(full.name, where);
  where = fmt::format("{}: parameter '{}'", agent, name);
  if (full.kind < FLUX_INT64 || full.kind > FLUX_EXPR)
    refuse(where, fmt::format("unknown parameter kind {}", full.kind), "use one of FLUX_INT64 .. FLUX_EXPR");
  if (full.kind == FLUX_EXPR) column_kind_of(full.expr_kind, where + ": the values of its expression");

  Param param{.name = name,
              .summary = text_of(full.summary),
              .kind = static_cast<flux_kind>(full.kind),
              .expr_kind = static_cast<flux_kind>(full.kind == FLUX_EXPR ? full.expr_kind : 0),
              .required = is(FLUX_PARAM_REQUIRED),
              .list = is(FLUX_PARAM_LIST),
              .rest = is(FLUX_PARAM_REST),
              .named = is(FLUX_PARAM_NAMED),
              .default_value = {}};
  if (full.default_value == nullptr) return param;
  check_default(*full.default_value, param, where + ": its default");
  param.default_value = *full.default_value;
  return param;
}

// An argument must have one parameter that it can belong to.
void check_together(const std::vector<Param>& params, const std::string& where) {
  if (std::ranges::count_if(params, &Param::rest) > 1)
    refuse(where, "two parameters take the rest of the positional arguments",
           "leave FLUX_PARAM_REST to one of them");
  if (std::ranges::count_if(params, &Param::named) > 1)
    refuse(where, "two parameters take the key = value arguments", "leave FLUX_PARAM_NAMED to one of them");
  for (const Param& param : params)
    if (std::ranges::count(params, param.name, &Param::name) > 1)
      refuse(where, fmt::format("two parameters are called '{}'", param.name), "rename one of them");
}

Example example_of(const flux_example& theirs, const std::string& where) {
  constexpr std::size_t kLast = offsetof(flux_example, output) + sizeof(flux_example::output);
  const flux_example example = full_size(theirs, theirs.struct_size, kLast, "flux_example", where);
  return {text_of(example.pipeline), text_of(example.input), text_of(example.output)};
}

// ---- agents

Result result_of(std::uint32_t result, const std::string& where) {
  switch (result) {
    case FLUX_REPLACE:
      return Result::replace;
    case FLUX_SELECT:
      return Result::select;
    case FLUX_EXTEND:
      return Result::extend;
  }
  refuse(where, fmt::format("unknown result kind {}", result),
         "set .result to FLUX_REPLACE, FLUX_SELECT or FLUX_EXTEND");
}

void check_functions(const flux_agent& agent, const std::string& where) {
  const auto require = [&](bool there, std::string_view name) {
    if (!there)
      refuse(where, fmt::format("it has no {}()", name), "every agent has create(), destroy() and process()");
  };
  require(agent.create != nullptr, "create");
  require(agent.destroy != nullptr, "destroy");
  require(agent.process != nullptr, "process");
}

Agent agent_of(const flux_agent& theirs, const Plugin& plugin, const std::string& nth) {
  constexpr std::size_t kLast = offsetof(flux_agent, restore) + sizeof(flux_agent::restore);
  const flux_agent full = full_size(theirs, theirs.struct_size, kLast, "flux_agent", nth);

  Agent agent;
  agent.name = identifier_of(full.name, nth);
  const std::string where = fmt::format("plugin '{}': agent '{}'", plugin.file, agent.name);
  agent.version = text_of(full.version);
  agent.summary = text_of(full.summary);
  agent.plugin = plugin.name;
  agent.file = plugin.file;
  agent.abi_minor = plugin.abi_minor;
  agent.flags = full.flags;
  agent.raw = &theirs;
  agent.functions = full;
  check_functions(full, where);
  agent.result = result_of(full.result, where);
  Ports ports = ports_of(full.input, full.output, agent.result, where);
  agent.input = std::move(ports.input);
  agent.output = std::move(ports.output);
  for (const flux_param* param : array_of(full.params, full.param_count, "parameter", where))
    agent.params.push_back(param_of(*param, agent.params.size() + 1, where));
  check_together(agent.params, where);
  for (const flux_example* one : array_of(full.examples, full.example_count, "example", where))
    agent.examples.push_back(
        example_of(*one, fmt::format("{}: example {}", where, agent.examples.size() + 1)));
  return agent;
}

}  // namespace

std::string_view name_of(flux_kind kind) {
  switch (kind) {
    case FLUX_INT64:
      return "int";
    case FLUX_DOUBLE:
      return "float";
    case FLUX_BOOL:
      return "bool";
    case FLUX_STRING:
      return "string";
    case FLUX_JSON:
      return "json";
    case FLUX_PATH:
      return "path";
    case FLUX_EXPR:
      return "expression";
  }
  return "?";
}

Plugin read_plugin(const flux_plugin* plugin, const std::string& file) {
  Plugin read;
  read.file = printable(file, 1024);
  const std::string where = fmt::format("plugin '{}'", read.file);
  const flux_plugin full = full_size(*plugin, plugin->struct_size, 0, "flux_plugin", where);
  read.name = identifier_of(full.name, where);
  read.version = text_of(full.version);
  read.license = text_of(full.license);
  read.abi_minor = full.abi_minor;
  for (const flux_agent* theirs : array_of(full.agents, full.agent_count, "agent", where)) {
    Agent agent = agent_of(*theirs, read, fmt::format("{}: agent {}", where, read.agents.size() + 1));
    if (std::ranges::find(read.agents, agent.name, &Agent::name) != read.agents.end())
      refuse(where, fmt::format("two agents are called '{}'", agent.name), "rename one of them");
    read.agents.push_back(std::move(agent));
  }
  return read;
}

Type type_of(const flux_type* theirs, const std::string& whose) {
  if (theirs == nullptr) return {};
  constexpr std::size_t kLast = offsetof(flux_type, name) + sizeof(flux_type::name);
  const flux_type full = full_size(*theirs, theirs->struct_size, kLast, "flux_type", whose);
  Type type{text_of(full.name), {}};
  for (const flux_field* field : array_of(full.fields, full.field_count, "field", whose))
    type.fields.push_back(field_of(*field, fmt::format("{}: field {}", whose, type.fields.size() + 1)));
  const auto is_bare = [](const Field& field) { return field.path.empty(); };
  if (type.fields.size() > 1 && std::ranges::any_of(type.fields, is_bare))
    refuse(whose, "a field without a path among others",
           "a field without a path is the event itself and stands alone; give the others' members a path");
  return type;
}

Ports ports_of(const flux_type* input, const flux_type* output, Result result, const std::string& whose) {
  if (result == Result::select && output != nullptr)
    refuse(whose, "it selects, but has an output type",
           "set .output = NULL: a select gives the event itself");
  Ports ports{type_of(input, whose + ": its input"), type_of(output, whose + ": its output"), false};
  if (result == Result::extend && ports.output.is_bare())
    refuse(whose, "it extends the event, but its output has a field without a path",
           "give the field the path of the member to set");
  return ports;
}

}  // namespace flux::plugin
