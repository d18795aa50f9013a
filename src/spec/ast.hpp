// What a pipeline spec says, before anybody knows which agents there are: names,
// arguments as raw text, settings. Every part keeps its place in the text, so that
// whoever finds it wrong later can show a caret below it.
//
// Plain values; thread safety as for any value. Invariant, for what parse() gives:
// every span lies within Pipeline::text, and Argument::text is what its span covers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/type.hpp"

namespace flux::spec {

// One argument of an agent. What its text means depends on the kind that the
// agent's parameter declares: see spec/value.hpp.
struct Argument {
  // Written in a spec, or rendered from "params" of a config file, where paths and
  // expressions stand inside JSON strings.
  enum class From { spec, config };

  std::optional<Path> key;  // set(a.b = 1): a.b
  Span key_span;
  std::string text;  // as written, without the white space around it
  Span span;
  From from = From::spec;
  bool operator==(const Argument&) const = default;
};

struct AgentCall {
  std::string name;  // "head", or "std.head"
  Span name_span;
  std::vector<Argument> arguments;
  Span span;  // name and arguments
  bool operator==(const AgentCall&) const = default;
};

// One `key=value` of a flux's settings, or of a config file's "config".
struct Setting {
  std::string key;
  Span key_span;
  std::string value;  // as written; of a quoted string its content
  Span value_span;
  bool operator==(const Setting&) const = default;
};

// Agents joined by '>>', and the settings of the flux that they form.
struct FluxSpec {
  std::vector<AgentCall> agents;  // at least one
  std::vector<Setting> settings;  // no key twice
  Span span;
  bool operator==(const FluxSpec&) const = default;
};

// Fluxes joined by '|'.
struct Pipeline {
  std::string text;
  std::vector<FluxSpec> fluxes;  // at least one

  // The place of a span, for an Error.
  Excerpt excerpt(Span span) const;
  bool operator==(const Pipeline&) const = default;
};

// The place of a span in any text. Tabs are shown as spaces: a caret below a
// character that is printed wider than it is would stand in the wrong column.
Excerpt excerpt_of(std::string_view text, Span span);

}  // namespace flux::spec
