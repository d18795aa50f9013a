#include "control/http.hpp"

#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <charconv>

#include "json/string.hpp"

namespace flux::control {

namespace {

using Clock = std::chrono::steady_clock;

std::string_view phrase_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 400:
      return "Bad Request";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
  }
  return "Error";
}

std::string lower(std::string_view text) {
  std::string small(text);
  for (char& c : small) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return small;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Takes off what stands before `mark`, which goes, too.
std::string_view take_until(std::string_view& text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  const std::string_view part = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view() : text.substr(at + mark.size());
  return part;
}

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const int letter = std::tolower(static_cast<unsigned char>(c));
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

// False where the first line is no request's.
bool read_target(std::string_view line, Request& request) {
  request.method = take_until(line, " ");
  std::string_view target = take_until(line, " ");
  if (request.method.empty() || !target.starts_with('/') || !line.starts_with("HTTP/1.")) return false;
  request.path = decoded(take_until(target, "?"));
  while (!target.empty()) {
    std::string_view pair = take_until(target, "&");
    const std::string name = decoded(take_until(pair, "="));
    request.query[name] = decoded(pair);
  }
  return true;
}

}  // namespace

std::string decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape =
        text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0;
    if (is_escape) {
      plain += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    } else {
      plain += text[i] == '+' ? ' ' : text[i];
    }
  }
  return plain;
}

std::string encoded(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.') {
      escaped += c;
    } else {
      escaped += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return escaped;
}

Response refusal(int status, std::string_view why) {
  return {status, "application/json", fmt::format("{{\"error\": {}}}\n", json::quote(why))};
}

std::optional<std::string> Request::asked(const std::string& name) const {
  const auto found = query.find(name);
  return found == query.end() ? std::nullopt : std::optional(found->second);
}

bool Request::wants_lines() const {
  const auto found = headers.find("accept");
  return found != headers.end() && found->second.find("application/x-ndjson") != std::string::npos;
}

// One read, when there is something; false at the end or when time is up.
bool Connection::fill(Clock::time_point until) {
  for (;;) {
    char bytes[16 << 10];
    const ssize_t got = ::recv(fd_.get(), bytes, sizeof bytes, 0);
    if (got > 0) {
      in_.append(bytes, static_cast<std::size_t>(got));
      return true;
    }
    if (got == 0 || (errno != EAGAIN && errno != EINTR)) return false;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    pollfd waiting{fd_.get(), POLLIN, 0};
    if (left <= 0 || ::poll(&waiting, 1, static_cast<int>(left)) == 0) return false;
  }
}

std::optional<Request> Connection::refuse(int status, std::string_view why) {
  stays_open_ = false;
  write(refusal(status, why));
  return {};
}

std::optional<Request> Connection::read() {
  if (in_.empty() && !fill(Clock::now() + bounds_.idle)) return {};
  const Clock::time_point until = Clock::now() + bounds_.request;
  std::size_t end = 0;
  while ((end = in_.find("\r\n\r\n")) == std::string::npos) {
    if (in_.size() > bounds_.head) return refuse(431, "the head of the request is too long");
    if (!fill(until)) return {};
  }
  if (end > bounds_.head) return refuse(431, "the head of the request is too long");
  Request request;
  std::string head = in_.substr(0, end);
  in_.erase(0, end + 4);
  std::string_view rest = head;
  if (!read_target(take_until(rest, "\r\n"), request)) return refuse(400, "that is no HTTP/1.1 request");
  while (!rest.empty()) {
    std::string_view line = take_until(rest, "\r\n");
    const std::string name = lower(trim(take_until(line, ":")));
    request.headers[name] = trim(line);
  }
  if (lower(request.headers["connection"]) == "close") stays_open_ = false;
  if (request.headers.contains("transfer-encoding"))
    return refuse(501, "a body has to have a Content-Length");
  std::size_t size = 0;
  if (const auto length = request.headers.find("content-length"); length != request.headers.end()) {
    const std::string& text = length->second;
    const auto [last, error] = std::from_chars(text.data(), text.data() + text.size(), size);
    if (error != std::errc() || last != text.data() + text.size())
      return refuse(400, "Content-Length is no number");
  }
  if (size > bounds_.body) return refuse(413, "the body of the request is too long");
  if (in_.size() < size && lower(request.headers["expect"]) == "100-continue")
    send("HTTP/1.1 100 Continue\r\n\r\n");
  while (in_.size() < size)
    if (!fill(until)) return {};
  request.body = in_.substr(0, size);
  in_.erase(0, size);
  return request;
}

bool Connection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
      continue;
    }
    if (sent < 0 && errno != EAGAIN && errno != EINTR) return false;
    pollfd waiting{fd_.get(), POLLOUT, 0};
    if (::poll(&waiting, 1, static_cast<int>(bounds_.write.count())) == 0) return false;
  }
  return true;
}

bool Connection::write(const Response& response) {
  return send(fmt::format("HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n{}\r\n",
                          response.status, phrase_of(response.status), response.type, response.body.size(),
                          stays_open_ ? "" : "Connection: close\r\n") +
              response.body);
}

bool Connection::begin(std::string_view type) {
  stays_open_ = false;
  return send(
      fmt::format("HTTP/1.1 200 OK\r\nContent-Type: {}\r\nTransfer-Encoding: chunked\r\n"
                  "Connection: close\r\n\r\n",
                  type));
}

bool Connection::piece(std::string_view bytes) {
  if (bytes.empty()) return true;
  return send(fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes));
}

bool Connection::is_gone() const {
  char byte = 0;
  const ssize_t got = ::recv(fd_.get(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
}

bool Connection::end() { return send("0\r\n\r\n"); }

}  // namespace flux::control
