// Reads all that a framer has and notes what it hands out, line by line: in a form
// that must not depend on how the bytes were cut on their way.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "io/framer.hpp"
#include "io/scratch.hpp"

namespace reading {

struct Line {
  std::string text;  // without its newline
  std::size_t source;
  std::uint64_t offset;
  bool is_first;  // of its source
  bool operator==(const Line&) const = default;
  friend std::ostream& operator<<(std::ostream& out, const Line& line) {
    return out << line.source << (line.is_first ? "!" : ":") << line.offset << " '" << line.text << "'";
  }
};

struct Reading {
  std::vector<Line> lines;
  std::vector<flux::io::Cut> cuts;  // their text is gone
  std::uint64_t bytes = 0;
};

inline std::vector<flux::io::Source> sources(std::initializer_list<std::string_view> contents) {
  std::vector<flux::io::Source> sources;
  for (const std::string_view content : contents) {
    flux::io::Source source;
    source.name = "file " + std::to_string(sources.size() + 1);
    source.owned = scratch::file(content);
    source.fd = source.owned.get();
    ::fstat(source.fd, &source.status);
    sources.push_back(std::move(source));
  }
  return sources;
}

inline void note(const flux::io::Cut& cut, Reading& all) {
  std::uint64_t offset = cut.offset;
  bool is_first = cut.starts_source;
  for (std::string_view rest = cut.text; !rest.empty(); is_first = false) {
    const std::size_t size = rest.find('\n');
    all.lines.push_back({std::string(rest.substr(0, size)), cut.source, offset, is_first});
    offset += size + 1;
    rest.remove_prefix(size + 1);
  }
  all.bytes += cut.bytes;
  all.cuts.push_back(cut);
  all.cuts.back().text = {};
}

// One read at a time; `before` runs before each of them.
template <class Before>
Reading read_all(flux::io::Framer& framer, Before before) {
  Reading all;
  flux::io::Block block;
  flux::io::Cut cut;
  for (;;) {
    before();
    const auto got = framer.read(block, cut);
    if (got == flux::io::Framer::Got::end) return all;
    if (got == flux::io::Framer::Got::lines) note(cut, all);
  }
}

inline Reading read_all(flux::io::Framer framer) {
  return read_all(framer, [] {});
}

}  // namespace reading
