// One stage 1 for as many lines as possible, then one walk per line.
#include "json/documents.hpp"

#include <algorithm>
#include <cstring>

#include "json/grammar.hpp"
#include "json/string.hpp"

namespace flux::json {
namespace {

const char* find_backslash(const char* begin, const char* end) {
  const void* found = std::memchr(begin, '\\', static_cast<std::size_t>(end - begin));
  return found == nullptr ? end : static_cast<const char*>(found);
}

// Every escape is checked where it stands, whichever string it is in. A backslash
// outside a string belongs to a word, and the walk refuses that word.
bool are_escapes_valid(const char* backslash, const char* end) {
  while (backslash < end) {
    const Escape escape = read_escape({backslash, static_cast<std::size_t>(end - backslash)});
    if (escape.size == 0) return false;
    backslash = find_backslash(backslash + escape.size, end);
  }
  return true;
}

}  // namespace

Documents Reader::read(std::string_view chunk, Arena& arena) {
  find_lines(chunk);
  index_.fit(chunk.size());

  const std::size_t lines = line_ends_.size();
  Documents documents;
  documents.slots = wanted_.slots();
  documents.lines = lines;
  documents.begin = arena.array<std::uint32_t>(lines);
  documents.end = arena.array<std::uint32_t>(lines);
  documents.line = arena.array<std::uint32_t>(lines);
  documents.status = arena.array<Status>(lines);
  documents.duplicates = arena.array<std::uint8_t>(lines);
  documents.members = arena.array<Member>(lines * documents.slots);
  if (lines > 0) read_lines(chunk.data(), 0, lines, documents);

  documents.begin = documents.begin.first(documents.count);
  documents.end = documents.end.first(documents.count);
  documents.line = documents.line.first(documents.count);
  documents.status = documents.status.first(documents.count);
  documents.duplicates = documents.duplicates.first(documents.count);
  documents.members = documents.members.first(documents.count * documents.slots);
  return documents;
}

void Reader::find_lines(std::string_view chunk) {
  constexpr std::size_t kUsual = 64 << 10;
  if (line_ends_.capacity() > 4 * kUsual && chunk.size() < line_ends_.capacity() / 4) line_ends_ = {};
  line_ends_.clear();
  const char* const end = chunk.data() + chunk.size();
  for (const char* p = chunk.data(); p < end; ++p) {
    p = static_cast<const char*>(std::memchr(p, '\n', static_cast<std::size_t>(end - p)));
    line_ends_.push_back(static_cast<std::uint32_t>(p - chunk.data()));
  }
}

void Reader::read_lines(const char* chunk, std::size_t first, std::size_t last, Documents& documents) {
  const std::uint32_t begin = line_begin(first);
  // Without the last newline: so the index ends in the position of a newline, which
  // no rule of the grammar accepts as a token.
  switch (index_.build(chunk + begin, line_ends_[last - 1] - begin)) {
    case StructuralIndex::Outcome::no_token:
      return;
    case StructuralIndex::Outcome::ok:
      return walk_lines(chunk, first, last, documents);
    case StructuralIndex::Outcome::bad:
      break;
  }
  if (last - first == 1) return add_bad(chunk, first, documents);
  const std::size_t middle = first + (last - first) / 2;
  read_lines(chunk, first, middle, documents);
  read_lines(chunk, middle, last, documents);
}

// The index is that of exactly these lines.
void Reader::walk_lines(const char* chunk, std::size_t first, std::size_t last, Documents& documents) {
  const std::uint32_t base = line_begin(first);
  const char* const text = chunk + base;
  const char* const end = chunk + line_ends_[last - 1];
  const char* backslash = find_backslash(text, end);
  const std::uint32_t* token = index_.tokens();
  for (std::size_t line = first; line < last; ++line) {
    const std::uint32_t line_end = line_ends_[line] - base;
    if (*token >= line_end) continue;  // blank
    const std::uint32_t begin = *token;
    const bool has_escapes = backslash < text + line_end;
    const bool escapes_are_valid = !has_escapes || are_escapes_valid(backslash, text + line_end);
    if (has_escapes) backslash = find_backslash(text + line_end, end);

    const std::uint32_t* const next =
        escapes_are_valid ? walk_.run(wanted_, {text, line_end, base, has_escapes}, token) : nullptr;
    if (next != nullptr) {
      add_ok(chunk, line, base + begin, documents);
      token = next;
      continue;
    }
    add_bad(chunk, line, documents);
    while (*token < line_end) ++token;
  }
}

void Reader::add_ok(const char* chunk, std::size_t line, std::uint32_t begin, Documents& documents) {
  const std::size_t row = documents.count++;
  std::uint32_t end = line_ends_[line];
  while (is_white_space(chunk[end - 1])) --end;
  documents.begin[row] = begin;
  documents.end[row] = end;
  documents.line[row] = static_cast<std::uint32_t>(line);
  documents.status[row] = Status::ok;
  documents.duplicates[row] = walk_.has_duplicates();
  for (std::size_t slot = 0; slot < documents.slots; ++slot)
    documents.members[row * documents.slots + slot] = walk_.noted(wanted_.place_of(slot));
}

void Reader::add_bad(const char* chunk, std::size_t line, Documents& documents) {
  const std::size_t row = documents.count++;
  const std::uint32_t begin = line_begin(line);
  const std::uint32_t end = line_ends_[line];
  documents.all_ok = false;
  documents.begin[row] = begin;
  documents.end[row] = end > begin && chunk[end - 1] == '\r' ? end - 1 : end;
  documents.line[row] = static_cast<std::uint32_t>(line);
  documents.status[row] = Status::bad;
  documents.duplicates[row] = 0;
  const auto members = documents.members.subspan(row * documents.slots, documents.slots);
  std::fill(members.begin(), members.end(), Member{});
}

}  // namespace flux::json
