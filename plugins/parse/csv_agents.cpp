// Agents for lines of comma-separated values.
#include <array>
#include <flux/agent.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "columns.hpp"
#include "csv.hpp"
#include "expand.hpp"
#include "misfit.hpp"
#include "on_text.hpp"

namespace {

char separator_of(const std::string& separator) {
  const bool is_ascii = separator.size() == 1 && static_cast<unsigned char>(separator[0]) < 0x80;
  if (is_ascii && separator != "\"") return separator[0];
  throw std::invalid_argument("separator must be one ASCII character and no quote, found '" + separator +
                              "'");
}

class CsvColumns {
 public:
  CsvColumns(std::vector<std::string> names, const std::string& separator)
      : names_(std::move(names)), splitter_(separator_of(separator)) {
    if (names_.empty()) throw std::invalid_argument("columns must name at least one column");
  }

  const std::vector<std::string>& names() const { return names_; }
  std::optional<std::string> read(std::string_view line, Fields& fields) {
    if (const auto misfit = splitter_.split(line, fields)) return describe(*misfit, line);
    if (fields.size() == names_.size()) return {};
    return "expected " + counted(names_.size()) + ", found " + counted(fields.size());
  }

 private:
  static std::string counted(std::size_t fields) {
    return std::to_string(fields) + (fields == 1 ? " field" : " fields");
  }

  std::vector<std::string> names_;
  CsvSplitter splitter_;
};

constexpr const char* kColumnsSummary = "What the fields are called, in order";
constexpr const char* kSeparatorSummary = "What stands between two fields: one character";

struct ParseCsv : ParseColumns<CsvColumns> {
  struct Config {
    std::vector<std::string> columns;
    std::optional<flux::Member> path;
    std::string separator = ",";
    bool typed = false;
  };
  static constexpr auto params =
      std::tuple{flux::param("columns", &Config::columns, kColumnsSummary).required(),
                 flux::param("path", &Config::path, kPathSummary),
                 flux::param("separator", &Config::separator, kSeparatorSummary),
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
      : ParseColumns(std::move(config.path), CsvColumns(std::move(config.columns), config.separator),
                     config.typed) {}
};
FLUX_AGENT(ParseCsv, "parse_csv", "Parses lines of comma-separated values (RFC 4180)", FLUX_PURE);

struct ExpandCsv : Expand<ColumnSource<CsvColumns>> {
  struct Config {
    flux::Member path;
    std::vector<std::string> columns;
    std::optional<flux::Member> into;
    std::string separator = ",";
    bool typed = false;
  };
  static constexpr auto params =
      std::tuple{flux::param("path", &Config::path, kExpandPathSummary).required(),
                 flux::param("columns", &Config::columns, kColumnsSummary).required(),
                 flux::param("into", &Config::into, kIntoSummary),
                 flux::param("separator", &Config::separator, kSeparatorSummary),
                 flux::param("typed", &Config::typed, kTypedSummary)};
  static constexpr auto examples =
      std::array{flux::example("expand_csv(at, columns=[x, y], typed=true)", "{\"id\":7,\"at\":\"1.5,2\"}\n",
                               "{\"id\":7,\"at\":{\"x\":1.5,\"y\":2}}\n")};

  explicit ExpandCsv(Config config)
      : Expand(std::move(config.path), std::move(config.into),
               ColumnSource(CsvColumns(std::move(config.columns), config.separator), config.typed)) {}
};
FLUX_AGENT(ExpandCsv, "expand_csv", "Parses a member as parse_csv does, and keeps the event", FLUX_PURE);

}  // namespace
