// From left to right, with memchr from one separator to the next: nothing but
// what has escapes is copied.
#include "clf.hpp"

#include <charconv>
#include <cstddef>
#include <cstring>
#include <system_error>

#include "digits.hpp"
#include "utf8.hpp"

namespace {

constexpr std::size_t npos = std::string_view::npos;

std::optional<std::string_view> unless_dash(std::string_view text) {
  if (text == "-") return {};
  return text;
}

// 25/Nov/2026:03:32:59 +0100 -> 2026-11-25T03:32:59+01:00. REQUIRES: room for 25.
bool read_time(std::string_view text, char* out) {
  if (!has_shape(text, "99/Aaa/9999:99:99:99 +9999")) return false;
  const int month = month_of(text.substr(3, 3));
  const int year = number_at(text, 7, 4);
  if (!is_date(year, month, number_at(text, 0, 2)) || !is_time_of_day(text.substr(12, 8))) return false;
  if (number_at(text, 22, 2) > 23 || number_at(text, 24, 2) > 59) return false;
  std::memcpy(out, text.data() + 7, 4);
  out[4] = '-';
  out[5] = static_cast<char>('0' + month / 10);
  out[6] = static_cast<char>('0' + month % 10);
  out[7] = '-';
  std::memcpy(out + 8, text.data(), 2);
  out[10] = 'T';
  std::memcpy(out + 11, text.data() + 12, 8);
  std::memcpy(out + 19, text.data() + 21, 3);
  out[22] = ':';
  std::memcpy(out + 23, text.data() + 24, 2);
  return true;
}

// The offset of the quote that closes a string whose text begins at `from`.
std::size_t closing_quote(std::string_view line, std::size_t from) {
  for (;;) {
    const std::size_t quote = line.find('"', from);
    if (quote == npos) return npos;
    const std::size_t backslash = line.substr(0, quote).find('\\', from);
    if (backslash == npos) return quote;
    from = backslash + 2;  // whatever it is, it closes nothing
  }
}

// Three words with one space between them, and a protocol at the end.
bool split_request(std::string_view request, Access& access) {
  const std::size_t first = request.find(' ');
  if (first == npos || first == 0) return false;
  const std::size_t last = request.rfind(' ');
  const std::string_view protocol = request.substr(last + 1);
  if (last <= first + 1 || protocol.empty()) return false;
  const std::string_view path = request.substr(first + 1, last - first - 1);
  if (path.find(' ') != npos) return false;
  access.method = request.substr(0, first);
  access.path = path;
  access.protocol = protocol;
  return true;
}

// Puts what the escape at the start of `text` means behind `to`; returns its size.
std::size_t append_escaped(std::string_view text, std::string& to) {
  if (text.size() < 2) {
    to += text;
    return text.size();
  }
  if (text[1] == 'x' && text.size() >= 4) {
    const int byte = hex_number(text.substr(2, 2));
    if (byte >= 0) {
      to += static_cast<char>(byte);
      return 4;
    }
  }
  constexpr std::string_view kLetters = "\"\\bnrtv";
  const std::size_t which = kLetters.find(text[1]);
  if (which == npos) {
    to += text.substr(0, 2);
  } else {
    to += "\"\\\b\n\r\t\v"[which];
  }
  return 2;
}

}  // namespace

std::optional<Misfit> ClfParser::parse(std::string_view line, Access& access) {
  access = {};
  text_.clear();
  text_.reserve(line.size());  // views into it must not move
  std::size_t at = 0;

  const std::size_t host_end = line.find(' ');
  if (host_end == npos || host_end == 0) return Misfit{"a host and a space", 0};
  access.host = line.substr(0, host_end);
  at = host_end + 1;

  const std::size_t ident_end = line.find(' ', at);
  if (ident_end == npos || ident_end == at) return Misfit{"an identity (or '-') and a space", at};
  access.ident = unless_dash(line.substr(at, ident_end - at));
  at = ident_end + 1;

  // The name of a user may have spaces in it.
  const std::size_t bracket = line.find(" [", at);
  if (bracket == npos || bracket == at) return Misfit{"a user (or '-') and a time in brackets", at};
  access.user = unless_dash(line.substr(at, bracket - at));
  at = bracket + 2;

  constexpr std::size_t kTimeSize = 26;
  if (!read_time(line.substr(at, kTimeSize), time_)) {
    return Misfit{"a time like 25/Nov/2026:03:32:59 +0100", at};
  }
  access.time = {time_, sizeof time_};
  at += kTimeSize;

  constexpr std::string_view kBeforeRequest = "] \"";
  if (line.substr(at, kBeforeRequest.size()) != kBeforeRequest) {
    return Misfit{"']' and a request in quotes", at};
  }
  at += kBeforeRequest.size();
  const std::size_t request_end = closing_quote(line, at);
  if (request_end == npos) return Misfit{"a closing quote", line.size()};
  const std::string_view request = unescaped(line.substr(at, request_end - at));
  if (!split_request(request, access)) access.request = unless_dash(request);
  at = request_end + 1;

  if (line.substr(at, 1) != " ") return Misfit{"a space and a status", at};
  ++at;
  const std::string_view status = line.substr(at, line.find(' ', at) - at);
  if (status.size() != 3 || !all_digits(status)) return Misfit{"a status of three digits", at};
  access.status = (status[0] - '0') * 100 + (status[1] - '0') * 10 + (status[2] - '0');
  at += status.size();

  if (line.substr(at, 1) != " ") return Misfit{"a space and a size", at};
  ++at;
  const std::string_view size = line.substr(at, line.find(' ', at) - at);
  if (size != "-") {
    std::int64_t number = 0;
    const auto read = std::from_chars(size.data(), size.data() + size.size(), number);
    if (!all_digits(size) || read.ec != std::errc{}) return Misfit{"a size in bytes (or '-')", at};
    access.size = number;
  }
  at += size.size();
  if (at == line.size()) return {};

  for (auto* member : {&access.referer, &access.user_agent}) {
    if (line.substr(at, 2) != " \"") return Misfit{"a referer and a user agent in quotes", at};
    at += 2;
    const std::size_t end = closing_quote(line, at);
    if (end == npos) return Misfit{"a closing quote", line.size()};
    *member = unless_dash(unescaped(line.substr(at, end - at)));
    at = end + 1;
  }
  if (at != line.size()) return Misfit{"the end of the line", at};
  return {};
}

// \" and \\ and the letters of C for control characters; \xHH is a byte. Bytes that
// are no UTF-8 together (somebody spoke TLS to the port of HTTP) stay as written.
std::string_view ClfParser::unescaped(std::string_view quoted) {
  std::size_t backslash = quoted.find('\\');
  if (backslash == npos) return quoted;
  const std::size_t begin = text_.size();
  std::string_view rest = quoted;
  while (backslash != npos) {
    text_ += rest.substr(0, backslash);
    rest.remove_prefix(backslash);
    rest.remove_prefix(append_escaped(rest, text_));
    backslash = rest.find('\\');
  }
  text_ += rest;
  const std::string_view text = std::string_view(text_).substr(begin);
  return is_utf8(text) ? text : quoted;
}
