// Access logs in Common or Combined Log Format, as Apache and nginx write them:
//
//   host ident user [25/Nov/2026:03:32:59 +0100] "GET /path HTTP/1.1" 200 512
//   … "https://referer/" "user agent"
//
// Thread safety: none; one parser per thread.
#pragma once

#include <cstdint>
#include <flux/record.hpp>
#include <flux/value.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "misfit.hpp"

// One request. A "-" in the line is nothing here.
struct Access {
  std::string_view host;
  std::optional<std::string_view> ident;
  std::optional<std::string_view> user;
  std::string_view time;  // RFC 3339
  std::optional<std::string_view> method;
  std::optional<std::string_view> path;
  std::optional<std::string_view> protocol;
  std::optional<std::string_view> request;  // whole, where it is not three words
  std::int64_t status = 0;
  std::optional<std::int64_t> size;
  std::optional<std::string_view> referer;
  std::optional<std::string_view> user_agent;
};
FLUX_RECORD(Access, host, ident, user, time, method, path, protocol, request, status, size, referer,
            user_agent)

class ClfParser {
 public:
  // The views of `access` are into the line or this parser, until the next call.
  std::optional<Misfit> parse(std::string_view line, Access& access);

 private:
  std::string_view unescaped(std::string_view quoted);

  char time_[25];
  std::string text_;  // of what had escapes
};
