// One stage 1 for as many lines as possible, then one walk per line.
#include "json/documents.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

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
  const auto is_short = [](char c) {
    return c == '"' || c == '\\' || c == 'n' || c == '/' || c == 't' || c == 'r' || c == 'b' || c == 'f';
  };
  while (backslash < end) {
    std::size_t size = 2;  // of most of them; behind a line there is always a byte
    if (!is_short(backslash[1])) {
      size = read_escape({backslash, static_cast<std::size_t>(end - backslash)}).size;
      if (size == 0) return false;
    }
    backslash += size;
    // Where one is, the next one is near.
    for (int i = 0; i < 16 && backslash < end && *backslash != '\\'; ++i) ++backslash;
    if (backslash < end && *backslash != '\\') backslash = find_backslash(backslash, end);
  }
  return true;
}

}  // namespace

Reader::Reader(Wanted wanted, Check check)
    : wanted_(std::move(wanted)),
      check_(wanted_.has_plain_names() ? check : Check::everything),
      walk_(wanted_),
      glance_(wanted_),
      landmarks_(wanted_) {}

Documents Reader::read(std::string_view chunk, Arena& arena) {
  index_.fit(chunk.size());
  Documents documents;
  if (check_ == Check::wanted && wanted_.slots() > 0) {
    landmarks_.build(chunk.data(), chunk.size());
    make_room(landmarks_.lines(), documents, arena);
    glance_at_lines(chunk.data(), documents);
  } else {
    find_lines(chunk);
    const std::size_t lines = line_ends_.size();
    make_room(lines, documents, arena);
    if (check_ == Check::wanted) {
      trust_lines(chunk.data(), documents);
    } else if (lines > 0) {
      read_lines(chunk.data(), 0, lines, documents);
    }
  }
  documents.begin = documents.begin.first(documents.count);
  documents.end = documents.end.first(documents.count);
  documents.line = documents.line.first(documents.count);
  documents.status = documents.status.first(documents.count);
  documents.duplicates = documents.duplicates.first(documents.count);
  documents.members = documents.members.first(documents.count * documents.slots);
  return documents;
}

void Reader::make_room(std::size_t lines, Documents& documents, Arena& arena) const {
  documents.slots = wanted_.slots();
  documents.lines = lines;
  documents.begin = arena.array<std::uint32_t>(lines);
  documents.end = arena.array<std::uint32_t>(lines);
  documents.line = arena.array<std::uint32_t>(lines);
  documents.status = arena.array<Status>(lines);
  documents.duplicates = arena.array<std::uint8_t>(lines);
  documents.members = arena.array<Member>(lines * documents.slots);
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
      add_ok(chunk, line, base + begin, walk_.notes(), documents);
      token = next;
      continue;
    }
    add_bad(chunk, line, documents);
    while (*token < line_end) ++token;
  }
}

// Nothing is asked for: nothing is looked at.
void Reader::trust_lines(const char* chunk, Documents& documents) {
  for (std::size_t line = 0; line < line_ends_.size(); ++line) {
    std::uint32_t begin = line_begin(line);
    while (begin < line_ends_[line] && is_white_space(chunk[begin])) ++begin;
    if (begin < line_ends_[line]) add_ok(chunk, line, begin, glance_.notes(), documents);
  }
}

// The landmarks are those of the whole chunk.
void Reader::glance_at_lines(const char* chunk, Documents& documents) {
  line_ends_.clear();
  const std::uint32_t* mark = landmarks_.marks();
  std::uint32_t begin = 0;
  for (std::size_t line = 0; line < documents.lines; ++line) {
    const std::uint32_t* const first = mark;
    while (chunk[*mark] != '\n') ++mark;
    const std::uint32_t end = *mark;
    line_ends_.push_back(end);
    while (begin < end && is_white_space(chunk[begin])) ++begin;
    if (begin < end) {
      if (glance_.run(wanted_, chunk, {begin, first, mark}))
        add_ok(chunk, line, begin, glance_.notes(), documents);
      else
        read_lines(chunk, line, line + 1, documents);
    }
    begin = end + 1;
    ++mark;
  }
}

void Reader::add_ok(const char* chunk, std::size_t line, std::uint32_t begin, const Notes& notes,
                    Documents& documents) {
  const std::size_t row = documents.count++;
  std::uint32_t end = line_ends_[line];
  while (is_white_space(chunk[end - 1])) --end;
  documents.begin[row] = begin;
  documents.end[row] = end;
  documents.line[row] = static_cast<std::uint32_t>(line);
  documents.status[row] = Status::ok;
  documents.duplicates[row] = notes.has_duplicates();
  for (std::size_t slot = 0; slot < documents.slots; ++slot)
    documents.members[row * documents.slots + slot] = notes[wanted_.place_of(slot)];
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
