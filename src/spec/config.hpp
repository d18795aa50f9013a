// Reads a config file: which pipeline to run, with which plugins, on which files.
//
//   {"plugins": ["build/plugins/libmine.so"],
//    "source": {"files": ["events.ndjson"]},
//    "pipeline": "double | addone",
//    "config": {"entropy_budget": 10.0, "entropy_decay": 0.1},
//    "sink": {"file": "results.ndjson"}}
//
// Only "pipeline" must be there. Strings may hold ${NAME} and ${NAME:-default};
// relative paths are relative to the file's directory, "-" is stdin or stdout. An unknown key, a key given
// twice or a value of the wrong kind is an Error with file, line and column.
// What the keys of "config" mean is not judged here.
//
// Thread safety: functions without state, apart from the Environment given.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spec/ast.hpp"
#include "spec/environment.hpp"
#include "spec/text_file.hpp"

namespace flux::spec {

struct Config {
  std::string file;       // as it was named
  std::string directory;  // its directory; "." if it was named without one
  std::vector<std::string> plugins;
  std::vector<std::string> source_files;
  Pipeline pipeline;
  std::size_t pipeline_begin = 0;  // where in the config file it stands
  std::vector<Setting> defaults;   // "config"; its spans are places in the config file
  std::optional<std::string> sink_file;
  std::string text;  // the config file itself

  // For who finds one of `defaults` wrong: file, line and column, with a caret below.
  Error error(Span span, const std::string& message, std::string hint) const;
  // For who finds the pipeline wrong: "pipeline.json:3:15".
  std::string pipeline_place() const;
};

// `file_name` is for messages and relative paths: nothing is opened.
Config parse_config(std::string_view json, const std::string& file_name, const Environment& environment);

Config load_config(const std::string& path, const Environment& environment);

}  // namespace flux::spec
