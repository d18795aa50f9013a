// Agents for the line formats whose members are known: what comes behind them gets
// typed columns.
#include <array>
#include <flux/agent.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "clf.hpp"
#include "expand.hpp"
#include "misfit.hpp"
#include "on_text.hpp"
#include "syslog.hpp"

namespace {

// The parser writes into memory of its own: one instance per worker, not one for all.
template <class Parser, class Record>
class ParseRecord : public OnText {
 public:
  struct Config {
    std::optional<flux::Member> path;
  };
  static constexpr auto params = std::tuple{flux::param("path", &Config::path, kPathSummary)};

  explicit ParseRecord(Config config) : OnText(std::move(config.path)) {}

  flux::Result<Record> invoke(std::string_view text) const {
    const std::string_view line = without_newline(text);
    Record record;
    if (const auto misfit = parser_.parse(line, record)) return flux::Refused(::describe(*misfit, line));
    return record;
  }

 private:
  mutable Parser parser_;
};

template <class Parser, class Record>
class RecordSource {
 public:
  std::optional<std::string> write(std::string_view line, flux::JsonWriter& to) {
    Record record;
    if (const auto misfit = parser_.parse(line, record)) return describe(*misfit, line);
    to.value(record);
    return {};
  }

 private:
  Parser parser_;
};

template <class Parser, class Record>
struct ExpandRecord : Expand<RecordSource<Parser, Record>> {
  struct Config {
    flux::Member path;
    std::optional<flux::Member> into;
  };
  static constexpr auto params = std::tuple{flux::param("path", &Config::path, kExpandPathSummary).required(),
                                            flux::param("into", &Config::into, kIntoSummary)};

  explicit ExpandRecord(Config config)
      : Expand<RecordSource<Parser, Record>>(std::move(config.path), std::move(config.into), {}) {}
};

struct ParseClf : ParseRecord<ClfParser, Access> {
  using ParseRecord::ParseRecord;
  static constexpr auto examples = std::array{
      flux::example("parse_clf",
                    R"("192.0.2.7 - ann [25/Nov/2026:03:32:59 +0100] \"GET /a HTTP/1.1\" 200 512")"
                    "\n",
                    R"({"host":"192.0.2.7","user":"ann","time":"2026-11-25T03:32:59+01:00","method":"GET",)"
                    R"("path":"/a","protocol":"HTTP/1.1","status":200,"size":512})"
                    "\n"),
      flux::example("parse_clf(log)",
                    R"({"log":"::1 - - [25/Nov/2026:03:32:59 +0000] \"\" 400 0 \"-\" \"curl/8.5\""})"
                    "\n",
                    R"({"host":"::1","time":"2026-11-25T03:32:59+00:00","request":"","status":400,"size":0,)"
                    R"("user_agent":"curl/8.5"})"
                    "\n")};
};
FLUX_AGENT(ParseClf, "parse_clf", "Parses lines of access logs (Common and Combined Log Format)", FLUX_PURE);

struct ExpandClf : ExpandRecord<ClfParser, Access> {
  using ExpandRecord::ExpandRecord;
  static constexpr auto examples = std::array{
      flux::example("expand_clf(log, into=http)",
                    R"({"pod":"web1", "log":"::1 - - [25/Nov/2026:03:32:59 +0000] \"GET / HTTP/1.1\" 200 5"})"
                    "\n",
                    R"({"pod":"web1", "log":"::1 - - [25/Nov/2026:03:32:59 +0000] \"GET / HTTP/1.1\" 200 5",)"
                    R"("http":{"host":"::1","time":"2026-11-25T03:32:59+00:00","method":"GET","path":"/",)"
                    R"("protocol":"HTTP/1.1","status":200,"size":5}})"
                    "\n")};
};
FLUX_AGENT(ExpandClf, "expand_clf", "Parses a member as parse_clf does, and keeps the event", FLUX_PURE);

struct ParseSyslog : ParseRecord<SyslogParser, SyslogEntry> {
  using ParseRecord::ParseRecord;
  static constexpr auto examples = std::array{
      flux::example("parse_syslog", "\"<34>Nov 25 03:32:59 web1 sshd[8710]: bad password\"\n",
                    R"({"facility":"auth","facility_code":4,"severity":"crit","severity_code":2,)"
                    R"("timestamp":"Nov 25 03:32:59","hostname":"web1","appname":"sshd","procid":"8710",)"
                    R"("message":"bad password"})"
                    "\n"),
      flux::example("parse_syslog",
                    R"("<165>1 2026-11-25T03:32:59.003Z web1 app - ID47 [ex@1 k=\"v\"] it works")"
                    "\n",
                    R"({"facility":"local4","facility_code":20,"severity":"notice","severity_code":5,)"
                    R"("version":1,"timestamp":"2026-11-25T03:32:59.003Z","hostname":"web1","appname":"app",)"
                    R"("msgid":"ID47","structured_data":{"ex@1":{"k":"v"}},"message":"it works"})"
                    "\n")};
};
FLUX_AGENT(ParseSyslog, "parse_syslog", "Parses lines of syslog (RFC 5424 and RFC 3164)", FLUX_PURE);

struct ExpandSyslog : ExpandRecord<SyslogParser, SyslogEntry> {
  using ExpandRecord::ExpandRecord;
  static constexpr auto examples = std::array{
      flux::example("expand_syslog(raw)", "{\"raw\":\"Nov 25 03:32:59 web1 cron: done\", \"from\":\"::1\"}\n",
                    R"({"raw":{"timestamp":"Nov 25 03:32:59","hostname":"web1","appname":"cron",)"
                    R"("message":"done"}, "from":"::1"})"
                    "\n")};
};
FLUX_AGENT(ExpandSyslog, "expand_syslog", "Parses a member as parse_syslog does, and keeps the event",
           FLUX_PURE);

}  // namespace
