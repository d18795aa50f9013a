// The "pipeline" of a config file: a spec in a string, or a list of fluxes,
//   [{"agent": "double", "params": {}, "config": {"buffer_size": 50}},
//    {"agent": ["head(3)", {"agent": "set", "params": {"a.b": 1}}]}]
// Both give the same tree. The list is rendered as a spec, which is then parsed: so
// there is one reader of specs, and every part of the list has a place to show.
//
// Thread safety: a function without state.
#pragma once

#include "spec/ast.hpp"
#include "spec/config_reader.hpp"

namespace flux::spec {

// Throws Error with file, line and column.
Pipeline read_pipeline(const ConfigReader& reader, const JsonNode& node);

}  // namespace flux::spec
