#include "stages/at_work.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <string_view>

namespace flux::runtime {

namespace {

constexpr std::size_t kShownOfName = 1024;
constexpr std::size_t kShownOfLine = 200;

// How many lines end before byte `end` of a source that can be read once more. Nobody
// counts lines while all is well: a ticket learns its first one when it is delivered.
std::optional<std::uint64_t> lines_before(const io::Source& source, std::uint64_t end) {
  constexpr std::uint64_t kMost = std::uint64_t{4} << 30;  // some seconds
  if (!S_ISREG(source.status.st_mode) || end > kMost) return {};
  char bytes[16 << 10];
  std::uint64_t lines = 0;
  for (std::uint64_t at = 0; at < end;) {
    const std::uint64_t size = std::min<std::uint64_t>(sizeof bytes, end - at);
    const ssize_t got = ::pread(source.fd, bytes, size, source.start + static_cast<off_t>(at));
    if (got <= 0) return {};
    lines += static_cast<std::uint64_t>(std::count(bytes, bytes + got, '\n'));
    at += static_cast<std::uint64_t>(got);
  }
  return lines;
}

// "line 3", "lines 3 to 5".
void tell_numbers(std::uint64_t first, std::uint64_t last, plugin::LastWords& words) {
  words.put(first == last ? "line " : "lines ").put(first);
  if (first != last) words.put(" to ").put(last);
}

void tell_integer(std::int64_t value, plugin::LastWords& words) {
  const auto bits = static_cast<std::uint64_t>(value);
  if (value < 0) words.put("-");
  words.put(value < 0 ? 0 - bits : bits);
}

}  // namespace

void AtWork::tell(plugin::LastWords& words) const noexcept {
  if (in_ == nullptr) {
    words.put("  it was ").put(what_).put("\n");
    return;
  }
  const bool knows_row = *at_ < in_->rows - begin_;  // it says so; believed if it can be true
  const auto first = knows_row ? begin_ + static_cast<std::uint32_t>(*at_) : begin_;
  tell_rows(in_->line[first], in_->line[knows_row ? first : in_->rows - 1], words);
}

void AtWork::tell_rows(std::uint32_t first, std::uint32_t last, plugin::LastWords& words) const {
  words.put("  it was working on ");
  if (first == kNoLine) {
    words.put("what another agent gave at the end of the stream\n");
    return;
  }
  const bool is_there = last < ticket_->lines.size() || last < ticket_->in.ints.size();
  if (!is_there) {  // of another ticket: a feedback transform has one of its own
    words.put("an event that was to come back by feedback\n");
    return;
  }
  tell_place(first, last, words);
  words.put(first == last ? ": " : ", the first of them: ");
  if (first < ticket_->in.ints.size()) {
    tell_integer(ticket_->in.ints[first], words);
  } else {
    words.put_printable(ticket_->text_of(ticket_->lines[first]), kShownOfLine);
  }
  words.put("\n");
}

void AtWork::tell_place(std::uint32_t first, std::uint32_t last, plugin::LastWords& words) const {
  const auto of = [&](const std::string& name) { words.put(" of ").put_printable(name, kShownOfName); };
  if (!ticket_->in.origins.empty()) {
    const Origin begin = ticket_->origin_of(first);
    const Origin end = ticket_->origin_of(last);
    if (begin.source == nullptr) {
      words.put("what another agent gave at the end of the stream");
      return;
    }
    tell_numbers(begin.line, begin.source == end.source ? std::max(begin.line, end.line) : begin.line, words);
    return of(*begin.source);
  }
  const io::Source* source = ticket_->in.source;
  if (source == nullptr) {
    words.put(first == last ? "an event from outside" : "events from outside");
    return;
  }
  const Line& line = ticket_->lines[first];
  std::optional<std::uint64_t> before = ticket_->in.lines_before;
  if (!before) before = lines_before(*source, ticket_->in.cut.offset);
  if (before) {
    tell_numbers(*before + line.number + 1, *before + ticket_->lines[last].number + 1, words);
  } else {
    words.put(first == last ? "the line at byte " : "the lines from byte ").put(ticket_->offset_of(line));
    if (first != last) words.put(" on");
  }
  of(source->name);
}

}  // namespace flux::runtime
