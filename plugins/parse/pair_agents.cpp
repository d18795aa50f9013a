// Agents for lines of key and value pairs.
#include <array>
#include <flux/agent.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "expand.hpp"
#include "misfit.hpp"
#include "on_text.hpp"
#include "pairs.hpp"

namespace {

template <class Parser>
class PairSource {
 public:
  explicit PairSource(Parser parser) : parser_(std::move(parser)) {}
  std::optional<std::string> write(std::string_view line, flux::JsonWriter& to) {
    if (const auto misfit = parser_.parse(line, to)) return describe(*misfit, line);
    return {};
  }

 private:
  Parser parser_;
};

// The object is put together in memory of the instance: one per worker, not one for all.
template <class Parser>
class ParsePairs : public OnText {
 public:
  ParsePairs(std::optional<flux::Member> path, Parser parser)
      : OnText(std::move(path)), source_(std::move(parser)) {}

  flux::Result<flux::Json> invoke(std::string_view text) const {
    object_.clear();
    if (const auto why = source_.write(without_newline(text), object_)) return flux::Refused(*why);
    return flux::Json{object_.text()};
  }

 private:
  mutable PairSource<Parser> source_;
  mutable flux::JsonWriter object_;
};

struct ParseLogfmt : ParsePairs<LogfmtParser> {
  struct Config {
    std::optional<flux::Member> path;
    bool typed = false;
  };
  static constexpr auto params = std::tuple{flux::param("path", &Config::path, kPathSummary),
                                            flux::param("typed", &Config::typed, kTypedSummary)};
  static constexpr auto examples = std::array{
      flux::example("parse_logfmt", "\"level=info msg=\\\"it works\\\" took=12 debug\"\n",
                    "{\"level\":\"info\",\"msg\":\"it works\",\"took\":\"12\",\"debug\":true}\n"),
      flux::example("parse_logfmt(log, typed=true)", "{\"log\":\"took=12 ok=true id=007 n=\\\"1\\\"\"}\n",
                    "{\"took\":12,\"ok\":true,\"id\":\"007\",\"n\":\"1\"}\n")};

  explicit ParseLogfmt(Config config) : ParsePairs(std::move(config.path), LogfmtParser(config.typed)) {}
};
FLUX_AGENT(ParseLogfmt, "parse_logfmt", "Parses lines of logfmt: key=value key=\"a value\" key", FLUX_PURE);

struct ExpandLogfmt : Expand<PairSource<LogfmtParser>> {
  struct Config {
    flux::Member path;
    std::optional<flux::Member> into;
    bool typed = false;
  };
  static constexpr auto params = std::tuple{flux::param("path", &Config::path, kExpandPathSummary).required(),
                                            flux::param("into", &Config::into, kIntoSummary),
                                            flux::param("typed", &Config::typed, kTypedSummary)};
  static constexpr auto examples = std::array{flux::example(
      "expand_logfmt(msg, typed=true)", "{\"ts\": 1.0, \"msg\": \"took=12 path=/a\", \"n\": 1}\n",
      "{\"ts\": 1.0, \"msg\": {\"took\":12,\"path\":\"/a\"}, \"n\": 1}\n")};

  explicit ExpandLogfmt(Config config)
      : Expand(std::move(config.path), std::move(config.into), PairSource(LogfmtParser(config.typed))) {}
};
FLUX_AGENT(ExpandLogfmt, "expand_logfmt", "Parses a member as parse_logfmt does, and keeps the event",
           FLUX_PURE);

constexpr const char* kPairsSummary = "What stands between two pairs";
constexpr const char* kEqualsSummary = "What stands between a key and its value";

struct ParseKv : ParsePairs<KvParser> {
  struct Config {
    std::optional<flux::Member> path;
    std::string pairs = " ";
    std::string equals = "=";
    bool typed = false;
  };
  static constexpr auto params = std::tuple{flux::param("path", &Config::path, kPathSummary),
                                            flux::param("pairs", &Config::pairs, kPairsSummary),
                                            flux::param("equals", &Config::equals, kEqualsSummary),
                                            flux::param("typed", &Config::typed, kTypedSummary)};
  static constexpr auto examples = std::array{
      flux::example("parse_kv(pairs=\",\", equals=\":\")", "\"user: ann, rights: \\\"a, b\\\", admin\"\n",
                    "{\"user\":\"ann\",\"rights\":\"a, b\",\"admin\":true}\n"),
      flux::example("parse_kv(query, pairs=\"&\")", "{\"query\":\"page=2&q=a b\"}\n",
                    "{\"page\":\"2\",\"q\":\"a b\"}\n")};

  explicit ParseKv(Config config)
      : ParsePairs(std::move(config.path),
                   KvParser(std::move(config.pairs), std::move(config.equals), config.typed)) {}
};
FLUX_AGENT(ParseKv, "parse_kv", "Parses lines of key and value pairs with any separators", FLUX_PURE);

struct ExpandKv : Expand<PairSource<KvParser>> {
  struct Config {
    flux::Member path;
    std::optional<flux::Member> into;
    std::string pairs = " ";
    std::string equals = "=";
    bool typed = false;
  };
  static constexpr auto params = std::tuple{flux::param("path", &Config::path, kExpandPathSummary).required(),
                                            flux::param("into", &Config::into, kIntoSummary),
                                            flux::param("pairs", &Config::pairs, kPairsSummary),
                                            flux::param("equals", &Config::equals, kEqualsSummary),
                                            flux::param("typed", &Config::typed, kTypedSummary)};
  static constexpr auto examples = std::array{
      flux::example("expand_kv(labels, pairs=\",\")", "{\"id\":7,\"labels\":\"app=web,tier=front\"}\n",
                    "{\"id\":7,\"labels\":{\"app\":\"web\",\"tier\":\"front\"}}\n")};

  explicit ExpandKv(Config config)
      : Expand(std::move(config.path), std::move(config.into),
               PairSource(KvParser(std::move(config.pairs), std::move(config.equals), config.typed))) {}
};
FLUX_AGENT(ExpandKv, "expand_kv", "Parses a member as parse_kv does, and keeps the event", FLUX_PURE);

}  // namespace
