#include "control/client.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <charconv>

#include "control/unix_socket.hpp"
#include "core/error.hpp"

namespace flux::control {

namespace {

// Reads an answer from a socket that may block.
class Reader {
 public:
  explicit Reader(const io::Fd& fd) : fd_(fd) {}

  std::string line() {
    std::size_t end = 0;
    while ((end = in_.find("\r\n")) == std::string::npos) require(fill());
    std::string text = in_.substr(0, end);
    in_.erase(0, end + 2);
    return text;
  }

  std::string bytes(std::size_t size) {
    while (in_.size() < size) require(fill());
    std::string text = in_.substr(0, size);
    in_.erase(0, size);
    return text;
  }

 private:
  bool fill() {
    char bytes[16 << 10];
    for (;;) {
      const ssize_t got = ::read(fd_.get(), bytes, sizeof bytes);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return false;
      in_.append(bytes, static_cast<std::size_t>(got));
      return true;
    }
  }

  static void require(bool has_more) {
    if (!has_more) throw Error("the pipeline went away before it had answered", {}, {}, Exit::not_flowing);
  }

  const io::Fd& fd_;
  std::string in_;
};

std::size_t number(std::string_view text, int base) {
  std::size_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, base);
  return value;
}

}  // namespace

Response ask(const Question& question, const Take& take) {
  const io::Fd fd = connect_to(question.socket);
  const std::string request = fmt::format(
      "{} {} HTTP/1.1\r\nHost: flux\r\nAccept: application/x-ndjson\r\nConnection: close\r\n"
      "Content-Length: {}\r\n\r\n{}",
      question.method, question.target, question.body.size(), question.body);
  io::write_all(fd.get(), request);  // where it fails, the answer tells, or its absence
  Reader reader(fd);
  Response response;
  const std::string first = reader.line();
  response.status =
      static_cast<int>(number(std::string_view(first).substr(std::min<std::size_t>(first.size(), 9)), 10));
  std::size_t size = 0;
  bool is_chunked = false;
  for (std::string line = reader.line(); !line.empty(); line = reader.line()) {
    if (line.starts_with("Content-Length: ")) size = number(std::string_view(line).substr(16), 10);
    if (line.starts_with("Transfer-Encoding: chunked")) is_chunked = true;
  }
  const auto hand_over = [&](const std::string& bytes) {
    if (response.status == 200) return take(bytes);
    response.body += bytes;
    return true;
  };
  if (!is_chunked) {
    hand_over(reader.bytes(size));
    return response;
  }
  while (const std::size_t piece = number(reader.line(), 16)) {
    if (!hand_over(reader.bytes(piece))) return response;
    reader.line();
  }
  return response;
}

}  // namespace flux::control
