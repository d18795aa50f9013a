#include "runtime/failures.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "core/error.hpp"
#include "json/string.hpp"

namespace flux::runtime {

namespace {

constexpr std::uint64_t kShownInFull = 5;

std::string_view name_of(FailureKind kind) {
  switch (kind) {
    case FailureKind::decode:
      return "decode";
    case FailureKind::type:
      return "type";
    case FailureKind::agent:
      return "agent";
    case FailureKind::overflow:
      return "overflow";
  }
  return "?";
}

// Text with U+FFFD in the place of bytes that are no UTF-8: a dead letter is JSON.
std::string repaired(std::string_view text) {
  std::string whole;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t size = 1;
    while (size < 4 && i + size < text.size() && (static_cast<unsigned char>(text[i + size]) & 0xC0) == 0x80)
      ++size;
    const std::string_view character = text.substr(i, size);
    whole += json::is_utf8(character) ? character : "\xEF\xBF\xBD";
    i += size;
  }
  return whole;
}

void put_string(std::string_view text, Bytes& out) {
  const std::string whole = json::is_utf8(text) ? std::string(text) : repaired(text);
  out.commit(json::put_string(out.room(json::escaped_size_bound(whole.size())), whole));
}

void put_member(std::string_view name, std::string_view text, Bytes& out) {
  out.append(fmt::format("\"{}\":", name));
  put_string(text, out);
  out.append(',');
}

}  // namespace

void Failures::tell(const Ticket& ticket, const std::string& source) {
  for (const Failure& failure : ticket.failures) {
    ++count_;
    const bool is_told = count_ <= kShownInFull || dead_letters_;
    BadLine why{failure.message, {}};
    if (is_told && failure.message.empty()) why = explain(failure.line, ticket, plan_, max_line_);
    if (count_ <= kShownInFull) {
      show(failure, why, ticket, source);
    } else if (count_ == next_count_shown_) {
      fmt::print(stderr, "flux: {} events have failed so far\n", count_);
    }
    if (count_ == next_count_shown_) next_count_shown_ *= 10;
    if (dead_letters_) keep(failure, why, ticket, source);
  }
  if (letters_.empty()) return;
  const int error = io::write_all(dead_letters_.get(), letters_.view());
  letters_.clear(1 << 20);
  if (error != 0 && error_.empty())
    error_ = fmt::format("cannot write '{}': {}", name_, io::reason_of(error));
}

void Failures::conclude() const {
  if (count_ > kShownInFull) fmt::print(stderr, "flux: {} events failed\n", count_);
}

void Failures::show(const Failure& failure, const BadLine& why, const Ticket& ticket,
                    const std::string& source) {
  std::string place = "end of input";
  if (failure.line != kNoLine)
    place =
        fmt::format("{}:{}", printable(source), ticket.first_line + ticket.lines[failure.line].number + 1);
  if (why.column) place += fmt::format(":{}", *why.column);
  const bool is_decode = failure.kind == FailureKind::decode;
  fmt::print(stderr, "flux: {}: {}{}{}\n", place, is_decode ? "" : failure.agent, is_decode ? "" : ": ",
             printable(why.message, 500));
}

void Failures::keep(const Failure& failure, const BadLine& why, const Ticket& ticket,
                    const std::string& source) {
  letters_.append('{');
  put_member("error", why.message, letters_);
  put_member("kind", name_of(failure.kind), letters_);
  put_member("flux", plan_.fluxes[failure.flux].id, letters_);
  put_member("agent", failure.agent, letters_);
  if (failure.line == kNoLine) {
    letters_.append("\"source\":null,\"line\":null,\"offset\":null,\"event\":null");
  } else {
    const Line& line = ticket.lines[failure.line];
    const auto offset = static_cast<std::size_t>(ticket.physical_line(line).data() - ticket.cut.text.data());
    put_member("source", source, letters_);
    letters_.append(fmt::format("\"line\":{},\"offset\":{},\"event\":", ticket.first_line + line.number + 1,
                                ticket.cut.offset + offset));
    if (failure.kind == FailureKind::decode || plan_.wire == plan::Wire::raw) {
      put_string(ticket.text_of(ticket.lines[failure.line]), letters_);
    } else {
      letters_.append(ticket.text_of(ticket.lines[failure.line]));
    }
  }
  if (failure.value &&
      (failure.line == kNoLine || *failure.value != ticket.text_of(ticket.lines[failure.line]))) {
    letters_.append(",\"value\":");
    letters_.append(std::string_view(*failure.value));
  }
  letters_.append("}\n");
}

}  // namespace flux::runtime
