// One stage 1 for as many lines as possible, then one walk per line.
#include "json/documents.hpp"

#include <algorithm>
#include <utility>

#include "json/escapes.hpp"
#include "json/grammar.hpp"

namespace flux::json {

Reader::Reader(Wanted wanted, Check check)
    : wanted_(std::move(wanted)),
      check_(wanted_.has_plain_names() ? check : Check::everything),
      walk_(wanted_),
      glance_(wanted_),
      landmarks_(wanted_) {}

Documents Reader::read(std::string_view chunk, Arena& arena) {
  index_.fit(chunk.size());
  Documents documents;
  documents.is_checked = check_ == Check::everything;
  if (check_ == Check::wanted && wanted_.slots() > 0) {
    landmarks_.build(chunk.data(), chunk.size());
    make_room(landmarks_.lines(), documents, arena);
    glance_at_lines(chunk, documents);
  } else {
    lines_.build(chunk.data(), chunk.size());
    line_ends_ = lines_.ends();
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
  const std::uint32_t* token = index_.tokens();
  std::uint32_t backslash = lines_.next_backslash(base);
  for (std::size_t line = first; line < last; ++line) {
    const std::uint32_t line_end = line_ends_[line];
    if (base + *token >= line_end) continue;  // blank
    const std::uint32_t begin = base + *token;
    const bool has_escapes = backslash < line_end;
    const bool escapes_are_valid = !has_escapes || are_escapes_valid(chunk, backslash, line_end, lines_);
    if (has_escapes) backslash = lines_.next_backslash(line_end);

    const LineIndex* const escapes = has_escapes ? &lines_ : nullptr;
    const std::uint32_t* const next =
        escapes_are_valid ? walk_.run(wanted_, {text, line_end - base, base, escapes}, token) : nullptr;
    if (next != nullptr) {
      add_ok(chunk, line, begin, walk_.notes(), documents);
      token = next;
      continue;
    }
    add_bad(chunk, line, documents);
    while (base + *token < line_end) ++token;
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
void Reader::glance_at_lines(std::string_view chunk, Documents& documents) {
  const char* const text = chunk.data();
  seen_ends_.resize(documents.lines);
  line_ends_ = seen_ends_;
  bool has_lines = false;
  const std::uint32_t* mark = landmarks_.marks();
  for (std::size_t line = 0; line < documents.lines; ++line) {
    const std::uint32_t* const first = mark;
    while (text[*mark] != '\n') ++mark;
    const std::uint32_t end = seen_ends_[line] = *mark;
    std::uint32_t begin = line_begin(line);
    while (begin < end && is_white_space(text[begin])) ++begin;
    if (begin < end && glance_.run(wanted_, text, {begin, first, mark})) {
      add_ok(text, line, begin, glance_.notes(), documents);
    } else if (begin < end) {
      if (!has_lines) lines_.build(text, chunk.size());
      has_lines = true;
      read_lines(text, line, line + 1, documents);
    }
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
