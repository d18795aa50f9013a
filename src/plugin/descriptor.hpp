// What a plugin says of itself, checked and copied into structs of the host. From
// here on nobody thinks about versions of the ABI, sizes of structs or NULL.
//
// Every ABI struct is first copied into a zeroed one of full size, so that members
// which an older plugin does not have read as zero. Plain values; thread safety as
// for any value. They point into the plugin (`raw`, `functions`, defaults), which
// is never unloaded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "abi/flux_plugin.h"
#include "core/type.hpp"

namespace flux::plugin {

// "int", "float", "bool", "string", "json", "path", "expression".
std::string_view name_of(flux_kind kind);

struct Param {
  // Whether its value is a list, by whichever of the three flags.
  bool is_many() const { return list || rest || named; }

  std::string name;
  std::string summary;
  flux_kind kind;       // of the value, or of the items of a list
  flux_kind expr_kind;  // of FLUX_EXPR: the kind of its values; else 0
  bool required = false;
  bool list = false;   // [a, b], or one value alone
  bool rest = false;   // takes all positional arguments from here on
  bool named = false;  // takes all key = value arguments that name no other parameter
  std::optional<flux_value> default_value;
};

// A pipeline with lines in and lines out, for people and for tests.
struct Example {
  std::string pipeline;
  std::string input;
  std::string output;
};

// What an agent does with its event: gives a new value instead, lets it go on or
// not, or sets some of its members.
enum class Result { replace, select, extend };

struct Agent {
  // "plugin.agent": what a pipeline says where the bare name is ambiguous.
  std::string qualified_name() const { return plugin + "." + name; }

  // REQUIRES: `flag` is one of the agent flags, FLUX_MAP and so on.
  bool is(std::uint32_t flag) const { return (flags & flag) != 0; }

  std::string name;
  std::string version;
  std::string summary;
  std::string plugin;
  std::string file;
  std::uint32_t abi_minor = 0;
  Type input;
  Type output;  // of a select: nothing, for it gives the event itself
  Result result = Result::replace;
  std::uint32_t flags = 0;
  std::vector<Param> params;
  std::vector<Example> examples;
  const flux_agent* raw = nullptr;  // the plugin's own struct: what create() is handed
  flux_agent functions{};           // its full-size copy: what flux calls
};

struct Plugin {
  std::string name;
  std::string version;
  std::string license;  // SPDX; empty: not said
  std::string file;
  std::uint32_t abi_minor = 0;
  std::vector<Agent> agents;
};

// Throws Error at the first thing that breaks a rule of flux_plugin.h.
// REQUIRES: check_plugin() of library.hpp had nothing against `plugin`.
Plugin read_plugin(const flux_plugin* plugin, const std::string& file);

// NULL is the type of nothing. `whose` begins the message of an Error:
// "plugin 'x.so': agent 'double': its input".
Type type_of(const flux_type* type, const std::string& whose);

struct Ports {
  Type input;
  Type output;
  bool in_order = false;  // wants to be the only instance, and to see events in their order
};

// The types that an agent, or one instance of it, states; refuses an output that
// does not go with the kind of result.
Ports ports_of(const flux_type* input, const flux_type* output, Result result, const std::string& whose);

}  // namespace flux::plugin
