// JSON within JSON: logs whose messages are events of their own.
#include <array>
#include <flux/agent.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "expand.hpp"
#include "on_text.hpp"

namespace {

// flux checks what comes out, as it does with all JSON text.
class ParseJson : public OnText {
 public:
  struct Config {
    std::optional<flux::Member> path;
  };
  static constexpr auto params = std::tuple{flux::param("path", &Config::path, kPathSummary)};
  static constexpr auto examples = std::array{flux::example("parse_json",
                                                            R"("{\"a\": 1.10}")"
                                                            "\n",
                                                            "{\"a\":1.10}\n"),
                                              flux::example("parse_json(log)",
                                                            R"({"log": "[1, 2]", "stream": "stdout"})"
                                                            "\n",
                                                            "[1,2]\n")};

  explicit ParseJson(Config config) : OnText(std::move(config.path)) {}
  flux::Json invoke(std::string_view text) const { return {text}; }
};
FLUX_AGENT(ParseJson, "parse_json", "Parses text as JSON", FLUX_PURE | FLUX_CONCURRENT);

struct JsonSource {
  static std::optional<std::string> write(std::string_view text, flux::JsonWriter& to) {
    to.value(flux::Json{text});
    return {};
  }
};

struct ExpandJson : Expand<JsonSource> {
  struct Config {
    flux::Member path;
    std::optional<flux::Member> into;
  };
  static constexpr auto params = std::tuple{flux::param("path", &Config::path, kExpandPathSummary).required(),
                                            flux::param("into", &Config::into, kIntoSummary)};
  static constexpr auto examples =
      std::array{flux::example("expand_json(log)",
                               R"({"log": "{\"level\": \"info\"}", "stream": "stdout"})"
                               "\n",
                               "{\"log\": {\"level\":\"info\"}, \"stream\": \"stdout\"}\n")};

  explicit ExpandJson(Config config) : Expand(std::move(config.path), std::move(config.into), {}) {}
};
FLUX_AGENT(ExpandJson, "expand_json", "Parses a member as parse_json does, and keeps the event", FLUX_PURE);

}  // namespace
