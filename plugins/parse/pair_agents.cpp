// Agents for lines of key and value pairs.
#include <array>
#include <flux/agent.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "misfit.hpp"
#include "on_text.hpp"
#include "pairs.hpp"

namespace {

// The object is put together in memory of the instance: one per worker, not one for all.
template <class Parser>
class ParsePairs : public OnText {
 public:
  ParsePairs(std::optional<flux::Member> path, Parser parser)
      : OnText(std::move(path)), parser_(std::move(parser)) {}

  flux::Result<flux::Json> invoke(std::string_view line) const {
    object_.clear();
    if (const auto misfit = parser_.parse(line, object_)) return flux::Refused(::describe(*misfit, line));
    return flux::Json{object_.text()};
  }

 private:
  mutable Parser parser_;
  mutable flux::JsonWriter object_;
};

struct ParseLogfmt : ParsePairs<LogfmtParser> {
  struct Config {
    std::optional<flux::Member> path;
    bool typed = false;
  };
  static constexpr auto params = std::tuple{flux::param("path", &Config::path, kPathSummary),
                                            flux::param("typed", &Config::typed, kTypedSummary)};
  static constexpr auto examples =
      std::array{flux::example("parse_logfmt",
                               R"("level=info msg=\"it works\" took=12 debug")"
                               "\n",
                               R"({"level":"info","msg":"it works","took":"12","debug":true})"
                               "\n"),
                 flux::example("parse_logfmt(log, typed=true)",
                               R"({"log":"took=12 ok=true id=007 n=\"1\""})"
                               "\n",
                               R"({"took":12,"ok":true,"id":"007","n":"1"})"
                               "\n")};

  explicit ParseLogfmt(Config config) : ParsePairs(std::move(config.path), LogfmtParser(config.typed)) {}
};
FLUX_AGENT(ParseLogfmt, "parse_logfmt", "Parses lines of logfmt: key=value key=\"a value\" key", FLUX_PURE);

struct ParseKv : ParsePairs<KvParser> {
  struct Config {
    std::optional<flux::Member> path;
    std::string pairs = " ";
    std::string equals = "=";
    bool typed = false;
  };
  static constexpr auto params =
      std::tuple{flux::param("path", &Config::path, kPathSummary),
                 flux::param("pairs", &Config::pairs, "What stands between two pairs"),
                 flux::param("equals", &Config::equals, "What stands between a key and its value"),
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

}  // namespace
