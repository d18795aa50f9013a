// Requests as peers send them, also the hostile ones, and answers as they get them.
#include "control/http.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/socket.h>

using flux::control::Bounds;
using flux::control::Connection;
using flux::control::Request;
using flux::control::Response;
using flux::io::Fd;

namespace {

// Both ends of a connection, of which the test has the peer's.
struct Pair {
  explicit Pair(Bounds bounds = {}) {
    int ends[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
    peer = Fd(ends[0]);
    ::fcntl(ends[1], F_SETFL, O_NONBLOCK);
    connection.emplace(Fd(ends[1]), bounds);
  }
  void send(std::string_view bytes) const { REQUIRE(flux::io::write_all(peer.get(), bytes) == 0); }
  void hang_up() const { ::shutdown(peer.get(), SHUT_WR); }
  std::string received() const {
    std::string text(1 << 16, '\0');
    const ssize_t got = ::recv(peer.get(), text.data(), text.size(), MSG_DONTWAIT);
    text.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    return text;
  }

  Fd peer;
  std::optional<Connection> connection;
};

// What a peer is told that sends this, and then nothing more.
std::string answer_to(std::string_view bytes, Bounds bounds = {}) {
  const Pair pair(bounds);
  pair.send(bytes);
  pair.hang_up();
  auto& connection = const_cast<Connection&>(*pair.connection);
  CHECK(!connection.read());
  return pair.received();
}

std::string refused(int status, const char* phrase, const std::string& why) {
  const std::string body = "{\"error\": \"" + why + "\"}\n";
  return "HTTP/1.1 " + std::to_string(status) + " " + phrase +
         "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\nConnection: close\r\n\r\n" + body;
}

}  // namespace

TEST_CASE("a request has a method, a path, what is asked, headers and a body") {
  Pair pair;
  pair.send(
      "POST /invoke?flux=a%3E%3Eb&trace=1 HTTP/1.1\r\nHost: x\r\nACCEPT:  application/x-ndjson \r\n"
      "Content-Length: 3\r\n\r\n{}\nGET /status HTTP/1.1\r\n\r\n");
  const auto first = pair.connection->read();
  REQUIRE(first);
  CHECK(first->method == "POST");
  CHECK(first->path == "/invoke");
  CHECK(first->asked("flux") == "a>>b");
  CHECK(first->asked("trace") == "1");
  CHECK(!first->asked("timeout"));
  CHECK(first->wants_lines());
  CHECK(first->body == "{}\n");
  const auto second = pair.connection->read();
  REQUIRE(second);
  CHECK(second->path == "/status");
  CHECK(second->body.empty());
  CHECK(pair.connection->stays_open());
}

TEST_CASE("a request may come byte by byte") {
  Pair pair;
  const std::string_view bytes = "GET / HTTP/1.1\r\nConnection: close\r\n\r\n";
  for (const char& byte : bytes) pair.send({&byte, 1});
  REQUIRE(pair.connection->read());
  CHECK(!pair.connection->stays_open());
}

TEST_CASE("an answer has a size, or comes in chunks") {
  Pair pair;
  CHECK(pair.connection->write({200, "text/plain", "hi\n"}));
  CHECK(pair.received() == "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nhi\n");
  CHECK(pair.connection->begin("text/plain"));
  CHECK(pair.connection->piece("0123456789abcdef"));
  CHECK(pair.connection->piece(""));
  CHECK(pair.connection->end());
  CHECK(
      pair.received() ==
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
      "10\r\n0123456789abcdef\r\n0\r\n\r\n");
}

TEST_CASE("what is no request is refused") {
  CHECK(answer_to("hello\r\n\r\n") == refused(400, "Bad Request", "that is no HTTP/1.1 request"));
  CHECK(answer_to("GET status HTTP/1.1\r\n\r\n") ==
        refused(400, "Bad Request", "that is no HTTP/1.1 request"));
  CHECK(answer_to("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n") ==
        refused(400, "Bad Request", "Content-Length is no number"));
  CHECK(answer_to("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n") ==
        refused(501, "Not Implemented", "a body has to have a Content-Length"));
}

TEST_CASE("what is too large is refused before it is taken in") {
  Bounds bounds;
  bounds.head = 100;
  bounds.body = 10;
  CHECK(answer_to(std::string(200, 'x'), bounds) ==
        refused(431, "Request Header Fields Too Large", "the head of the request is too long"));
  CHECK(answer_to("POST / HTTP/1.1\r\nContent-Length: 11\r\n\r\n", bounds) ==
        refused(413, "Content Too Large", "the body of the request is too long"));
}

TEST_CASE("who takes too long, or hangs up in the middle, is not waited for") {
  Bounds bounds;
  bounds.idle = std::chrono::milliseconds(1);
  bounds.request = std::chrono::milliseconds(1);
  bounds.write = std::chrono::milliseconds(1);
  Pair silent(bounds);
  CHECK(!silent.connection->read());
  Pair slow(bounds);
  slow.send("GET / HT");
  CHECK(!slow.connection->read());
  CHECK(answer_to("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\n12") == "");
  Pair deaf(bounds);
  const std::string large(10 << 20, 'x');
  CHECK(!deaf.connection->write({200, "text/plain", large}));
}

TEST_CASE("names in a target are escaped and come back") {
  for (const char* name : {"double", "a>>b", "50%", "sp ace", "\xC3\xA9&=?+"})
    CHECK(flux::control::decoded(flux::control::encoded(name)) == name);
  CHECK(flux::control::decoded("a+b%zz%4") == "a b%zz%4");
}
