// Agents for texts of any form, which a regular expression describes. RE2 matches in
// linear time, whatever the pattern.
#include <re2/re2.h>

#include <array>
#include <cstddef>
#include <flux/agent.hpp>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "columns.hpp"
#include "expand.hpp"
#include "on_text.hpp"

namespace {

std::unique_ptr<const RE2> compiled(const std::string& pattern) {
  RE2::Options options;
  options.set_log_errors(false);
  auto regex = std::make_unique<const RE2>(pattern, options);
  if (regex->ok()) return regex;
  throw std::invalid_argument("the pattern is no regular expression of RE2: " + regex->error());
}

// The named groups, in the order in which they stand in the pattern.
class RegexColumns {
 public:
  explicit RegexColumns(const std::string& pattern) : regex_(compiled(pattern)) {
    for (const auto& [group, name] : regex_->CapturingGroupNames()) {
      groups_.push_back(static_cast<std::size_t>(group));
      names_.push_back(name);
    }
    if (names_.empty()) {
      throw std::invalid_argument(
          "the pattern has no named group: write (?P<name>...) around what is wanted");
    }
    found_.resize(groups_.back() + 1);
  }

  const std::vector<std::string>& names() const { return names_; }
  std::optional<std::string> read(std::string_view text, Fields& fields) {
    const re2::StringPiece line(text.data(), text.size());
    if (!regex_->Match(line, 0, line.size(), RE2::UNANCHORED, found_.data(),
                       static_cast<int>(found_.size()))) {
      return "the pattern is not found in the text";
    }
    fields.clear();
    for (const std::size_t group : groups_) {
      const re2::StringPiece found = found_[group];
      const bool took_part = found.data() != nullptr;
      fields.push_back(took_part ? std::optional(std::string_view(found.data(), found.size()))
                                 : std::nullopt);
    }
    return {};
  }

 private:
  std::unique_ptr<const RE2> regex_;
  std::vector<std::size_t> groups_;  // of each column
  std::vector<std::string> names_;
  std::vector<re2::StringPiece> found_;
};

constexpr const char* kPatternSummary =
    "A regular expression (RE2) with named groups, (?P<name>...), looked for anywhere in the text";

struct ParseRegex : ParseColumns<RegexColumns> {
  struct Config {
    std::string pattern;
    std::optional<flux::Member> path;
    bool typed = false;
  };
  static constexpr auto params = std::tuple{
      flux::param("pattern", &Config::pattern, kPatternSummary).required(),
      flux::param("path", &Config::path, kPathSummary), flux::param("typed", &Config::typed, kTypedSummary)};
  static constexpr auto examples = std::array{
      flux::example(R"-(parse_regex("^(?P<verb>[A-Z]+) (?P<what>\\S+)( in (?P<ms>\\d+) ms)?", typed=true))-",
                    "\"GET /a in 12 ms\"\n\"GET /b\"\n",
                    "{\"verb\":\"GET\",\"what\":\"/a\",\"ms\":12}\n{\"verb\":\"GET\",\"what\":\"/b\"}\n"),
      flux::example(R"-(parse_regex("user=(?P<user>\\w+)", msg))-", "{\"msg\":\"login user=ann ok\"}\n",
                    "{\"user\":\"ann\"}\n")};

  explicit ParseRegex(Config config)
      : ParseColumns(std::move(config.path), RegexColumns(config.pattern), config.typed) {}
};
FLUX_AGENT(ParseRegex, "parse_regex", "Takes the named groups of a regular expression out of a text",
           FLUX_PURE);

struct ExpandRegex : Expand<ColumnSource<RegexColumns>> {
  struct Config {
    flux::Member path;
    std::string pattern;
    std::optional<flux::Member> into;
    bool typed = false;
  };
  static constexpr auto params = std::tuple{
      flux::param("path", &Config::path, kExpandPathSummary).required(),
      flux::param("pattern", &Config::pattern, kPatternSummary).required(),
      flux::param("into", &Config::into, kIntoSummary), flux::param("typed", &Config::typed, kTypedSummary)};
  static constexpr auto examples = std::array{flux::example(
      R"-(expand_regex(msg, "user=(?P<user>\\w+)", into=login))-", "{\"ts\":1,\"msg\":\"hi user=ann\"}\n",
      "{\"ts\":1,\"msg\":\"hi user=ann\",\"login\":{\"user\":\"ann\"}}\n")};

  explicit ExpandRegex(Config config)
      : Expand(std::move(config.path), std::move(config.into),
               ColumnSource(RegexColumns(config.pattern), config.typed)) {}
};
FLUX_AGENT(ExpandRegex, "expand_regex", "Parses a member as parse_regex does, and keeps the event",
           FLUX_PURE);

}  // namespace
