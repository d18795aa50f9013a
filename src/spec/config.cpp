#include "spec/config.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "spec/config_pipeline.hpp"
#include "spec/config_reader.hpp"
#include "spec/json_tree.hpp"

namespace flux::spec {

namespace {

using Kind = JsonNode::Kind;

std::string directory_of(const std::string& file_name) {
  const std::string directory = std::filesystem::path(file_name).parent_path().string();
  return directory.empty() ? "." : directory;
}

// Fills in the parts of a Config from the members of the file's object.
class ConfigBuilder {
 public:
  ConfigBuilder(const ConfigReader& reader, Config& config) : reader_(reader), config_(config) {}

  void build(const JsonNode& root) {
    // "$schema" is for editors.
    reader_.require_keys(root, printable(config_.file),
                         {"plugins", "source", "pipeline", "config", "sink", "$schema"});
    if (const JsonNode* plugins = root.member("plugins")) config_.plugins = paths(*plugins, "plugins");
    if (const JsonNode* source = root.member("source")) config_.source_files = files_of(*source);
    if (const JsonNode* defaults = root.member("config")) config_.defaults = reader_.settings(*defaults);
    if (const JsonNode* sink = root.member("sink")) config_.sink_file = file_of(*sink);
    const JsonNode* pipeline = root.member("pipeline");
    if (pipeline == nullptr)
      throw reader_.error({root.span.begin, root.span.begin + 1}, "missing 'pipeline'",
                          "add \"pipeline\": \"agent | agent\"");
    config_.pipeline_begin = pipeline->span.begin;
    config_.pipeline = read_pipeline(reader_, *pipeline);
  }

 private:
  std::vector<std::string> files_of(const JsonNode& source) const {
    reader_.require_keys(source, "source", {"files"});
    const JsonNode* files = source.member("files");
    return files == nullptr ? std::vector<std::string>{} : paths(*files, "files");
  }

  std::optional<std::string> file_of(const JsonNode& sink) const {
    reader_.require_keys(sink, "sink", {"file"});
    const JsonNode* file = sink.member("file");
    if (file == nullptr) return {};
    return path(*file, "file", "a string");
  }

  std::vector<std::string> paths(const JsonNode& list, std::string_view whose) const {
    constexpr std::string_view kWanted = "a list of strings";
    reader_.require(list, Kind::list, whose, kWanted);
    std::vector<std::string> paths;
    for (const JsonNode& item : list.items) paths.push_back(path(item, whose, kWanted));
    return paths;
  }

  std::string path(const JsonNode& node, std::string_view whose, std::string_view wanted) const {
    reader_.require(node, Kind::string, whose, wanted);
    const std::string path = reader_.string(node);
    if (path.empty())
      throw reader_.error(node.span, fmt::format("'{}' holds an empty file name", whose), "name a file");
    if (path == "-") return path;  // stdin or stdout, as on the command line
    return (std::filesystem::path(config_.directory) / path).string();
  }

  const ConfigReader& reader_;
  Config& config_;
};

Config read_config(const TextFile& file, const Environment& environment) {
  Config config;
  config.file = file.name;
  config.text = file.text;
  config.directory = directory_of(file.name);
  const ConfigReader reader(file, environment);
  ConfigBuilder(reader, config).build(read_json(file));
  return config;
}

}  // namespace

Error Config::error(Span span, const std::string& message, std::string hint) const {
  return TextFile{file, text}.error(span, message, std::move(hint));
}

std::string Config::pipeline_place() const { return TextFile{file, text}.place(pipeline_begin); }

Config parse_config(std::string_view json, const std::string& file_name, const Environment& environment) {
  return read_config({file_name, std::string(json)}, environment);
}

Config load_config(const std::string& path, const Environment& environment) {
  return read_config(read_text_file(path), environment);
}

}  // namespace flux::spec
