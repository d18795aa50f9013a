#include "transport/decoder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <numeric>

#include "json/check.hpp"
#include "json/grammar.hpp"
#include "json/integer_lines.hpp"
#include "json/number.hpp"
#include "json/string.hpp"
#include "transport/bad_line.hpp"

namespace flux::runtime {

namespace {

// A chunk, its columns and its results stay in the second-level cache.
constexpr std::size_t kChunk = 32 << 10;

const char* find_newline(const char* from, const char* end) {
  return static_cast<const char*>(std::memchr(from, '\n', static_cast<std::size_t>(end - from)));
}

std::string first_agent_of(const plan::Plan& plan) {
  for (std::size_t f = plan.first; f < plan.fluxes.size(); ++f)
    if (!plan.fluxes[f].stages.empty()) return plan.fluxes[f].stages.front().agent->name;
  return plan.fluxes[plan.first].id;
}

}  // namespace

std::uint64_t count_events(std::string_view text, LineRule rule, std::uint64_t most, std::size_t& end) {
  std::uint64_t count = 0;
  end = 0;
  while (count < most && end < text.size()) {
    const char* newline = find_newline(text.data() + end, text.data() + text.size());
    const auto size = static_cast<std::size_t>(newline - text.data()) - end;
    const std::string_view line = text.substr(end, size);
    if (rule.blank_counts || !json::is_blank(line) || is_too_long(line, rule.max_line)) ++count;
    end += size + 1;
  }
  return count;
}

Decoder::Decoder(const plan::Plan& plan, std::size_t max_line, FailureRule rule, json::Check check)
    : plan_(plan),
      max_line_(max_line),
      rule_(rule),
      first_agent_(first_agent_of(plan)),
      reader_(json::Wanted(plan.reads[plan.wire_read]), check) {}

bool Decoder::next(Ticket& ticket, Batch& batch) {
  if (ticket.stop && ticket.stop->line != kNoLine) return false;
  if (ticket.decoded < ticket.in.ints.size()) {
    batch = take_ints(ticket);
    return true;
  }
  if (!ticket.in.ints.empty()) return false;
  const std::string_view chunk = short_lines(next_chunk(ticket));
  if (chunk.empty() && ticket.decoded == ticket.in.cut.text.size()) return false;
  if (chunk.empty() || ticket.in.cut.is_oversized) {
    batch = {};
    refuse_line(ticket);
    return true;
  }
  switch (plan_.wire) {
    case plan::Wire::text:
      batch = read_text(chunk, ticket);
      break;
    case plan::Wire::ints:
      batch = read_ints(chunk, ticket);
      break;
    case plan::Wire::raw:
      batch = read_raw(chunk, ticket);
      break;
  }
  ticket.decoded += chunk.size();
  return true;
}

// Whole lines of about kChunk bytes; one line where an agent may wait for long, so
// that its result need not wait for the next one's.
std::string_view Decoder::next_chunk(const Ticket& ticket) const {
  const std::string_view rest = ticket.in.cut.text.substr(ticket.decoded);
  const std::size_t wanted = plan_.is_blocking ? 0 : kChunk;
  if (rest.size() <= wanted) return rest;
  const auto* before = wanted == 0 ? nullptr : static_cast<const char*>(::memrchr(rest.data(), '\n', wanted));
  if (before == nullptr) before = find_newline(rest.data() + wanted, rest.data() + rest.size());
  return rest.substr(0, static_cast<std::size_t>(before + 1 - rest.data()));
}

// What there is of a chunk in front of its first line that is too long.
std::string_view Decoder::short_lines(std::string_view chunk) const {
  if (chunk.size() <= max_line_) return chunk;
  std::size_t end = 0;
  while (end < chunk.size()) {
    const std::size_t size = chunk.find('\n', end) - end;
    if (is_too_long(chunk.substr(end, size), max_line_)) break;
    end += size + 1;
  }
  return chunk.substr(0, end);
}

// Integers that were never printed need not be read.
Batch Decoder::take_ints(Ticket& ticket) const {
  const std::size_t first = ticket.decoded;
  ticket.decoded = plan_.is_blocking ? first + 1 : ticket.in.ints.size();
  auto columns = ticket.arena.array<Column>(1);
  columns[0] = {Kind::int64, ticket.in.ints.data() + first, nullptr};
  Batch batch;
  batch.rows = static_cast<std::uint32_t>(ticket.decoded - first);
  batch.line = counting(static_cast<std::uint32_t>(ticket.decoded), ticket.arena).subspan(first);
  batch.columns = columns;
  return batch;
}

Batch Decoder::read_text(std::string_view chunk, Ticket& ticket) {
  auto documents = ticket.arena.array<json::Documents>(1);
  documents[0] = reader_.read(chunk, ticket.arena);
  const json::Documents& found = documents[0];
  const std::size_t first = ticket.lines.size();
  const auto at = static_cast<std::uint32_t>(ticket.decoded);
  Line* lines = ticket.lines.room(found.count);
  auto line = ticket.arena.array<std::uint32_t>(found.count);
  auto doc = ticket.arena.array<std::uint32_t>(found.count);
  std::uint32_t rows = 0;
  for (std::uint32_t d = 0; d < found.count; ++d) {
    const std::uint32_t size = found.end[d] - found.begin[d];
    const auto index = static_cast<std::uint32_t>(first + d);
    lines[d] = {at + found.begin[d], size, ticket.physical_lines + found.line[d]};
    ticket.lines.commit(lines + d + 1);
    if (found.status[d] == json::Status::bad) {
      if (fail(index, FailureKind::decode, ticket)) continue;
      break;
    }
    line[rows] = index;
    doc[rows++] = d;
  }
  ticket.physical_lines += static_cast<std::uint32_t>(found.lines);
  Batch batch;
  batch.rows = rows;
  batch.line = line.first(rows);
  batch.become_text(chunk.data(), found, doc.first(rows));
  return batch;
}

// The hot path of plain numbers: lines that are ints need no other check, and whatever is
// not takes the slow way.
Batch Decoder::read_ints(std::string_view chunk, Ticket& ticket) {
  const std::size_t most = chunk.size() / 2 + 1;  // "1\n"
  IntRows found{ticket.arena.array<std::int64_t>(most), ticket.arena.array<std::uint32_t>(most)};
  auto ends = ticket.arena.array<std::uint32_t>(most);
  const char* at = chunk.data();
  const char* const end = at + chunk.size();
  for (bool is_wanted = true; at < end && is_wanted;) {
    const std::size_t count = json::scan_int_lines(at, end, found.values.data() + found.rows, ends.data());
    at = add_lines(at, ends.first(count), found, ticket);
    if (at < end) is_wanted = read_int(at, end, found, ticket);
  }
  auto columns = ticket.arena.array<Column>(1);
  columns[0] = {Kind::int64, found.values.data(), nullptr};
  Batch batch;
  batch.rows = found.rows;
  batch.line = found.line.first(found.rows);
  batch.columns = columns;
  return batch;
}

// Lines whose values are already there. `ends`: where their newlines are, from `begin` on.
const char* Decoder::add_lines(const char* begin, std::span<const std::uint32_t> ends, IntRows& found,
                               Ticket& ticket) {
  const auto first = static_cast<std::uint32_t>(ticket.lines.size());
  const auto offset = static_cast<std::uint32_t>(begin - ticket.in.cut.text.data());
  Line* const lines = ticket.lines.room(ends.size());
  const auto count = static_cast<std::uint32_t>(ends.size());
  std::uint32_t at = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    lines[i] = {offset + at, ends[i] - at, ticket.physical_lines + i};
    at = ends[i] + 1;
  }
  std::iota(&found.line[found.rows], &found.line[found.rows] + count, first);
  ticket.lines.commit(lines + count);
  ticket.physical_lines += count;
  found.rows += count;
  return begin + at;
}

