// As much of HTTP/1.1 as a control socket needs: requests with a body of a known size,
// answers of a known size or in chunks, connections that stay open. Sizes and times are
// bounded: a slow or hostile peer costs a thread for a while, and nothing else.
//
// Thread safety: none; a connection belongs to its thread.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "io/fd.hpp"

namespace flux::control {

struct Request {
  std::string method;  // "GET"
  std::string path;    // "/status"
  std::map<std::string, std::string> query;
  std::map<std::string, std::string> headers;  // names in small letters
  std::string body;

  // The value of ?name=..., or nothing.
  std::optional<std::string> asked(const std::string& name) const;
  bool wants_lines() const;  // Accept: application/x-ndjson
};

struct Response {
  int status = 200;
  std::string type = "application/json";
  std::string body;
};

// {"error": "…"} as JSON, with a status.
Response refusal(int status, std::string_view why);

// What a peer may cost.
struct Bounds {
  std::size_t head = 16 << 10;  // bytes of a request's first line and headers
  std::size_t body = 16 << 20;
  std::chrono::milliseconds request{10'000};  // from its first byte to its last
  std::chrono::milliseconds idle{60'000};     // between two requests
  std::chrono::milliseconds write{2'000};     // that a peer takes nothing
};

class Connection {
 public:
  // REQUIRES: fd does not block.
  Connection(io::Fd fd, Bounds bounds) : fd_(std::move(fd)), bounds_(bounds) {}

  // The next request. Nothing at the end, or when time is up. What is no request is
  // answered here.
  std::optional<Request> read();

  // False when the peer is gone, or does not take it.
  bool write(const Response& response);

  // An answer of unknown length, piece by piece.
  bool begin(std::string_view type);
  bool piece(std::string_view bytes);
  bool end();
  // Whether nobody is there any more.
  bool is_gone() const;

  bool stays_open() const { return stays_open_; }
  int fd() const { return fd_.get(); }

 private:
  bool fill(std::chrono::steady_clock::time_point until);
  bool send(std::string_view bytes);
  std::optional<Request> refuse(int status, std::string_view why);

  io::Fd fd_;
  const Bounds bounds_;
  std::string in_;  // that was read and not looked at
  bool stays_open_ = true;
};

// Percent signs undone, and done.
std::string decoded(std::string_view text);
std::string encoded(std::string_view text);

}  // namespace flux::control
