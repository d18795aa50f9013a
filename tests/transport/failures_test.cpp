// Failed events, as people see them on stderr and as they are kept for a replay.
#include "transport/failures.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>

#include "io/scratch.hpp"
#include "rows/hand_made_ticket.hpp"

using flux::io::Fd;
using flux::plan::Wire;
using flux::runtime::Failure;
using flux::runtime::FailureKind;
using flux::runtime::Failures;
using flux::runtime::kNoLine;
using flux::runtime::Ticket;
using hand_made::OneFlux;

namespace {

constexpr std::size_t kMaxLine = 100;

// stderr goes into memory as long as this lives.
class Stderr {
 public:
  Stderr() {
    std::fflush(stderr);
    ::dup2(kept_.get(), STDERR_FILENO);
  }
  ~Stderr() {
    std::fflush(stderr);
    ::dup2(real_.get(), STDERR_FILENO);
  }
  Stderr(const Stderr&) = delete;
  Stderr& operator=(const Stderr&) = delete;

  std::string text() const {
    std::fflush(stderr);
    return scratch::content_of(kept_.get());
  }

 private:
  Fd real_{::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)};
  Fd kept_ = scratch::file("");
};

struct Told {
  std::string people;
  std::string letters;
};

// Tells the failures of a ticket whose first line is line 8 of the source "in".
Told tell(const Ticket& ticket, Wire wire = Wire::text) {
  const OneFlux one(wire);
  const Fd letters = scratch::file("");
  const Stderr err;
  Failures failures(one.plan, kMaxLine, Fd(::fcntl(letters.get(), F_DUPFD_CLOEXEC, 3)), "letters");
  failures.tell(ticket, "in");
  failures.conclude();
  CHECK(failures.error().empty());
  return {err.text(), scratch::content_of(letters.get())};
}

// `value`: what the failing flux was handed.
Failure failure(FailureKind kind, std::string message, const char* value = nullptr) {
  return {
      1, 0, 0, kind, "double", std::move(message), value ? std::make_unique<std::string>(value) : nullptr};
}

Failure at_the_end(FailureKind kind, std::string message, const char* value) {
  Failure failed = failure(kind, std::move(message), value);
  failed.line = kNoLine;
  return failed;
}

// A ticket of three lines, of which the second failed.
void fill(Ticket& ticket, std::string_view second, Failure failed) {
  hand_made::fill(ticket, "1\n" + std::string(second) + "\n3\n", 100);
  const auto size = static_cast<std::uint32_t>(second.size());
  ticket.lines.append({0, 1, 0});
  ticket.lines.append({2, size, 1});
  ticket.lines.append({3 + size, 1, 2});
  ticket.first_line = 7;
  ticket.failures.push_back(std::move(failed));
}

}  // namespace

TEST_CASE("an event that an agent failed is kept ready for a replay") {
  Ticket ticket;
  fill(ticket, "{\"a\": 1}", failure(FailureKind::agent, "said \"no\"\033"));
  const Told told = tell(ticket);
  CHECK(told.people == "flux: in:9: double: said \"no\"\\x1b\n");
  CHECK(told.letters == R"({"error":"said \"no\"\u001b","kind":"agent","flux":"double","agent":"double",)"
                        R"("source":"in","line":9,"offset":102,"event":{"a": 1}})"
                        "\n");
}

TEST_CASE("what the failing flux was handed is kept if it is not the event itself") {
  Ticket ticket;
  fill(ticket, "5", failure(FailureKind::overflow, "too large", "10"));
  ticket.failures.push_back(failure(FailureKind::type, "wants int", "5"));
  CHECK(tell(ticket).letters == R"({"error":"too large","kind":"overflow","flux":"double","agent":"double",)"
                                R"("source":"in","line":9,"offset":102,"event":5,"value":10})"
                                "\n"
                                R"({"error":"wants int","kind":"type","flux":"double","agent":"double",)"
                                R"("source":"in","line":9,"offset":102,"event":5})"
                                "\n");
}

TEST_CASE("a line that is not JSON is kept as a string, and shown with its column") {
  Ticket ticket;
  fill(ticket, "{\"a\":\t\xff}", failure(FailureKind::decode, ""));
  const Told told = tell(ticket);
  CHECK(told.people == "flux: in:9:7: not JSON: not valid UTF-8\n");
  CHECK(told.letters ==
        R"({"error":"not JSON: not valid UTF-8","kind":"decode","flux":"double","agent":"double",)"
        R"("source":"in","line":9,"offset":102,"event":"{\"a\":\t)"
        "\xEF\xBF\xBD"
        R"(}"})"
        "\n");
}

TEST_CASE("a raw line is kept as a string, whoever failed it") {
  Ticket ticket;
  fill(ticket, "a \"b\"", failure(FailureKind::agent, "no"));
  CHECK(tell(ticket, Wire::raw).letters == R"({"error":"no","kind":"agent","flux":"double","agent":"double",)"
                                           R"("source":"in","line":9,"offset":102,"event":"a \"b\""})"
                                           "\n");
}

TEST_CASE("a row of the end of the stream has no source") {
  Ticket ticket;
  fill(ticket, "2", at_the_end(FailureKind::agent, "no", "7"));
  const Told told = tell(ticket);
  CHECK(told.people == "flux: end of input: double: no\n");
  CHECK(told.letters == R"({"error":"no","kind":"agent","flux":"double","agent":"double",)"
                        R"("source":null,"line":null,"offset":null,"event":null,"value":7})"
                        "\n");
}

TEST_CASE("the first few failures are shown in full, then a running count, all are kept") {
  Ticket ticket;
  fill(ticket, "2", failure(FailureKind::agent, "no"));
  while (ticket.failures.size() < 123) ticket.failures.push_back(failure(FailureKind::agent, "no"));
  const Told told = tell(ticket);
  std::string expected;
  for (int i = 0; i < 5; ++i) expected += "flux: in:9: double: no\n";
  CHECK(told.people == expected +
                           "flux: 10 events have failed so far\n"
                           "flux: 100 events have failed so far\n"
                           "flux: 123 events failed\n");
  CHECK(std::count(told.letters.begin(), told.letters.end(), '\n') == 123);
}

TEST_CASE("dead letters that cannot be written are an error with its reason") {
  const OneFlux one(Wire::text);
  Ticket ticket;
  fill(ticket, "2", failure(FailureKind::agent, "no"));
  const Stderr err;
  Failures failures(one.plan, kMaxLine, Fd(::open("/dev/full", O_WRONLY | O_CLOEXEC)), "letters");
  CHECK(failures.keeps_events());
  failures.tell(ticket, "in");
  CHECK(failures.error() == "cannot write 'letters': No space left on device");
  CHECK(failures.count() == 1);
}

TEST_CASE("without a file for them failed events are told and not kept") {
  const OneFlux one(Wire::text);
  Ticket ticket;
  fill(ticket, "2", failure(FailureKind::agent, "no"));
  const Stderr err;
  Failures failures(one.plan, kMaxLine, Fd(), "");
  CHECK(!failures.keeps_events());
  failures.tell(ticket, "in");
  CHECK(err.text() == "flux: in:9: double: no\n");
  CHECK(failures.error().empty());
}
