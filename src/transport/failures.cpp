#include "transport/failures.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "core/error.hpp"
#include "json/check.hpp"
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
  if (ticket.failures.empty()) return;
  const std::lock_guard lock(mutex_);
  for (const Failure& failure : ticket.failures) {
    ++count_;
    const bool is_told = count_ <= kShownInFull || dead_letters_;
    BadLine why{failure.message, {}};
    if (is_told && failure.message.empty()) why = explain(failure.line, ticket, plan_, max_line_);
    const Origin origin = is_told ? origin_of(failure, ticket, source) : Origin();
    if (count_ <= kShownInFull) {
      show(failure, why, origin);
    } else if (count_ == next_count_shown_) {
      fmt::print(stderr, "flux: {} events have failed so far\n", count_);
    }
    if (count_ == next_count_shown_) next_count_shown_ *= 10;
    if (dead_letters_) keep(failure, why, origin);
  }
  if (letters_.empty()) return;
  const int error = io::write_all(dead_letters_.get(), letters_.view());
  letters_.clear(1 << 20);
  if (error != 0 && error_.empty())
    error_ = fmt::format("cannot write '{}': {}", name_, io::reason_of(error));
}

std::uint64_t Failures::count() const {
  const std::lock_guard lock(mutex_);
  return count_;
}

std::string Failures::error() const {
  const std::lock_guard lock(mutex_);
  return error_;
}

void Failures::conclude() const {
  if (count() > kShownInFull) fmt::print(stderr, "flux: {} events failed\n", count());
}

Origin Failures::origin_of(const Failure& failure, const Ticket& ticket, const std::string& source) {
  if (failure.line == kNoLine) return {};
  if (!ticket.in.origins.empty()) return ticket.origin_of(failure.line);
  const Line& line = ticket.lines[failure.line];
  Origin origin{&source, ticket.first_line + line.number + 1, 0, ticket.text_of(line)};
  if (!dead_letters_) return origin;
  origin.offset = ticket.offset_of(line);
  // What was read under --trust-input may be anything.
  const bool is_read_as_json = failure.kind != FailureKind::decode && plan_.wire != plan::Wire::raw;
  if (is_read_as_json && json::is_value(origin.event)) return origin;
  event_.clear(1 << 20);
  put_string(origin.event, event_);
  origin.event = event_.view();
  return origin;
}

void Failures::show(const Failure& failure, const BadLine& why, const Origin& origin) {
  std::string place = "end of input";
  if (origin.source != nullptr) place = fmt::format("{}:{}", printable(*origin.source), origin.line);
  if (why.column) place += fmt::format(":{}", *why.column);
  const bool is_decode = failure.kind == FailureKind::decode;
  fmt::print(stderr, "flux: {}: {}{}{}\n", place, is_decode ? "" : failure.agent, is_decode ? "" : ": ",
             printable(why.message, 500));
}

void Failures::keep(const Failure& failure, const BadLine& why, const Origin& origin) {
  letters_.append('{');
  put_member("error", why.message, letters_);
  put_member("kind", name_of(failure.kind), letters_);
  put_member("flux", plan_.fluxes[failure.flux].id, letters_);
  put_member("agent", failure.agent, letters_);
  if (origin.source == nullptr) {
    letters_.append("\"source\":null,\"line\":null,\"offset\":null,\"event\":null");
  } else {
    put_member("source", *origin.source, letters_);
    letters_.append(fmt::format("\"line\":{},\"offset\":{},\"event\":", origin.line, origin.offset));
    letters_.append(origin.event);
  }
  if (failure.value && (origin.source == nullptr || *failure.value != origin.event)) {
    letters_.append(",\"value\":");
    if (json::is_value(*failure.value)) {
      letters_.append(std::string_view(*failure.value));
    } else {  // of a line under --trust-input
      put_string(*failure.value, letters_);
    }
  }
  letters_.append("}\n");
}

}  // namespace flux::runtime
