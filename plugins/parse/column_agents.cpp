// Agents whose parameters say which members their results have.
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <flux/agent.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "csv.hpp"
#include "guess.hpp"
#include "misfit.hpp"
#include "on_text.hpp"

namespace {

// The members of the results, in order: strings, or if `typed` any scalar.
class Columns {
 public:
  Columns(std::vector<std::string> names, bool typed) : names_(std::move(names)), typed_(typed) {
    for (auto name = names_.begin(); name != names_.end(); ++name) {
      if (std::find(names_.begin(), name, *name) != name) {
        throw std::invalid_argument("two columns are called '" + *name + "'");
      }
    }
  }

  std::size_t size() const { return names_.size(); }
  const std::vector<std::string>& names() const { return names_; }

  void describe(flux::Ports& ports) const {
    for (const std::string& name : names_) {
      if (typed_) {
        ports.gives<flux::Json>(name);
      } else {
        ports.gives<std::string_view>(name);
      }
    }
  }
  void set(flux::Row& row, std::size_t column, std::string_view text) const {
    if (!typed_) return row.set(column, text);
    if (is_json_word(text)) return row.set(column, flux::Json{text});
    string_.clear();
    string_.value(text);
    row.set(column, flux::Json{string_.text()});
  }

 private:
  std::vector<std::string> names_;
  bool typed_;
  mutable flux::JsonWriter string_;
};

char separator_of(const std::string& separator) {
  if (separator.size() == 1 && separator != "\"") return separator[0];
  throw std::invalid_argument("separator must be one ASCII character and no quote, found '" + separator +
                              "'");
}

class ParseCsv : public OnText {
 public:
  struct Config {
    std::vector<std::string> columns;
    std::optional<flux::Member> path;
    std::string separator = ",";
    bool typed = false;
  };
  static constexpr auto params = std::tuple{
      flux::param("columns", &Config::columns, "What the fields are called, in order").required(),
      flux::param("path", &Config::path, kPathSummary),
      flux::param("separator", &Config::separator, "What stands between two fields: one character"),
      flux::param("typed", &Config::typed, kTypedSummary)};
  static constexpr auto examples =
      std::array{flux::example("parse_csv(columns=[id, name])",
                               R"("7,\"Ann, the \"\"boss\"\"\"")"
                               "\n",
                               R"({"id":"7","name":"Ann, the \"boss\""})"
                               "\n"),
                 flux::example("parse_csv(columns=[id, note], path=row, separator=\"\\t\", typed=true)",
                               "{\"row\":\"7\\tx\"}\n", "{\"id\":7,\"note\":\"x\"}\n")};

  explicit ParseCsv(Config config)
      : OnText(std::move(config.path)),
        columns_(std::move(config.columns), config.typed),
        splitter_(separator_of(config.separator)) {
    if (columns_.size() == 0) throw std::invalid_argument("columns must name at least one column");
  }

  void describe(flux::Ports& ports) const {
    OnText::describe(ports);
    columns_.describe(ports);
  }
  void invoke(std::string_view line, flux::Row& row) const {
    if (const auto misfit = splitter_.split(line, fields_)) return row.refuse(::describe(*misfit, line));
    if (fields_.size() != columns_.size()) {
      return row.refuse("expected " + counted(columns_.size()) + ", found " + counted(fields_.size()));
    }
    for (std::size_t i = 0; i < fields_.size(); ++i) columns_.set(row, i, fields_[i]);
  }

 private:
  static std::string counted(std::size_t fields) {
    return std::to_string(fields) + (fields == 1 ? " field" : " fields");
  }

  Columns columns_;
  // One instance per worker, not one for all.
  mutable CsvSplitter splitter_;
  mutable std::vector<std::string_view> fields_;
};
FLUX_AGENT(ParseCsv, "parse_csv", "Parses lines of comma-separated values (RFC 4180)", FLUX_PURE);

RE2::Options options() {
  RE2::Options options;
  options.set_log_errors(false);
  return options;
}

class ParseRegex : public OnText {
 public:
  struct Config {
    std::string pattern;
    std::optional<flux::Member> path;
    bool typed = false;
  };
  static constexpr auto params = std::tuple{
      flux::param("pattern", &Config::pattern,
                  "A regular expression (RE2) with named groups, (?P<name>...), found anywhere in the text")
          .required(),
      flux::param("path", &Config::path, kPathSummary), flux::param("typed", &Config::typed, kTypedSummary)};
  static constexpr auto examples = std::array{
      flux::example(R"-(parse_regex("^(?P<verb>[A-Z]+) (?P<what>\\S+)( in (?P<ms>\\d+) ms)?", typed=true))-",
                    "\"GET /a in 12 ms\"\n\"GET /b\"\n",
                    "{\"verb\":\"GET\",\"what\":\"/a\",\"ms\":12}\n{\"verb\":\"GET\",\"what\":\"/b\"}\n"),
      flux::example(R"-(parse_regex("user=(?P<user>\\w+)", msg))-", "{\"msg\":\"login user=ann ok\"}\n",
                    "{\"user\":\"ann\"}\n")};

  explicit ParseRegex(Config config)
      : OnText(std::move(config.path)),
        regex_(config.pattern, options()),
        columns_(names_of(regex_), config.typed) {
    for (const auto& [group, name] : regex_.CapturingGroupNames()) groups_.push_back(group);
    found_.resize(static_cast<std::size_t>(groups_.back()) + 1);
  }

  void describe(flux::Ports& ports) const {
    OnText::describe(ports);
    columns_.describe(ports);
  }
  void invoke(std::string_view text, flux::Row& row) const {
    const re2::StringPiece line(text.data(), text.size());
    if (!regex_.Match(line, 0, line.size(), RE2::UNANCHORED, found_.data(),
                      static_cast<int>(found_.size()))) {
      return row.refuse("the pattern is not found in the text");
    }
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      const re2::StringPiece group = found_[static_cast<std::size_t>(groups_[i])];
      if (group.data() != nullptr) columns_.set(row, i, {group.data(), group.size()});
    }
  }

 private:
  // In the order of the groups.
  static std::vector<std::string> names_of(const RE2& regex) {
    if (!regex.ok())
      throw std::invalid_argument("the pattern is no regular expression of RE2: " + regex.error());
    std::vector<std::string> names;
    for (const auto& [group, name] : regex.CapturingGroupNames()) names.push_back(name);
    if (names.empty()) {
      throw std::invalid_argument(
          "the pattern has no named group: write (?P<name>...) around what is wanted");
    }
    return names;
  }

  RE2 regex_;
  Columns columns_;
  std::vector<int> groups_;                      // of each column
  mutable std::vector<re2::StringPiece> found_;  // one instance per worker, not one for all
};
FLUX_AGENT(ParseRegex, "parse_regex", "Takes the named groups of a regular expression out of a text",
           FLUX_PURE);

}  // namespace