// One line that may be anything; `at` is behind it then. False if no more is wanted.
bool Decoder::read_int(const char*& at, const char* end, IntRows& found, Ticket& ticket) {
  const char* const newline = find_newline(at, end);
  const std::string_view text = json::trim({at, static_cast<std::size_t>(newline - at)});
  const std::uint32_t number = ticket.physical_lines++;
  at = newline + 1;
  if (text.empty()) return true;
  const auto index = static_cast<std::uint32_t>(ticket.lines.size());
  ticket.lines.append(Line{static_cast<std::uint32_t>(text.data() - ticket.in.cut.text.data()),
                           static_cast<std::uint32_t>(text.size()), number});
  if (json::parse_int(text, found.values[found.rows]) != json::IntResult::ok)
    return fail(index, json::is_value(text) ? FailureKind::type : FailureKind::decode, ticket);
  found.line[found.rows++] = index;
  return true;
}

Batch Decoder::read_raw(std::string_view chunk, Ticket& ticket) {
  const auto most = static_cast<std::size_t>(std::count(chunk.begin(), chunk.end(), '\n'));
  auto values = ticket.arena.array<flux_str>(most);
  auto line = ticket.arena.array<std::uint32_t>(most);
  const bool is_valid = json::is_utf8(chunk);
  const char* at = chunk.data();
  const char* const end = at + chunk.size();
  std::uint32_t rows = 0;
  bool is_wanted = true;
  while (at < end && is_wanted) {
    const char* newline = find_newline(at, end);
    std::string_view text(at, static_cast<std::size_t>(newline - at));
    if (text.ends_with('\r')) text.remove_suffix(1);
    const auto index = static_cast<std::uint32_t>(ticket.lines.size());
    ticket.lines.append(Line{static_cast<std::uint32_t>(at - ticket.in.cut.text.data()),
                             static_cast<std::uint32_t>(text.size()), ticket.physical_lines++});
    at = newline + 1;
    if (!is_valid && !json::is_utf8(text)) {
      is_wanted = fail(index, FailureKind::decode, ticket);
      continue;
    }
    values[rows] = str(text);
    line[rows++] = index;
  }
  auto columns = ticket.arena.array<Column>(1);
  columns[0] = {Kind::string, values.data(), nullptr};
  Batch batch;
  batch.rows = rows;
  batch.line = line.first(rows);
  batch.columns = columns;
  return batch;
}

// The next line is too long. It, or what was kept of it, may look like anything.
void Decoder::refuse_line(Ticket& ticket) {
  const std::string_view rest = ticket.in.cut.text.substr(ticket.decoded);
  const std::string_view line = rest.substr(0, rest.find('\n'));
  const auto index = static_cast<std::uint32_t>(ticket.lines.size());
  const auto size = static_cast<std::uint32_t>(line.size() - (line.ends_with('\r') ? 1 : 0));
  ticket.lines.append(Line{static_cast<std::uint32_t>(ticket.decoded), size, ticket.physical_lines++});
  ticket.decoded += line.size() + 1;
  fail(index, FailureKind::decode, ticket);
}

bool Decoder::fail(std::uint32_t line, FailureKind kind, Ticket& ticket) {
  const auto first = static_cast<std::uint32_t>(plan_.first);
  ticket.failures.push_back({line, first, 0, kind, first_agent_, {}, {}});
  ticket.books[first].upstream += 1;
  ticket.books[first].failed += 1;
  if (!rule_.is_fatal) return true;
  ticket.stop_at({line, first, StopReason::failure, {}});
  return false;
}

}  // namespace flux::runtime
