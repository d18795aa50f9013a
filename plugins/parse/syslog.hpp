// Lines of syslog, in the form of RFC 5424 or the older one that RFC 3164 describes,
// each with or without the <PRI> at the start, which files do not have:
//
//   <165>1 2026-11-25T03:32:59.003Z host app 8710 ID47 [id name="value"] message
//   <34>Nov 25 03:32:59 host app[8710]: message
//   2026-11-25T03:32:59.003+01:00 host app[8710]: message
//
// Thread safety: none; one parser per thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <flux/json_writer.hpp>
#include <flux/record.hpp>
#include <flux/value.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "misfit.hpp"

// A "-" in a header of RFC 5424 is nothing here.
struct SyslogEntry {
  std::optional<std::string_view> facility;  // "daemon"; nothing without a <PRI>
  std::optional<std::int64_t> facility_code;
  std::optional<std::string_view> severity;  // "err"
  std::optional<std::int64_t> severity_code;
  std::optional<std::int64_t> version;        // of RFC 5424
  std::optional<std::string_view> timestamp;  // as it stands: that of RFC 3164 has no year
  std::optional<std::string_view> hostname;
  std::optional<std::string_view> appname;
  std::optional<std::string_view> procid;
  std::optional<std::string_view> msgid;
  std::optional<flux::Json> structured_data;  // {"id": {"name": "value"}}
  std::string_view message;
};
FLUX_RECORD(SyslogEntry, facility, facility_code, severity, severity_code, version, timestamp, hostname,
            appname, procid, msgid, structured_data, message)

class SyslogParser {
 public:
  // The views of `entry` are into the line or this parser, until the next call.
  std::optional<Misfit> parse(std::string_view line, SyslogEntry& entry);

 private:
  std::optional<Misfit> parse_pri();
  std::optional<Misfit> parse_5424();
  std::optional<Misfit> parse_3164();
  std::optional<Misfit> parse_structured_data();
  std::optional<Misfit> parse_element();
  std::optional<Misfit> parse_parameter();
  void parse_tag();

  bool is_at(char c) const { return at_ < line_.size() && line_[at_] == c; }
  std::string_view rest() const { return line_.substr(at_); }
  std::string_view token() const { return rest().substr(0, rest().find(' ')); }

  std::string_view line_;
  std::size_t at_ = 0;
  SyslogEntry* entry_ = nullptr;
  flux::JsonWriter structured_data_;
  std::string unescaped_;
};
